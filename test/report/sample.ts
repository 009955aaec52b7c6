import { createHash } from "node:crypto";
import type { LockEntry } from "../../src/model/lock.ts";
import { type Estimate, free, plus, type Usd, usd, zero } from "../../src/model/money.ts";
import type { Output } from "../../src/model/output.ts";
import type { Action, Plan, PricedAction } from "../../src/model/plan.ts";
import { paid } from "../../src/model/plan.ts";
import type { Result, ResultRow } from "../../src/model/result.ts";
import type { RepoPath, Unit, UnitId } from "../../src/model/unit.ts";
import { finished, ready, unit } from "../support/builders.ts";

const price = (amount: string): Estimate => ({
  kind: "exact",
  amount: usd(amount),
  source: "Golpo price list",
  asOf: "2026-11-01",
});

const before =
  "Welcome to Acme. Show the new office at dusk, with people leaving the building and the lights going on one by one. " +
  "Close on the logo. Keep the tone warm and plain, and never mention a competitor by name.";
const after = before.replace("dusk", "dawn").replace("leaving", "entering").replace("on one by one", "off");

const intro = unit("onboarding/intro@es", { metadata: { title: "Bienvenida" } });
const policies = unit("policies/101", { metadata: { title: "Policies, part one" } });
const refused = unit("hr/refused", { provider: "openrouter" });
const doubtful = unit("hr/doubtful");
const described = unit("onboarding/intro@es#describe", { step: "describe", provider: "viddyscribe" });

const actions: readonly PricedAction[] = [
  {
    action: { kind: "create", unit: unit("teaser", { provider: "photogpt" }), because: "new" },
    estimate: { kind: "unknown", because: "photogpt publishes no price for seedance-2.0" },
  },
  {
    action: {
      kind: "replace",
      unit: intro,
      because: [{ field: "prompt", before, after }, { field: "timing", before: "1", after: "2" }, { field: "logo" }],
      prior: ready(intro),
    },
    estimate: price("4"),
  },
  {
    action: { kind: "create", unit: described, because: "new" },
    estimate: { kind: "range", low: usd("1.2"), high: usd("2.4"), source: "ViddyScribe", asOf: "2026-11-01" },
  },
  {
    action: {
      kind: "update",
      unit: policies,
      changes: [{ field: "title", before: "Policies 101", after: "Policies, part one" }],
      prior: ready(policies),
    },
    estimate: free,
  },
  {
    action: {
      kind: "resume",
      unit: unit("hr/leave"),
      of: { kind: "running", job: { id: "e8a2f411" }, submittedAt: "2026-11-20T10:02:44Z" },
    },
    estimate: free,
  },
  { action: { kind: "reuse", unit: unit("hr/copy"), from: finished(unit("hr/original")) }, estimate: free },
  {
    action: {
      kind: "move",
      unit: unit("hr/welcome"),
      from: "welcome" as UnitId,
      fromSpec: "videos/welcome.yaml" as RepoPath,
      prior: ready(unit("hr/welcome")),
    },
    estimate: free,
  },
  {
    action: {
      kind: "hold",
      unit: refused,
      because: { kind: "failed", class: "moderated-output", message: "Output blocked by safety system (code 451)" },
    },
    estimate: free,
  },
  {
    action: {
      kind: "hold",
      unit: doubtful,
      because: { kind: "unknown", attempt: "a1", since: "2026-11-20T10:02:44Z" },
    },
    estimate: free,
  },
  {
    action: {
      kind: "forget",
      id: "old/clip" as UnitId,
      spec: "videos/old/clip.yaml" as RepoPath,
      prior: ready(unit("old/clip")),
    },
    estimate: free,
  },
  ...Array.from({ length: 41 }, (_, at): PricedAction => {
    const same = unit(`library/${at}`);
    return { action: { kind: "keep", unit: same, prior: ready(same) }, estimate: free };
  }),
];

/** A plan with one action of every kind. */
export const plan: Plan = planOf(actions, {
  uploads: [
    { asset: "videos/assets/logo.png" as RepoPath, sha256: sha("logo"), bytes: 12_345, mediaType: "image/png" },
    { asset: "videos/assets/tour.mp4" as RepoPath, sha256: sha("tour"), bytes: 18_234_112, mediaType: "video/mp4" },
  ],
  warnings: [
    {
      code: "price-age",
      severity: "warning",
      message: "the price of golpo is from 2026-11-01",
      at: { file: "reelform.yaml", line: 7, column: 3, length: 5 },
      hint: "run reelform providers --refresh",
    },
  ],
});

export function planOf(priced: readonly PricedAction[], rest: Partial<Plan> = {}): Plan {
  const count = (kind: Action["kind"]): number => priced.filter(({ action }) => action.kind === kind).length;
  const sum = (end: "low" | "high"): Usd =>
    priced.reduce(
      (total, { estimate }) =>
        plus(total, estimate.kind === "exact" ? estimate.amount : estimate.kind === "range" ? estimate[end] : zero),
      zero,
    );
  return {
    digest: "7c1e90b2a4d55e0f7c1e90b2a4d55e0f7c1e90b2a4d55e0f7c1e90b2a4d55e0f",
    head: "4f0c9d1e2b3a49586776859403122130f4e5d6c7",
    emulated: false,
    actions: priced,
    totals: {
      create: count("create"),
      replace: count("replace"),
      update: count("update"),
      resume: count("resume"),
      reuse: count("reuse"),
      move: count("move"),
      hold: count("hold"),
      keep: count("keep"),
      forget: count("forget"),
      low: sum("low"),
      high: sum("high"),
      unpriced: priced.filter(({ action, estimate }) => paid(action) && estimate.kind === "unknown").length,
    },
    uploads: [],
    warnings: [],
    ...rest,
  };
}

const store = "https://github.com/acme/videos/releases/download/reelform-2026-11";
const files: readonly Output[] = [
  {
    role: "video",
    mediaType: "video/mp4",
    sha256: sha("v"),
    bytes: 18_234_112,
    seconds: 119.8,
    width: 1536,
    height: 1024,
    audio: true,
    url: `${store}/onboarding-intro-es.4be1c2a90d31.mp4`,
  },
  {
    role: "captions",
    mediaType: "text/vtt",
    sha256: sha("c"),
    bytes: 2_112,
    url: `${store}/onboarding-intro-es.0a1b2c3d4e5f.vtt`,
  },
  {
    role: "poster",
    mediaType: "image/webp",
    sha256: sha("p"),
    bytes: 40_112,
    url: `${store}/onboarding-intro-es.77f0aa11bb22.webp`,
  },
];

const told = (of: Unit, message: string): LockEntry => {
  const { fields, digest, take, provider, metadata } = of;
  return {
    state: "failed",
    origin: "generated",
    fields,
    digest,
    take,
    provider,
    metadata,
    class: "moderated-output",
    message,
    failedAt: "2026-11-20T10:14:00Z",
    cost: { amount: "0.50", currency: "USD", source: "provider" },
  };
};

/** What came of each action, where it is not the lock that the plan began with. */
const afterwards: Partial<Record<string, Partial<ResultRow>>> = {
  teaser: { turnedAway: { class: "quota", message: "Insufficient credits: top up to continue" }, after: undefined },
  "onboarding/intro@es": {
    after: ready(intro, {
      outputs: files,
      completedAt: "2026-11-21T08:00:00Z",
      cost: { amount: "4.00", currency: "USD", source: "estimated" },
    }),
  },
  "onboarding/intro@es#describe": {
    after: told(described, "The narration was withheld.\nReason: policy 7 (see https://example.com/policy)"),
  },
  "policies/101": { after: ready(policies) },
  "hr/leave": {
    before: { ...running(unit("hr/leave")) },
    after: { ...running(unit("hr/leave")) },
  },
  "hr/copy": { after: ready(unit("hr/copy"), { origin: "reused", outputs: files.slice(0, 1) }) },
  "hr/welcome": { after: ready(unit("hr/welcome")) },
  "old/clip": { after: undefined },
};

function running(of: Unit): LockEntry {
  const { fields, digest, take, provider, metadata } = of;
  return {
    state: "submitted",
    origin: "generated",
    fields,
    digest,
    take,
    provider,
    metadata,
    job: { id: "e8a2f411" },
    submittedAt: "2026-11-20T10:02:44Z",
  };
}

/** That plan carried out: some of it went well, some not. */
export const result: Result = {
  plan,
  rows: plan.actions.map((planned): ResultRow => {
    const { action } = planned;
    const prior = "prior" in action ? action.prior : undefined;
    const id = action.kind === "forget" ? action.id : action.unit.id;
    return { planned, before: prior, after: prior, note: undefined, ...afterwards[id] };
  }),
  unasked: [],
  startedAt: "2026-11-21T07:54:00Z",
  endedAt: "2026-11-21T08:00:04Z",
  filesArePublic: true,
  exitCodes: [6, 1, 7],
};

function sha(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
