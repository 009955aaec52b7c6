import { createHash } from "node:crypto";
import type { Attempt, JournalEntries, ReadyAttempt } from "../../src/model/journal.ts";
import type { Lock, LockEntry, Ready } from "../../src/model/lock.ts";
import type { Output } from "../../src/model/output.ts";
import type { Digest, Input, RepoPath, SpecId, Unit, UnitId } from "../../src/model/unit.ts";

const sha = (text: string): string => createHash("sha256").update(text).digest("hex");

const digestOf = (value: unknown): Digest => `sha256:${sha(JSON.stringify(value))}`;

type Changes = Partial<Omit<Unit, "id" | "request">> & { readonly with?: { readonly [field: string]: Input } };

/** A unit that asks for what its name says, and differs in what the test is about. */
export function unit(id: string, changes: Changes = {}): Unit {
  const { with: fields = { prompt: `a film called ${id}` }, ...rest } = changes;
  const take = rest.take ?? 1;
  return {
    id: id as UnitId,
    specId: (id.split(/[@#]/)[0] ?? id) as SpecId,
    spec: `videos/${id.split(/[@#]/)[0]}.yaml` as RepoPath,
    step: "generate",
    provider: "golpo",
    request: { operation: "generate", with: fields },
    digest: digestOf([fields, take]),
    take,
    fields: Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [name, sha(JSON.stringify(value)).slice(0, 8)]),
    ),
    metadata: {},
    labels: {},
    protect: false,
    max: undefined,
    needs: [],
    at: { file: `videos/${id}.yaml`, line: 1, column: 1, length: 1 },
    ...rest,
  };
}

export const output: Output = {
  role: "video",
  mediaType: "video/mp4",
  sha256: sha("a film"),
  bytes: 6,
  seconds: 120,
  width: 1536,
  height: 1024,
  audio: true,
  url: "out/intro.video.4be1c2a90d31.mp4",
};

export function ready(of: Unit, changes: Partial<Ready> = {}): Ready {
  return {
    state: "ready",
    origin: "generated",
    digest: of.digest,
    take: of.take,
    fields: of.fields,
    provider: of.provider,
    metadata: of.metadata,
    job: { id: `job of ${of.id}` },
    submittedAt: "2026-11-20T10:12:44Z",
    completedAt: "2026-11-20T10:17:09Z",
    outputs: [output],
    ...changes,
  };
}

export function locked(...entries: readonly (readonly [Unit, LockEntry])[]): ReadonlyMap<RepoPath, Lock> {
  const locks = new Map<RepoPath, Lock>();
  for (const [{ spec, id }, entry] of entries) {
    const units = new Map(locks.get(spec)?.units).set(id, entry);
    locks.set(spec, { source: undefined, units });
  }
  return locks;
}

const claim = (of: Unit) => ({
  id: `attempt-${of.id}`,
  unit: of.id,
  provider: of.provider,
  runner: { run: "earlier", host: "a machine", pid: 1 },
  claimedAt: "2026-11-20T10:12:40Z",
});

export const claimed = (of: Unit): Attempt => ({ ...claim(of), state: "claimed" });
export const running = (of: Unit, job = "j1"): Attempt => ({
  ...claim(of),
  state: "submitted",
  job: { id: job },
  submittedAt: "2026-11-20T10:12:44Z",
});
export const finished = (of: Unit): ReadyAttempt => ({
  ...claim(of),
  state: "ready",
  job: { id: "j1" },
  submittedAt: "2026-11-20T10:12:44Z",
  completedAt: "2026-11-20T10:17:09Z",
  outputs: [output],
});

export const journalled = (...attempts: readonly (readonly [Unit, Attempt])[]): JournalEntries =>
  new Map(attempts.map(([of, attempt]) => [of.digest, { digest: of.digest, attempts: [attempt] }]));
