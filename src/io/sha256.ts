import { createHash } from "node:crypto";

/** The sha256 of what is in memory, in hexadecimal digits. */
export const sha256 = (content: Uint8Array | string): string => createHash("sha256").update(content).digest("hex");
