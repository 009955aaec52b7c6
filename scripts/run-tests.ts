import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Runs the tests and says, as the last line, how many passed and failed. `--quick` leaves out the slow end-to-end ones.
 * Whatever they leave behind lies in one folder, which goes at the end.
 */
const quick = process.argv.includes("--quick");
const folder = mkdtempSync(join(tmpdir(), "reelform-tests-"));
// Some tests are another user for a while.
chmodSync(folder, 0o755);
const report = join(folder, "report.json");

const slow = ["test/campaign/**", "test/pages/**", "test/scenarios/**"];
const args = ["vitest", "run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
const { status } = spawnSync("npx", [...args, ...(quick ? slow.flatMap((glob) => ["--exclude", glob]) : [])], {
  stdio: "inherit",
  env: { ...process.env, TMPDIR: folder },
});

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
}
const results: Report = JSON.parse(readFileSync(report, "utf8"));
rmSync(folder, { recursive: true, force: true, maxRetries: 5 });

// A file that could not even be loaded has no tests to count, and is a failure all the same.
const broken = results.testResults.filter(
  (file) => file.status === "failed" && file.assertionResults.length === 0,
).length;
const failed = results.numFailedTests + broken;
if (results.numPendingTests > 0) console.log(`${results.numPendingTests} skipped`);
console.log(`${results.numPassedTests} passed, ${failed} failed`);
process.exitCode = status === 0 && failed === 0 && results.numPassedTests > 0 ? 0 : 1;
