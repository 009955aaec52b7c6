import { createHmac, timingSafeEqual } from "node:crypto";

/** Addresses in the object storage, plain or signed with an expiry. */
export interface Links {
  readonly origin: string;
  plain(path: string): string;
  signed(path: string, expiresAt: number): string;
  verdict(url: URL, now: number): "plain" | "valid" | "expired" | "forged";
}

export function links(origin: string, seed: number): Links {
  const sign = (path: string, expires: string): string =>
    createHmac("sha256", `storage ${seed}`).update(`${path}\n${expires}`).digest("hex");
  return {
    origin,
    plain: (path) => `${origin}${path}`,
    signed(path, expiresAt) {
      const expires = String(Math.floor(expiresAt / 1000));
      return `${origin}${path}?expires=${expires}&signature=${sign(path, expires)}`;
    },
    verdict(url, now) {
      const expires = url.searchParams.get("expires");
      const signature = url.searchParams.get("signature");
      if (expires === null && signature === null) return "plain";
      const right = Buffer.from(sign(url.pathname, expires ?? ""));
      const given = Buffer.from(signature ?? "");
      if (right.length !== given.length || !timingSafeEqual(right, given)) return "forged";
      return Number(expires) * 1000 > now ? "valid" : "expired";
    },
  };
}
