import type { Clock, Random } from "../../model/clock.ts";
import type { Carrier, Sent } from "./carrier.ts";
import { fetchBranch } from "./fetch.ts";
import { type GitRepository, isAncestor } from "./repository.ts";

/** A commit on its way to one branch. */
export interface Delivery {
  readonly remote: string;
  readonly branch: string;
  readonly commit: string;
  /** Whether the branch may be new to the remote. Otherwise its absence means that somebody deleted it. */
  readonly mayCreate: boolean;
  /** Makes `commit` anew on a head that it does not stand on; undefined where that needs a person. */
  readonly onto: (commit: string, head: string) => Promise<string | undefined>;
  readonly carrier: Carrier;
  readonly clock: Clock;
  readonly random: Random;
}

export type Delivered =
  /** The head may have had everything already; then it is the commit. */
  | { readonly kind: "arrived"; readonly commit: string }
  /** The branch will not have `commit`, which is what it was made into last. */
  | { readonly kind: "refused"; readonly commit: string; readonly why: string }
  | { readonly kind: "diverged" }
  | { readonly kind: "gone" }
  | { readonly kind: "failed"; readonly why: string; readonly advice?: string };

const triesWhenMoved = 10;
const triesWhenRefused = 2;
const triesWhenUnanswered = 4;

/** Sends a commit until the branch has it or will not have it, made anew on whatever others bring there meanwhile. */
export async function deliver(repository: GitRepository, delivery: Delivery): Promise<Delivered> {
  const { remote, branch, mayCreate, onto, carrier } = delivery;
  let { commit } = delivery;
  const count = { moved: 0, refused: 0, unanswered: 0 };
  for (;;) {
    const sent = await carrier.send(commit, branch);
    if (sent.kind === "done") return { kind: "arrived", commit: sent.commit };
    if (sent.kind === "denied") return { ...sent, kind: "failed" };

    const fetched = await fetchBranch(repository, remote, branch);
    if (fetched.kind === "unanswered") {
      count.unanswered += 1;
      if (count.unanswered >= triesWhenUnanswered) return { kind: "failed", why: fetched.why };
    } else {
      const head = fetched.commit;
      const there = head === undefined ? undefined : await carrier.arrivedAs(commit, branch, head);
      if (there !== undefined) return { kind: "arrived", commit: there };
      if (head === undefined || (await isAncestor(repository, head, commit))) {
        if (head === undefined && !mayCreate) return { kind: "gone" };
        count.refused += 1;
        if (count.refused >= triesWhenRefused) return notHere(commit, sent);
      } else {
        const anew = await onto(commit, head);
        if (anew === undefined) return { kind: "diverged" };
        if (anew === head) return { kind: "arrived", commit: head };
        commit = anew;
        count.moved += 1;
        if (count.moved >= triesWhenMoved) {
          const why = `${remote}/${branch} moved ${count.moved} times while we tried`;
          return { kind: "refused", commit, why };
        }
      }
    }
    const round = count.moved + count.refused + count.unanswered;
    await delivery.clock.sleep(delivery.random() * Math.min(5_000, 100 * 2 ** round));
  }
}

/** A branch that could have taken our commit as it is, and twice did not. */
function notHere(commit: string, sent: Sent): Delivered {
  const why = "why" in sent ? sent.why : "the remote would not have it";
  return sent.kind === "refused" ? { kind: "refused", commit, why } : { kind: "failed", why };
}
