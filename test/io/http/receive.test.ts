import type { Socket } from "node:net";
import fc from "fast-check";
import { Agent, errors } from "undici";
import { afterEach, describe, expect, test } from "vitest";
import { gather } from "../../../src/io/http/gather.ts";
import { type Question, receive, type Take } from "../../../src/io/http/receive.ts";
import { type RawServer, rawServer, reply } from "./raw-server.ts";

let server: RawServer | undefined;
let agent = new Agent();
afterEach(async () => {
  await agent.destroy();
  agent = new Agent();
  await server?.close();
});

async function question(answer: (socket: Socket) => void): Promise<Question> {
  server = await rawServer(answer);
  return { origin: server.url, path: "/", method: "GET", deadline: AbortSignal.timeout(60_000) };
}

/** Goes on until we hang up, and tells when we did. */
async function endless() {
  let hungUp: () => void = () => undefined;
  const gone = new Promise<void>((resolve) => {
    hungUp = resolve;
  });
  const asked = await question((socket) => {
    socket.write("HTTP/1.1 200 OK\r\n\r\n");
    const timer = setInterval(() => socket.write("words "), 1);
    socket.on("close", () => {
      clearInterval(timer);
      hungUp();
    });
  });
  return { asked, gone };
}

describe("an answer", () => {
  test("that is not wanted is not read", async () => {
    const { asked, gone } = await endless();
    expect(await receive(agent, asked, () => undefined)).toMatchObject({ kind: "dropped", head: { status: 200 } });
    await gone;
  });

  test("is left where it was enough, and no piece comes after that", async () => {
    const { asked, gone } = await endless();
    let pieces = 0;
    const take: Take = () => (++pieces < 3 ? "more" : "enough");
    expect(await receive(agent, asked, () => take)).toMatchObject({ kind: "dropped" });
    await gone;
    expect(pieces).toBe(3);
  });

  test("that is announced first begins with the real one", async () => {
    const asked = await question((socket) => {
      socket.write(`HTTP/1.1 103 Early Hints\r\nx: 1\r\n\r\n${reply(200, "{}")}`);
    });
    const body = gather(10);
    const received = await receive(agent, asked, () => body.take);
    expect(received).toMatchObject({ kind: "whole", head: { status: 200 } });
    expect(String(body.bytes())).toBe("{}");
  });

  test("that takes too long is given up, wherever it is", async () => {
    const { asked, gone } = await endless();
    const late = new AbortController();
    const take: Take = () => {
      late.abort();
      return "more";
    };
    const received = await receive(agent, { ...asked, deadline: late.signal }, () => take);
    expect(received).toMatchObject({ kind: "broken", head: { status: 200 }, error: { message: /too long/ } });
    await gone;
    const asking = receive(agent, { ...asked, deadline: late.signal }, () => take);
    expect(await asking).toMatchObject({ kind: "broken", head: undefined });
  });
});

describe("a mistake of ours", () => {
  const mistake = new Error("a mistake");
  const wrong = (): never => {
    throw mistake;
  };

  test.each([
    ["on the head", wrong],
    ["on a piece", () => wrong],
  ])("%s comes back as it is", async (_where, accept) => {
    const { asked, gone } = await endless();
    await expect(receive(agent, asked, accept)).rejects.toBe(mistake);
    await gone;
  });

  test.each([{ path: "no path" }, { method: "NO METHOD" }, { headersTimeout: -1 }])(
    "in the question is no trouble of the network: %j",
    async (over) => {
      const asked = await question(() => undefined);
      await expect(receive(agent, { ...asked, ...over }, () => undefined)).rejects.toBeInstanceOf(
        errors.InvalidArgumentError,
      );
    },
  );
});

test("a body is the same however it is cut, up to its limit and not beyond", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 40 }), fc.nat(800), (pieces, most) => {
      const body = gather(most);
      let held = Buffer.alloc(0);
      for (const piece of pieces) {
        const fits = held.length + piece.length <= most;
        expect(body.take(Buffer.from(piece))).toBe(fits ? "more" : "enough");
        if (!fits) break;
        held = Buffer.concat([held, piece]);
      }
      expect(body.bytes().equals(held)).toBe(true);
    }),
  );
});
