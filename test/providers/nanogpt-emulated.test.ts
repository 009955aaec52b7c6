import { describe, expect, test } from "vitest";
import { startEmulator } from "../../src/emulator/server.ts";
import { openWire } from "../../src/io/http/wire.ts";
import { nanogpt } from "../../src/providers/nanogpt/nanogpt.ts";
import { half, testClock } from "../io/http/world.ts";
import { lifecycle } from "./lifecycle.ts";

lifecycle({
  provider: nanogpt,
  operation: "generate",
  with: { model: "kling-v21-pro", duration: "5", aspect_ratio: "16:9" },
  picture: "imageUrl",
});

describe("NanoGPT's account, against the emulator", () => {
  test("its list of models is read and its balance told, before a video and after it", async () => {
    const emulator = await startEmulator({ speed: 6000, credits: 50 });
    try {
      const baseUrl = `${emulator.url}/nanogpt`;
      const access = { provider: nanogpt, key: "k-0123456789", baseUrl, emulated: true };
      const wire = openWire({ ...access, random: half, clock: testClock(Date.now()) });
      const models = (await nanogpt.models?.(wire)) ?? [];
      expect(models.find(({ id }) => id === "seedance-video")).toMatchObject({
        durations: [5, 10],
        frames: ["first_frame"],
        prices: { "per_second.1080p": "0.12" },
      });
      expect(await nanogpt.balance?.(wire)).toBe(50_000_000);
      const request = { operation: "generate", with: { model: "veo2-video", prompt: "Tides" } };
      const body = JSON.stringify(request.with);
      const headers = { "x-api-key": "k-0123456789", "Content-Type": "application/json" };
      expect((await fetch(`${baseUrl}/api/generate-video`, { method: "POST", headers, body })).status).toBe(202);
      expect(await nanogpt.balance?.(wire)).toBe(47_500_000);
    } finally {
      await emulator.close();
    }
  });
});
