import { openRepository } from "../../../src/io/git/repository.ts";
import { journalIn } from "./git-journal.ts";
import { claimAll } from "./rivals.ts";

/** A run of its own: claims the films it is told about, one by one at once, and prints what it got. */
const [dir = "", run = "", count = "0"] = process.argv.slice(2);
const repository = await openRepository(dir);
if (repository === undefined) throw new Error(`${dir} is no repository`);
const journal = await journalIn(repository, run, "origin");
process.stdout.write(JSON.stringify(await claimAll(journal, Number(count))));
