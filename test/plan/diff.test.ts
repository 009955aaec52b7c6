import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FailureClass } from "../../src/model/job.ts";
import type { Attempt, JournalEntries } from "../../src/model/journal.ts";
import type { Failed, Lock, Submitted } from "../../src/model/lock.ts";
import { type Action, mayBePaid } from "../../src/model/plan.ts";
import type { RepoPath, Unit, UnitId } from "../../src/model/unit.ts";
import { diff } from "../../src/plan/diff.ts";
import { claimed, finished, journalled, locked, output, ready, running, unit } from "../support/builders.ts";

interface Situation {
  readonly units: readonly Unit[];
  readonly locks?: ReadonlyMap<RepoPath, Lock>;
  readonly journal?: JournalEntries;
  readonly alive?: (attempt: Attempt) => boolean;
  readonly emulated?: boolean;
  readonly retry?: readonly FailureClass[];
  readonly forget?: boolean;
}

const plan = (now: Situation): readonly Action[] =>
  diff(
    now.units,
    { locks: now.locks ?? new Map(), journal: now.journal ?? new Map(), alive: now.alive ?? (() => false) },
    { emulated: now.emulated ?? false, retry: new Set(now.retry ?? []), forget: now.forget ?? true },
  );

/** The kind of each action and, in short, why. */
const said = (actions: readonly Action[]): readonly string[] =>
  actions.map((action) => {
    switch (action.kind) {
      case "create":
        return `create ${action.because}`;
      case "replace":
        return `replace ${action.because.map(({ field }) => field).join(",")}`;
      case "update":
        return `update ${action.changes.map(({ field }) => field).join(",")}`;
      case "resume":
        return `resume ${action.of.kind}`;
      case "hold":
        return `hold ${action.because.kind}`;
      default:
        return action.kind;
    }
  });

const intro = unit("intro");
const changed = unit("intro", { with: { prompt: "another", seed: 0 } });
const failed = (failure: FailureClass): Failed => {
  const { outputs: _outputs, completedAt: _completedAt, submittedAt: _submittedAt, ...entry } = ready(intro);
  return { ...entry, state: "failed", class: failure, message: "no", failedAt: "2026-11-20T10:17:09Z" };
};
const notBegun = (failure: FailureClass): Failed => {
  const { job: _job, ...entry } = failed(failure);
  return entry;
};
const submitted: Submitted = (() => {
  const { outputs: _outputs, completedAt: _completedAt, ...entry } = ready(intro);
  return { ...entry, state: "submitted", job: { id: "j1" } };
})();
const emulated = locked([intro, ready(intro, { origin: "emulated" })]);

const cases: readonly (readonly [string, Situation, readonly string[]])[] = [
  ["a new unit is created", { units: [intro] }, ["create new"]],
  ["a finished one is kept", { units: [intro], locks: locked([intro, ready(intro)]) }, ["keep"]],
  [
    "a changed one names its fields, a seed of 0 included",
    { units: [changed], locks: locked([intro, ready(intro)]) },
    ["replace prompt,seed"],
  ],
  [
    "another take is a replacement that says so",
    { units: [unit("intro", { take: 2 })], locks: locked([intro, ready(intro)]) },
    ["replace take"],
  ],
  [
    "a title is updated in place",
    {
      units: [unit("intro", { metadata: { title: "New" } })],
      locks: locked([intro, ready(intro, { metadata: { title: "Old" } })]),
    },
    ["update title"],
  ],
  [
    "a title that left the spec is no opinion",
    { units: [intro], locks: locked([intro, ready(intro, { metadata: { title: "Old" } })]) },
    ["keep"],
  ],
  [
    "a protected unit is never replaced",
    { units: [{ ...changed, protect: true }], locks: locked([intro, ready(intro)]) },
    ["hold protected"],
  ],
  [
    "an emulated result does not count in a real plan, which says so",
    { units: [intro], locks: emulated },
    ["create emulated"],
  ],
  ["an emulated result counts in an emulated plan", { units: [intro], locks: emulated, emulated: true }, ["keep"]],
  ["an emulated result whose spec left is forgotten by a real plan too", { units: [], locks: emulated }, ["forget"]],
  [
    "an emulated plan leaves a real job alone",
    { units: [intro], locks: locked([intro, submitted]), emulated: true },
    ["hold policy"],
  ],
  [
    "an emulated plan does not touch a real title",
    {
      units: [unit("intro", { metadata: { title: "New" } })],
      locks: locked([intro, ready(intro, { metadata: { title: "Old" } })]),
      emulated: true,
    },
    ["keep"],
  ],
  ["a unit that left the specs is forgotten", { units: [], locks: locked([intro, ready(intro)]) }, ["forget"]],
  [
    "nothing is forgotten when only some specs were planned",
    { units: [], locks: locked([intro, ready(intro)]), forget: false },
    [],
  ],
  [
    "a renamed unit moves",
    { units: [unit("opening", { with: intro.request.with })], locks: locked([intro, ready(intro)]) },
    ["move"],
  ],
  [
    "a spec that moved takes its entry along",
    { units: [{ ...intro, spec: "videos/new/intro.yaml" as RepoPath }], locks: locked([intro, ready(intro)]) },
    ["move"],
  ],
  [
    "a result in the journal is used again",
    { units: [intro], journal: journalled([intro, finished(intro)]) },
    ["reuse"],
  ],
  [
    "a revert uses its earlier result",
    { units: [intro], locks: locked([intro, ready(changed)]), journal: journalled([intro, finished(intro)]) },
    ["reuse"],
  ],
  [
    "a running job is resumed from the journal",
    { units: [intro], journal: journalled([intro, running(intro)]) },
    ["resume running"],
  ],
  ["a dead claim is in doubt", { units: [intro], journal: journalled([intro, claimed(intro)]) }, ["resume in-doubt"]],
  [
    "a live claim is somebody else's",
    { units: [intro], journal: journalled([intro, claimed(intro)]), alive: () => true },
    ["hold theirs"],
  ],
  [
    "the same request twice is made once",
    { units: [intro, unit("copy", { with: intro.request.with })] },
    ["create new", "reuse"],
  ],
  [
    "a moderated prompt is held",
    { units: [intro], locks: locked([intro, failed("moderated-input")]) },
    ["hold failed"],
  ],
  [
    "a held failure is tried again when somebody asks",
    { units: [intro], locks: locked([intro, failed("moderated-output")]), retry: ["moderated-output"] },
    ["create retry"],
  ],
  ["a used-up quota is tried again", { units: [intro], locks: locked([intro, notBegun("quota")]) }, ["create retry"]],
  [
    "a job that was begun is not, whatever it failed of: it may have been paid for",
    { units: [intro], locks: locked([intro, failed("quota")]) },
    ["hold failed"],
  ],
  [
    "a lost output is never made again by itself",
    { units: [intro], locks: locked([intro, failed("lost-output")]) },
    ["hold failed"],
  ],
  [
    "a result that is lost although the journal has it is held, and not looked for in each run",
    {
      units: [intro],
      locks: locked([intro, { ...failed("lost-output"), job: finished(intro).job }]),
      journal: journalled([intro, finished(intro)]),
    },
    ["hold failed"],
  ],
  [
    "a lost result is looked for again where a person asks for it",
    {
      units: [intro],
      locks: locked([intro, { ...failed("lost-output"), job: finished(intro).job }]),
      journal: journalled([intro, finished(intro)]),
      retry: ["lost-output"],
    },
    ["reuse"],
  ],
  [
    "what was made again after it was lost is reused",
    {
      units: [intro],
      locks: locked([intro, { ...failed("lost-output"), job: { id: "the one before" } }]),
      journal: journalled([intro, finished(intro)]),
    },
    ["reuse"],
  ],
  [
    "a failed unit whose spec changed is made",
    { units: [changed], locks: locked([intro, failed("invalid")]) },
    ["replace prompt,seed"],
  ],
];

describe("diff", () => {
  test.each(cases)("%s", (_name, situation, expected) => {
    expect(said(plan(situation))).toEqual(expected);
  });

  test("a doubt that a person must settle is held", () => {
    const attempt: Attempt = {
      ...(claimed(intro) as Extract<Attempt, { state: "claimed" }>),
      state: "unknown",
      submittedAt: "2026-11-20T10:12:44Z",
      message: "two jobs fit",
      asked: true,
    };
    expect(said(plan({ units: [intro], journal: journalled([intro, attempt]) }))).toEqual(["hold unknown"]);
  });

  test("a doubt that the provider's list may settle yet is looked for again, for nothing and without approval", () => {
    const attempt: Attempt = {
      ...(claimed(intro) as Extract<Attempt, { state: "claimed" }>),
      state: "unknown",
      submittedAt: "2026-11-20T10:12:44Z",
      message: "not in the list",
      asked: true,
      again: true,
    };
    const actions = plan({ units: [intro], journal: journalled([intro, attempt]) });
    expect(said(actions)).toEqual(["resume unsettled"]);
    expect(actions.some(mayBePaid)).toBe(false);
  });

  test("a job that another run saw fail is asked about once more, so that its lock says so", () => {
    const { job, submittedAt, ...rest } = running(intro) as Extract<Attempt, { state: "submitted" }>;
    const attempt: Attempt = {
      ...rest,
      job,
      state: "failed",
      class: "provider",
      message: "it crashed",
      failedAt: submittedAt,
      begun: true,
    };
    const journal = journalled([intro, attempt]);
    expect(said(plan({ units: [intro], locks: locked([intro, submitted]), journal }))).toEqual(["resume running"]);
    expect(said(plan({ units: [intro], journal }))).toEqual(["hold failed"]);
  });

  test("a claim that was given up after a failure does not have the request paid for again", () => {
    const claim = claimed(intro) as Extract<Attempt, { state: "claimed" }>;
    const failedAt = "2026-11-20T10:17:09Z";
    const crashed: Attempt = {
      ...claim,
      state: "failed",
      class: "provider",
      message: "it crashed",
      failedAt,
      begun: true,
    };
    const givenUp: Attempt = {
      ...claim,
      id: "later",
      claimedAt: failedAt,
      state: "failed",
      class: "not-sent",
      message: "the claim was given up",
      failedAt,
      begun: false,
    };
    const journal: JournalEntries = new Map([[intro.digest, { digest: intro.digest, attempts: [crashed, givenUp] }]]);
    expect(said(plan({ units: [intro], journal }))).toEqual(["hold failed"]);
  });

  test("a plan that was carried out plans nothing more", () => {
    const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,6}$/), { maxLength: 8 });
    fc.assert(
      fc.property(names, fc.nat({ max: 3 }), (ids, salt) => {
        const units = ids.map((id) => unit(id, { with: { prompt: `${id} ${salt}` } }));
        const locks = locked(...units.map((one) => [one, ready(one, { outputs: [output] })] as const));
        expect(said(plan({ units, locks })).every((kind) => kind === "keep")).toBe(true);
      }),
    );
  });

  test("an action for a unit with an id keeps that id", () => {
    const [action] = plan({ units: [intro] });
    expect(action?.kind === "create" && action.unit.id).toBe("intro" as UnitId);
  });
});
