import type { Loss } from "../model/loss.ts";
import type { RepoPath, SpecId, Unit } from "../model/unit.ts";
import { losses } from "../plan/losses.ts";
import type { Selectable } from "../plan/select.ts";
import { claimSheet } from "../report/claim-sheet.ts";
import { claimSheetText } from "../report/claim-sheet-text.ts";
import { type ExitCode, exit } from "./exit.ts";
import { type Gathered, gather } from "./gather.ts";
import type { PlanArgs } from "./planning.ts";
import { refuse } from "./problems.ts";
import { aliveFor, readJournal, runnerOf, tellNoJournal } from "./run-journal.ts";
import { chosen } from "./selection.ts";
import { styleOf } from "./style.ts";
import type { World } from "./world.ts";

/** What may have been charged for nothing, for the support of its providers. Needs no key, and no network outside CI. */
export async function claims(args: PlanArgs, world: World): Promise<ExitCode> {
  const gathered = await gather(args, [], world);
  if (!gathered.ok) return refuse(gathered.problems, world);
  const { git, locks, units } = gathered.value;
  const journal = await readJournal(git, args.emulate, world);
  const known = new Map(units.map((unit) => [unit.id, unit]));
  const all = losses({ locks, journal, alive: aliveFor(runnerOf(world), world) }, args.emulate).map((loss) => ({
    loss,
    ...selectable(loss, known.get(loss.unit), gathered.value),
  }));
  const sheet = claimSheet(
    (await chosen(all, gathered.value, args.selectors)).map(({ loss }) => loss),
    args.emulate,
  );

  const what = "this is what the lockfiles say: no more than each video's last try";
  if (journal.size === 0) tellNoJournal(gathered.value, args.emulate, what, world);
  world.print(args.json ? JSON.stringify(sheet, null, 2) : claimSheetText(sheet, styleOf(world)));
  return exit.done;
}

/** A request is selected as its unit is, and by the provider that it went to; where no spec wants the unit, by its name. */
function selectable({ unit, provider }: Loss, wanted: Unit | undefined, { project }: Gathered): Selectable {
  if (wanted !== undefined) {
    const { specId, spec, labels } = wanted;
    return { id: unit, specId, spec, provider, labels };
  }
  const specId = unit.replace(/[@#].*$/, "") as SpecId;
  return { id: unit, specId, spec: `${project.videos}/${specId}.yaml` as RepoPath, provider, labels: {} };
}
