/** How long each part of one exchange may take, in milliseconds. */
export interface Deadlines {
  /** Name look-up, TCP and TLS together. */
  readonly connect: number;
  /** From the request's last byte to the end of the answer's head. */
  readonly headers: number;
  /** Between two pieces of the answer's body. */
  readonly body: number;
  /** The whole exchange, so that a drop a second does not last for ever. */
  readonly total: number;
}

/** For calls that answer with a little JSON. */
export const ordinary: Deadlines = { connect: 10_000, headers: 30_000, body: 30_000, total: 120_000 };

/** For calls that send a file: the time until an answer includes the upload. */
export const uploading: Deadlines = { connect: 10_000, headers: 300_000, body: 30_000, total: 600_000 };
