import { clip } from "../../src/emulator/media/clip.ts";

/** A small film that any player plays. */
export const film = (seconds = 1): Uint8Array =>
  clip({ text: "Tides", label: "test", hash: "ab".repeat(32), width: 320, height: 192 }, seconds);
