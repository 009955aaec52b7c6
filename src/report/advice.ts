import type { FailureClass } from "../model/job.ts";
import type { Because } from "../schema/plan.types.ts";
import { type Phrase, say } from "./phrase.ts";

/** One plain sentence, and the exact next command where there is one. */
export interface Advice {
  readonly text: Phrase;
  readonly command?: string;
}

interface Whose {
  readonly unit: string;
  readonly provider: string;
}

/** What a person can do about a failure. It never says "try again" where that may be paid for twice. */
export function adviceOnFailure(failure: FailureClass, { unit, provider }: Whose): Advice {
  const again = (text: Phrase): Advice => ({ text, command: `reelform plan --retry ${failure}` });
  switch (failure) {
    case "invalid":
      return {
        text: say`The provider refuses this request as it is: mend the spec, and it is planned anew.`,
        command: "reelform validate",
      };
    case "auth":
      return {
        text: say`The provider did not accept the key in ${keyOf(provider)}; nothing was begun, so the next run submits it.`,
        command: "reelform providers",
      };
    case "plan":
      return {
        text: say`Your plan at ${provider} does not include this: change the spec, or the plan.`,
        command: `reelform why ${word(unit)}`,
      };
    case "quota":
      return {
        text: say`Your credit at ${provider} is used up; nothing was begun, so the next run submits it once there is more.`,
        command: "reelform reconcile",
      };
    case "rate":
      return {
        text: say`${provider} asked for fewer requests; nothing was begun, so the next run submits it.`,
        command: "reelform reconcile",
      };
    case "moderated-input":
      return {
        text: say`The provider refuses what the request says or shows: change it, since the same request is refused again.`,
        command: `reelform why ${word(unit)}`,
      };
    case "moderated-output":
      return again(say`The provider withheld what it made. Another take may pass, and is paid for again.`);
    case "provider":
      return again(say`The provider failed by itself. Another try is a new job, and may be billed again.`);
    case "expired":
      return again(
        say`The job did not end in time, or the provider does not know it any more. Another try is a new job, and is paid for.`,
      );
    case "lost-output":
      return {
        text: say`It was generated and paid for, but the file is gone at the provider. A new one is paid for again.`,
        command: `reelform plan --replace ${word(unit)}`,
      };
    case "not-sent":
      return {
        text: say`Nothing reached the provider and nothing was billed, so the next run submits it.`,
        command: "reelform reconcile",
      };
    case "unknown":
      return {
        text: say`Nobody knows whether the provider took it on and billed it: look for it there, then say what you found.`,
        command: `reelform resolve ${word(unit)}`,
      };
  }
}

/** What a person can do about a held unit. Undefined where the reason is no hold. */
export function adviceOnHold(because: Because, whose: Whose): Advice | undefined {
  switch (because.kind) {
    case "failed":
      return because.class === "unknown" ? givenUp(whose) : adviceOnFailure(because.class, whose);
    case "unknown":
      return adviceOnFailure("unknown", whose);
    case "theirs":
      return {
        text: say`Wait for that run: ${because.run}. Its result is this unit's too.`,
        command: `reelform status ${word(whose.unit)}`,
      };
    case "upstream":
      return { text: say`It goes on when ${because.needs} is ready.`, command: `reelform why ${word(because.needs)}` };
    case "protected":
      return { text: say`Take ${"protect: true"} out of its spec to let it change.` };
    case "over-budget":
      return {
        text: say`Raise that limit, or choose fewer videos.`,
        command: `reelform plan ${word(whose.unit)}`,
      };
    case "unknown-price":
      return {
        text: say`Nobody publishes what this costs at ${whose.provider}: look there, then allow it.`,
        command: `reelform reconcile --allow-unknown-cost ${word(whose.unit)}`,
      };
    case "policy":
      return { text: say`Change the spec, or the project file's policy.`, command: "reelform validate" };
    case "stale":
      return {
        text: say`It changed after it was approved: plan again and have that approved.`,
        command: `reelform plan ${word(whose.unit)}`,
      };
    default:
      return undefined;
  }
}

/** After `resolve --abandon` there is nothing left to look for. */
const givenUp = ({ unit }: Whose): Advice => ({
  text: say`It was given up, and nobody knows whether it was billed: only a changed spec is submitted.`,
  command: `reelform why ${word(unit)}`,
});

const keyOf = (provider: string): string => `${provider.toUpperCase()}_API_KEY`;

/** What an emulated run left open only an emulated run can go on with. */
export const inRun = (command: string, emulated: boolean): string => (emulated ? `${command} --emulate` : command);

/** One word for a shell, whatever is in it. */
export const word = (text: string): string =>
  /^[A-Za-z0-9_][A-Za-z0-9_@%+=:,./#-]*$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
