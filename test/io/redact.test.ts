import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { redactor } from "../../src/io/redact.ts";
import { oneLine } from "../../src/model/text.ts";

const key = "gp_live/9f8e+7d6c=5b4a3";

describe("a key of this run is taken out", () => {
  test.each([
    ["as it is", key],
    ["in an address", encodeURIComponent(key)],
    ["in base64", Buffer.from(key).toString("base64")],
    ["in base64 for addresses", Buffer.from(key).toString("base64url")],
    ["in hexadecimal", Buffer.from(key).toString("hex")],
    ["in JSON", JSON.stringify(key)],
  ])("%s", (_name, spelling) => {
    const cleaned = redactor([` ${key}\n`])(`before ${spelling} after`);
    expect(cleaned).toMatch(/^before .*\[secret\].* after$/);
    expect(cleaned).not.toContain(spelling.replaceAll('"', ""));
  });

  test("wherever it stands, and once is as good as twice", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string({ minLength: 12, maxLength: 40 }), (before, after, any) => {
        const secret = `k${any.replace(/\s/g, "_")}y`;
        const redact = redactor([secret]);
        const once = redact(`${before}${secret}${after}`);
        expect(once).not.toContain(secret);
        expect(redact(once)).toBe(once);
      }),
    );
  });

  test("a word is no key", () => {
    expect(redactor(["", "on", "video"])("a video on loan")).toBe("a video on loan");
  });
});

describe("what looks like somebody's secret is taken out, line by line", () => {
  test.each([
    "Authorization: Bearer abc.def-ghi",
    "authorization: basic dXNlcjpwYXNz",
    "sk-proj-abcdefghijklmnop1234",
    "ghp_0123456789abcdefghijklmnopqrstuvwxyz",
    "github_pat_11ABCDEFG0123456789_abcdefghijklmnop",
    "glpat-0123456789abcdefghij",
    "AKIAIOSFODNN7EXAMPLE",
    "AIzaSyA-0123456789abcdefghijklmnopqrstu",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl",
    "api_key=0123456789abcdef",
    '"x-api-key": "0123456789abcdef"',
    "X-Amz-Security-Token=FwoGZXIvYXdzEBYaD1234",
    "X-Amz-Signature=fe5f80f77d5fa3beca038a248ff027",
    "password: hunter2hunter2",
    "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----",
  ])("%s", (secret) => {
    const cleaned = redactor([])(`first\n${secret}\nlast`);
    expect(cleaned).toContain("[secret]");
    expect(cleaned.startsWith("first\n") && cleaned.endsWith("\nlast")).toBe(true);
    expect(cleaned).not.toContain(secret);
  });

  test.each([
    "the token expired",
    "signature: missing",
    "job 7d0c2f5e-3b11-4c6a-9a55-0f3f6a1d2b90",
    `sha256:${"ab".repeat(32)}`,
  ])("ordinary words stay: %s", (words) => {
    expect(redactor([])(words)).toBe(words);
  });
});

describe("somebody else's words", () => {
  test("fit on one line, without escapes and invisible characters, and are bounded", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 10, max: 100 }), (words, most) => {
        const line = oneLine(words, most);
        expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        expect(line.length).toBeLessThanOrEqual(most);
      }),
    );
  });

  test.each([
    ["see https://user:pass@s3.example/a.mp4?X-Amz-Signature=abc#t, please", "see https://s3.example/a.mp4 please"],
    ["a\u001b[31m\r\nb\u2028c\u202ed\u200be", "a [31m b cde"],
    [`${"x".repeat(20)}`, "xxxxxxxxx…"],
  ])("%j become %j", (words, line) => {
    expect(oneLine(words, line.includes("…") ? 10 : 100)).toBe(line);
  });
});
