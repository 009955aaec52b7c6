import { spawn } from "node:child_process";
import { chmod, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { git } from "./git.ts";
import type { Remote } from "./remote.ts";

/** A remote as people reach it: an address, and what the environment must say for it. */
export interface Served {
  readonly url: string;
  readonly env: Readonly<Record<string, string>>;
}

/** The remote on a real web server, by Git's own program for that, at any path. Who pushes must say who it is. */
export async function overHttp({ path }: Remote, at = "/remote.git"): Promise<Served> {
  await git(path, {}, "config", "http.receivepack", "true");
  const server = createServer((request, response) => backend(path, at, request, response));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => new Promise((done) => server.close(() => done())));
  const { port } = server.address() as AddressInfo;
  return { url: `http://ada:secret@127.0.0.1:${port}${at}`, env: {} };
}

/** Speaks CGI with `git http-backend`. */
function backend(path: string, at: string, request: IncomingMessage, response: ServerResponse): void {
  if (request.headers.authorization === undefined) {
    response.writeHead(401, { "WWW-Authenticate": "Basic realm=git" }).end();
    return;
  }
  const { pathname, search } = new URL(request.url ?? "/", "http://localhost");
  const program = spawn("git", ["http-backend"], {
    env: {
      PATH: process.env.PATH ?? "",
      GIT_PROJECT_ROOT: path,
      GIT_HTTP_EXPORT_ALL: "1",
      REMOTE_USER: "ada",
      PATH_INFO: pathname.slice(at.length),
      QUERY_STRING: search.slice(1),
      REQUEST_METHOD: request.method ?? "GET",
      CONTENT_TYPE: request.headers["content-type"] ?? "",
      HTTP_CONTENT_ENCODING: request.headers["content-encoding"] ?? "",
      GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""),
    },
  });
  request.pipe(program.stdin);
  const pieces: Buffer[] = [];
  program.stdout.on("data", (piece: Buffer) => pieces.push(piece));
  program.on("close", () => {
    const answer = Buffer.concat(pieces);
    const end = answer.indexOf("\r\n\r\n");
    const headers = answer.subarray(0, end).toString("latin1").split("\r\n");
    for (const line of headers) {
      const [, name = "", value = ""] = /^([^:]+): (.*)$/.exec(line) ?? [];
      if (name === "Status") response.statusCode = Number.parseInt(value, 10);
      else if (name !== "") response.setHeader(name, value);
    }
    response.end(answer.subarray(end + 4));
  });
}

/** The remote over Git's ssh transport. The far shell is on this machine: what crosses is what would cross a network. */
export async function overSsh({ path }: Remote): Promise<Served> {
  const shell = join(dirname(path), "ssh");
  // The last word is the command that Git wants run over there.
  await writeFile(shell, '#!/bin/sh\nfor last; do :; done\nexec sh -c "$last"\n');
  await chmod(shell, 0o755);
  return { url: `ssh://ada@example.com${path}`, env: { GIT_SSH: shell, GIT_SSH_VARIANT: "simple" } };
}
