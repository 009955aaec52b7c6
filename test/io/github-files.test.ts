import { createHash } from "node:crypto";
import { mkdtempSync, truncateSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { isUploadAddress, receiving, sending } from "../../src/io/github-files.ts";

async function server(listener: RequestListener): Promise<string> {
  const opened = createServer(listener);
  await new Promise<void>((done) => opened.listen(0, "127.0.0.1", done));
  onTestFinished(
    () =>
      new Promise<void>((done) => {
        opened.close(() => done());
        opened.closeAllConnections();
      }),
  );
  return `http://127.0.0.1:${(opened.address() as AddressInfo).port}`;
}

/** A file that takes no room on the disk. */
function sparse(bytes: number): string {
  const path = join(mkdtempSync(join(tmpdir(), "github-")), "film");
  writeFileSync(path, "");
  truncateSync(path, bytes);
  return path;
}

const megabytes = 2 ** 20;
const nothing = { restart: () => {}, append: () => {} };
const asked = { method: "GET", headers: { authorization: "token secret" } };

test("a large file is sent from the disk, piece by piece", async () => {
  const bytes = 512 * megabytes;
  let most = 0;
  let length: string | undefined;
  const url = await server((request, response) => {
    length = request.headers["content-length"];
    let received = 0;
    request.on("data", (piece: Buffer) => {
      received += piece.length;
      most = Math.max(most, process.memoryUsage().arrayBuffers);
    });
    request.on("end", () => response.writeHead(201).end(String(received)));
  });
  const before = process.memoryUsage().arrayBuffers;
  const answer = await sending(sparse(bytes), bytes)(url, { method: "POST", headers: {} });
  expect([answer.status, await answer.text()]).toEqual([201, String(bytes)]);
  expect(length).toBe(String(bytes));
  expect(most - before).toBeLessThan(128 * megabytes);
});

test("a server that says no while a file is on its way is heard, or not heard at all, and never waited for", async () => {
  const url = await server((_, response) => response.writeHead(403).end("no"));
  const bytes = 64 * megabytes;
  const [answer] = await Promise.allSettled([sending(sparse(bytes), bytes)(url, { method: "POST", headers: {} })]);
  expect(answer.status === "rejected" || answer.value.status === 403).toBe(true);
});

test("a file that became shorter is not taken for the whole of it", async () => {
  const url = await server((request, response) => {
    request.resume();
    request.on("end", () => response.writeHead(201).end("{}"));
  });
  await expect(sending(sparse(10), 20)(url, { method: "POST", headers: {} })).rejects.toThrow();
});

test("the token goes to the API alone, wherever it leads", async () => {
  const seen: [string, string | undefined][] = [];
  const storage = await server((request, response) => {
    seen.push(["storage", request.headers.authorization]);
    if (request.url === "/elsewhere") response.writeHead(302, { location: "/file" }).end();
    else response.end("a film");
  });
  const url = await server((request, response) => {
    seen.push(["api", request.headers.authorization]);
    if (request.url === "/moved") response.writeHead(301, { location: "/there" }).end();
    else response.writeHead(302, { location: `${storage}/elsewhere` }).end();
  });
  const hash = createHash("sha256");
  const answer = await receiving({ ...nothing, append: (piece) => hash.update(piece) })(`${url}/moved`, asked);
  expect(answer.status).toBe(200);
  expect(hash.digest("hex")).toBe(createHash("sha256").update("a film").digest("hex"));
  expect(seen).toEqual([
    ["api", "token secret"],
    ["api", "token secret"],
    ["storage", undefined],
    ["storage", undefined],
  ]);
});

test("a token that was dropped is not taken up again by coming back", async () => {
  const seen: (string | undefined)[] = [];
  const api = await server((request, response) => {
    seen.push(request.headers.authorization);
    if (request.url === "/back") response.end("a film");
    else response.writeHead(302, { location: storage }).end();
  });
  const storage = await server((_, response) => response.writeHead(302, { location: `${api}/back` }).end());
  await receiving(nothing)(api, asked);
  expect(seen).toEqual(["token secret", undefined]);
});

test("nothing is followed for ever, or to where nobody can see what is said", async () => {
  const circle = await server((_, response) => response.writeHead(302, { location: "/again" }).end());
  await expect(receiving(nothing)(circle, asked)).rejects.toThrow("GitHub leads to no file");
  const odd = await server((_, response) => response.writeHead(302, { location: "file:///etc/hostname" }).end());
  await expect(receiving(nothing)(odd, asked)).rejects.toThrow("GitHub leads to no file");
});

test("a storage's refusal is answered as it is", async () => {
  const url = await server((_, response) => response.writeHead(403).end("<Error/>"));
  const answer = await receiving(nothing)(url, asked);
  expect([answer.status, await answer.text()]).toEqual([403, "<Error/>"]);
});

test.each([
  ["https://api.github.com", "https://uploads.github.com/repos/a/b/releases/1/assets", true],
  ["https://api.acme.ghe.com", "https://uploads.acme.ghe.com/repos/a/b/releases/1/assets", true],
  ["https://ghe.acme.example/api/v3", "https://ghe.acme.example/api/uploads/repos/a/b/releases/1/assets", true],
  ["https://api.github.com", "https://uploads.evil.example/repos/a/b/releases/1/assets", false],
  ["https://api.github.com", "http://uploads.github.com/repos/a/b/releases/1/assets", false],
  ["https://ghe.acme.example/api/v3", "https://uploads.github.com/repos/a/b/releases/1/assets", false],
  ["https://api.github.com", "", false],
])("files for the API at %s may be sent to %j: %j", (api, uploads, may) => {
  expect(isUploadAddress(api, uploads)).toBe(may);
});
