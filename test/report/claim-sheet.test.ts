import fc from "fast-check";
import { expect, test } from "vitest";
import type { Loss } from "../../src/model/loss.ts";
import type { ProviderName, UnitId } from "../../src/model/unit.ts";
import { claimSheet } from "../../src/report/claim-sheet.ts";
import { claimSheetText } from "../../src/report/claim-sheet-text.ts";
import { expectGolden } from "./golden.ts";
import { pieces } from "./hostile.ts";

const style = { colour: true, width: 40, target: "terminal" } as const;
const times = {
  claimedAt: "2026-11-20T10:12:40Z",
  submittedAt: "2026-11-20T10:12:44Z",
  endedAt: "2026-11-20T10:17:09Z",
};
const loss = (unit: string, provider: ProviderName, more: Partial<Loss>): Loss => ({
  ...{ unit: unit as UnitId, provider, class: "provider", message: "Something went wrong", ...times },
  ...more,
});
const bill = (amount: string, currency: "USD" | "XNO" = "USD") => ({ amount, currency, source: "provider" }) as const;
const { submittedAt: _, ...unsent } = loss("onboarding/outro", "golpo", { job: { id: "91ab03cc" } });

const all: readonly Loss[] = [
  loss("onboarding/intro@es", "golpo", { job: { id: "7d0c2f5e", video: "c2a4e9d8" }, estimate: "4.00" }),
  { ...unsent, class: "lost-output", message: "" },
  loss("hr/doubtful", "golpo", { class: "unknown", message: "no clear answer: socket hang up", estimate: "0.5" }),
  loss("teaser", "nanogpt", { job: { id: "run-1" }, cost: bill("0.25"), estimate: "0.30" }),
  loss("teaser", "nanogpt", { job: { id: "run-2" }, cost: bill("1.5", "XNO") }),
  loss("reel", "openrouter", {
    job: { id: "gen-5" },
    class: "moderated-output",
    message:
      "Output blocked by safety system.\nYour request was flagged, see https://example.com/policy for what that means.",
    cost: bill("0.125"),
  }),
];

test.each([
  ["claims.txt", () => claimSheetText(claimSheet(all, false), style)],
  ["claims-emulated.txt", () => claimSheetText(claimSheet(all.slice(0, 1), true), style)],
  ["claims.json", () => `${JSON.stringify(claimSheet(all, false), null, 2)}\n`],
])("%s reads as it did", (name, view) => expectGolden(name, view()));

test("nothing to claim is one line", () => {
  expect(claimSheetText(claimSheet([], false), style)).toBe(
    "nothing to claim: no request that a provider took on ended without a result",
  );
});

const hostile = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 6 }).map((some) => some.join("\n"));

test("whatever a provider says, no line of it can pass for one of ours, nor for a command to a runner", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const forged = loss(text, "golpo", { message: `${text}\nTotal: nothing.`, job: { id: text, video: text } });
      for (const target of ["terminal", "actions"] as const) {
        const view = claimSheetText(claimSheet([forged], false), { ...style, target });
        expect(view).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        if (target === "actions") expect(view).not.toMatch(/^\s*::\w|##\[/m);
        const own = view.split("\n").filter((line) => /^\S/.test(line));
        expect(
          own.filter(
            (line) => !/^(To golpo: |refund what|was charged\.|1\. job |Total: your|Total: not known)/.test(line),
          ),
        ).toEqual([]);
      }
    }),
  );
});
