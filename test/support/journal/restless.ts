import { openRepository } from "../../../src/io/git/repository.ts";
import { intentFor } from "./attempts.ts";
import { journalIn } from "./git-journal.ts";

/** Claims one film after another, and says so once each claim is durable, until it is killed. */
const [dir = "", run = "", remote] = process.argv.slice(2);
const repository = await openRepository(dir);
if (repository === undefined) throw new Error(`${dir} is no repository`);
const journal = await journalIn(repository, run, remote);
process.stdout.write("ready\n");
for (let film = 0; ; film++) {
  const claims = await journal.claim([intentFor(`${run}/${film}`), intentFor(`${run}/${film}b`)]);
  for (const claim of claims) if (claim.kind === "claimed") process.stdout.write(`${claim.intent.unit}\n`);
}
