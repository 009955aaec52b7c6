import type { IncomingHttpHeaders } from "node:http";
import type { Dispatcher } from "undici";
import { isNetworkTrouble } from "./network-trouble.ts";

/** How an answer begins. */
export interface Head {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
}

/** Whether the answer itself says where it ends, so that a cut would have been noticed. */
export const isFramed = ({ status, headers }: Head): boolean =>
  headers["content-length"] !== undefined ||
  /(?:^|,)\s*chunked\s*$/i.test(headers["transfer-encoding"] ?? "") ||
  status === 204 ||
  status === 304;

/** Takes one piece of a body in, before it returns. After "enough" the rest is dropped with the connection. */
export type Take = (piece: Buffer) => "more" | "enough";

export type Received =
  | { readonly kind: "whole"; readonly head: Head }
  /** We did not want the body, or not all of it. */
  | { readonly kind: "dropped"; readonly head: Head }
  /** The network failed us. Where there is a head, it did so in the middle of the body. */
  | { readonly kind: "broken"; readonly error: Error; readonly head: Head | undefined };

export interface Question extends Dispatcher.DispatchOptions {
  /** Aborted when everything together has taken too long. */
  readonly deadline: AbortSignal;
}

/**
 * Asks once and hands the answer over as it comes in: the head to `accept`, every piece to what `accept` answers with.
 * Both are called from within undici's parser, which must never be paused: a peer that closes the connection while
 * undici 7 is paused ends our process (decision 4). So there is no stream here and nothing that could be waited for.
 * What the two throw is what the promise is rejected with.
 */
export function receive(
  dispatcher: Dispatcher,
  { deadline, ...question }: Question,
  accept: (head: Head) => Take | undefined,
): Promise<Received> {
  return new Promise((resolve, reject) => {
    let connection: Dispatcher.DispatchController | undefined;
    let begun: { readonly head: Head; readonly take: Take } | undefined;
    let over = false;

    const end = (settle: () => void): void => {
      over = true;
      deadline.removeEventListener("abort", tooLate);
      settle();
    };
    const hangUp = (): void => connection?.abort(new Error("nobody listens any more"));
    const drop = (settle: () => void): void => {
      end(settle);
      // Not at once: the parser is in the middle of this very piece.
      queueMicrotask(hangUp);
    };
    const broken = (error: Error): void => resolve({ kind: "broken", error, head: begun?.head });
    const tooLate = (): void => drop(() => broken(new Error("the answer took too long")));
    /** What undici does with an error of ours depends on where it comes from; none may reach it. */
    const guarded = (step: () => void): void => {
      try {
        step();
      } catch (error) {
        drop(() => reject(error));
      }
    };

    if (deadline.aborted) return tooLate();
    deadline.addEventListener("abort", tooLate);
    dispatcher.dispatch(question, {
      onRequestStart(controller) {
        connection = controller;
        if (over) hangUp();
      },
      onResponseStart(_, status, headers) {
        // Below 200 an answer only announces the real one.
        if (over || status < 200) return;
        const head = { status, headers };
        guarded(() => {
          const take = accept(head);
          if (take === undefined) drop(() => resolve({ kind: "dropped", head }));
          else begun = { head, take };
        });
      },
      onResponseData(_, piece) {
        if (over || begun === undefined) return;
        const { head, take } = begun;
        guarded(() => {
          if (take(piece) === "enough") drop(() => resolve({ kind: "dropped", head }));
        });
      },
      onResponseEnd() {
        if (over || begun === undefined) return;
        const { head } = begun;
        end(() => resolve({ kind: "whole", head }));
      },
      onResponseError(_, error) {
        if (!over) end(() => (isNetworkTrouble(error) ? broken(error) : reject(error)));
      },
    });
  });
}
