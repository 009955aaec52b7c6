import { buildConnector } from "undici";

/** A connection that can be made once, and that knows whether it was: before that, no byte can have left. */
export interface FreshLine {
  readonly connect: buildConnector.connector;
  established(): boolean;
}

/** `stillAllowed` is asked again at the last moment, after name look-up, TCP and TLS took their time. */
export function freshLine(timeout: number, stillAllowed: () => boolean): FreshLine {
  const connector = buildConnector({ timeout, maxCachedSessions: 0 });
  let dialled = false;
  let established = false;
  return {
    established: () => established,
    connect(options, callback) {
      if (dialled) {
        callback(new Error("a paid request is sent through one connection only"), null);
        return;
      }
      dialled = true;
      connector(options, (error, socket) => {
        if (error !== null) {
          callback(error, null);
        } else if (stillAllowed()) {
          established = true;
          callback(null, socket);
        } else {
          socket.destroy();
          callback(new TooLate(), null);
        }
      });
    },
  };
}

/** The claim that allows the spending ran out before a byte was sent. */
class TooLate extends Error {
  override readonly name = "TooLate";
  readonly code = "TOO_LATE";
  constructor() {
    super("the claim ran out before the connection stood");
  }
}
