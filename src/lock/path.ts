import type { RepoPath } from "../model/unit.ts";

/** `videos/onboarding/intro.yaml` → `videos/onboarding/intro.lock.json`. */
export const lockPath = (spec: RepoPath): RepoPath => spec.replace(/\.ya?ml$/, ".lock.json") as RepoPath;
