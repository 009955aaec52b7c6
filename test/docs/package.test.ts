import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { expect, test } from "vitest";

test("the package can be installed and started as its manifest says", async () => {
  const { messages, pkg } = await publint({ pkgDir: ".", level: "suggestion", pack: false });
  expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
});
