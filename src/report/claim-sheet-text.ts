import type { FailureClass, Job } from "../model/job.ts";
import type { ClaimedRequest, ClaimSheet } from "./claim-sheet.ts";
import { wrapped } from "./columns.ts";
import { beginning } from "./digest-text.ts";
import { costText, dollars } from "./money-text.ts";
import type { Style } from "./paint.ts";
import { oneLine, sections } from "./plan-text.ts";
import { printable } from "./printable.ts";

/** Fits a mail, however wide the terminal is. */
const width = 78;
const indent = 14;
/** Longer words of a provider say no more than their beginning. */
const longestMessage = 2_000;

/** A letter to the support of each provider, ready to be pasted: what is asked, job by job, and what it comes to. */
export function claimSheetText(document: ClaimSheet, { target }: Style): string {
  const { emulated, providers } = printable(document, target);
  if (providers.length === 0) return "nothing to claim: no request that a provider took on ended without a result";
  return providers.map((claims) => letter(claims, emulated)).join(`\n\n${"-".repeat(width)}\n\n`);
}

type Claims = ClaimSheet["providers"][number];

function letter(claims: Claims, emulated: boolean): string {
  const { provider, requests } = claims;
  return sections([
    emulated ? ["Emulated, so nothing is to be claimed. Of real jobs the letter would be:"] : [],
    wrapped(
      `To ${provider}: please check ${countText(requests.length)} that ended without a result, and refund what was charged.`,
      width,
    ),
    ...requests.map((request, at) => requestLines(request, at + 1, emulated)),
    wrapped(totalText(claims, emulated), width),
  ]);
}

function requestLines(request: ClaimedRequest, number: number, emulated: boolean): readonly string[] {
  const { unit, job, class: failure, message, endedAt } = request;
  return [
    `${number}. ${job === undefined ? "no job id: the answer to the request was lost" : jobText(job)}`,
    ...field("what", job === undefined ? "it may have been taken on, or not" : ended[failure]),
    ...field("our name", oneLine(unit)),
    ...sentAt(request),
    ...(endedAt === undefined ? [] : field(job === undefined ? "given up" : "ended", timeText(endedAt))),
    ...field("charged", chargeText(request, emulated)),
    ...(message.trim() === "" ? [] : field("message", beginning(message, longestMessage))),
  ];
}

/** The provider may know a job by more than one name. */
const jobText = (job: Job): string =>
  oneLine(["id", ...Object.keys(job).filter((name) => name !== "id")].map((name) => nameText(name, job)).join(", "));

const nameText = (name: string, job: Job): string => `${name === "id" ? "job" : name} ${job[name]}`;

const ended = {
  invalid: "the job failed as not valid",
  auth: "the job failed",
  plan: "the job failed by what the account's plan includes",
  quota: "the job failed",
  rate: "the job failed",
  "moderated-input": "the job failed by moderation of what was asked",
  "moderated-output": "what the job made was withheld",
  provider: "the job failed",
  expired: "the job did not end, or is not known any more",
  "lost-output": "the job is done and its file is not there",
  "not-sent": "the job failed",
  unknown: "the job failed",
} as const satisfies Record<FailureClass, string>;

/** One line of a request, its further lines beneath, so that no word of a provider can pass for a line of ours. */
function field(name: string, text: string): readonly string[] {
  return wrapped(text, width - indent).map((line, at) =>
    `${(at === 0 ? `   ${name}` : "").padEnd(indent)}${line}`.trimEnd(),
  );
}

/** A request is sent once its claim is written down. */
function sentAt({ submittedAt, claimedAt }: ClaimedRequest): readonly string[] {
  if (submittedAt !== undefined) return field("submitted", timeText(submittedAt));
  return claimedAt === undefined ? [] : field("submitted", `shortly after ${timeText(claimedAt)}`);
}

const timeText = (instant: string): string =>
  oneLine(instant.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)Z$/, "$1 $2 UTC"));

function chargeText({ billed, estimate }: ClaimedRequest, emulated: boolean): string {
  const money = emulated ? "emulated " : "";
  if (billed !== undefined) return `${money}${costText(billed)}, as your API told us`;
  if (estimate === undefined) return "your API did not tell us, and we have no estimate";
  return `your API did not tell us; our ${money}estimate is ${dollars(estimate)}`;
}

/** What is known, what is estimated and what is neither are never added up to one sum. */
function totalText({ requests, billed, estimated, unpriced }: Claims, emulated: boolean): string {
  const money = emulated ? "emulated " : "";
  const guessed = requests.filter(({ estimate }) => estimate !== undefined).length;
  const parts = [
    ...billed.map((sum) => `${money}${costText(sum)} charged as your API told us`),
    ...(guessed === 0 ? [] : [`${dollars(estimated)} by our ${money}estimate for ${countText(guessed)}`]),
    ...(unpriced === 0 ? [] : [`not known for ${countText(unpriced)}`]),
  ];
  return `Total: ${parts.join("; ")}.`;
}

const countText = (requests: number): string => (requests === 1 ? "1 request" : `${requests} requests`);
