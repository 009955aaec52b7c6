import type { Unasked } from "../model/journal.ts";
import type { LockEntry } from "../model/lock.ts";
import type { Action } from "../model/plan.ts";
import type { UnitId } from "../model/unit.ts";
import { diff } from "../plan/diff.ts";
import { unaskedAttempts } from "../plan/unasked.ts";
import { statusText } from "../report/status-text.ts";
import { askedHint, doubtHint, unaskedHint } from "../report/unasked-text.ts";
import { type ExitCode, exit } from "./exit.ts";
import { gather } from "./gather.ts";
import { tellMissing } from "./kept-files.ts";
import type { PlanArgs } from "./planning.ts";
import { refuse } from "./problems.ts";
import { aliveFor, readJournal, runnerOf } from "./run-journal.ts";
import { selection } from "./selection.ts";
import { styleOf } from "./style.ts";
import type { World } from "./world.ts";

/** Every unit with what its lock says of it, and what is paid for, or may be, that no spec here asks for. Needs no key, and no network outside CI. */
export async function status(args: PlanArgs, world: World): Promise<ExitCode> {
  const gathered = await gather(args, [], world);
  if (!gathered.ok) return refuse(gathered.problems, world);
  const { units } = await selection(gathered.value, args.selectors, []);
  const { git } = gathered.value;
  const journal = await readJournal(git, args.emulate, world);
  const known = { locks: gathered.value.locks, journal, alive: aliveFor(runnerOf(world), world) };
  const wish = { emulated: args.emulate, retry: new Set<never>(), forget: false };
  const asked = diff(gathered.value.units, known, wish);
  const unasked = unaskedAttempts(asked, known, args.emulate);
  const rows = units.map(({ id, spec }) => ({ id, entry: gathered.value.locks.get(spec)?.units.get(id) }));

  tellMissing(units, gathered.value, args, world);
  world.print(
    args.json
      ? JSON.stringify(
          {
            units: rows.map(({ id, entry }) => ({ unit: id, ...(entry ?? absent) })),
            unasked: unasked.map(({ attempt }) => unaskedJson(attempt)),
          },
          null,
          2,
        )
      : [
          statusText(rows, world.time.clock.now(), styleOf(world)).trimEnd(),
          ...doubtHint(inDoubt(asked), args.emulate),
          ...askedHint(askedAbout(asked, rows), args.emulate),
          ...unaskedHint(unasked, args.emulate),
        ].join("\n\n"),
  );
  return exit.done;
}

const inDoubt = (actions: readonly Action[]): readonly UnitId[] =>
  actions.flatMap((action) => (action.kind === "resume" && action.of.kind === "in-doubt" ? [action.unit.id] : []));

/** What the journal holds for a person and no lock here says. */
function askedAbout(
  actions: readonly Action[],
  rows: readonly { readonly id: UnitId; readonly entry: LockEntry | undefined }[],
): readonly UnitId[] {
  const silent = new Set(rows.flatMap(({ id, entry }) => (entry?.state === "unknown" ? [] : [id])));
  return actions.flatMap((action) =>
    action.kind === "hold" && action.because.kind === "unknown" && silent.has(action.unit.id) ? [action.unit.id] : [],
  );
}

function unaskedJson(attempt: Unasked["attempt"]): object {
  const { unit, provider, state, claimedAt } = attempt;
  return attempt.state === "submitted"
    ? { unit, provider, state, job: attempt.job }
    : { unit, provider, state, claimedAt };
}

const absent = { state: "absent" } satisfies { readonly state: LockEntry["state"] | "absent" };
