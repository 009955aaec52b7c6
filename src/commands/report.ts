import type { OpenJournal } from "../journal/journal.ts";
import { type ResultDocument, resultDocument } from "../report/result-document.ts";
import { resultJson } from "../report/result-json.ts";
import { resultText } from "../report/result-text.ts";
import { scopeOf } from "./checkout.ts";
import { bySeverity, type ExitCode, exit } from "./exit.ts";
import type { Gathered } from "./gather.ts";
import { outFile } from "./out-file.ts";
import { monthOf } from "./planning.ts";
import { publish } from "./publish.ts";
import type { Ran } from "./run.ts";
import { styleOf } from "./style.ts";
import type { Via } from "./via.ts";
import type { World } from "./world.ts";

interface Setting {
  readonly gathered: Gathered;
  readonly journal: OpenJournal;
  /** Who brings the commit of the locks to its branch. */
  readonly via: Via;
}

export interface ReportArgs {
  readonly commit: boolean;
  readonly push: boolean;
  readonly comment: boolean;
  /** Whose comment it is; unless told, the project's. */
  readonly scope?: string | undefined;
  readonly json: boolean;
  readonly events: boolean;
  readonly out?: string;
}

/** After the work: commit, push, comment, print. Nothing in here can undo what was paid for. */
export async function report(ran: Ran, setting: Setting, args: ReportArgs, world: World): Promise<ExitCode> {
  const { gathered, journal } = setting;
  const document = resultDocument(ran.result, monthOf(gathered, journal.entries(), ran.result.plan.emulated, world));
  const published = await publish(ran, document, setting, args, world);
  const unpushed = journal.unpushed();
  if (unpushed !== undefined)
    world.tell(`warning the journal is not pushed yet (${unpushed}); it is safe here and the next run pushes it`);

  const codes = bySeverity([
    ...(document.exitCodes as ExitCode[]),
    ...published,
    ...(unpushed === undefined ? [] : [exit.failed]),
  ]);
  const final: ResultDocument = { ...document, exitCodes: [...codes] };
  if (args.json) world.print(args.events ? JSON.stringify(final) : resultJson(final).trimEnd());
  else if (!args.events) world.print(resultText(final, styleOf(world)).trimEnd());
  if (args.comment) {
    const [{ comment }, { commentPorts }] = await Promise.all([import("./comment.ts"), import("./comment-ports.ts")]);
    const scope = await scopeOf(args.scope, gathered.root);
    const told = { plan: undefined, result: "the result", pr: undefined, scope, json: false };
    await comment(told, { ...commentPorts(world), print: world.tell, readFile: () => resultJson(final) });
  }
  outFile(args.out, world)?.(resultJson(final));
  return codes[0] ?? exit.done;
}
