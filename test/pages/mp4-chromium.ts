import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const executablePath = "/usr/bin/chromium";

/** A machine may do without a browser only by saying so; then the tests that need one show as skipped. */
export const noBrowser = process.env.REELFORM_NO_BROWSER === "1";

export function openChromium(): Promise<Browser> {
  if (!existsSync(executablePath))
    throw new Error(`no Chromium at ${executablePath}: install it, or set REELFORM_NO_BROWSER=1 to skip these tests`);
  const args = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ];
  return chromium.launch({ executablePath, headless: true, args });
}
