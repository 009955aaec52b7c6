import { sha256 } from "../canonical.ts";
import { refusal } from "./refusal.ts";

/** Sends a file, or the part of it that was asked for, by the rules of RFC 9110 for one range. */
export function send(bytes: Uint8Array<ArrayBuffer>, mediaType: string, asked: Headers): Response {
  const tag = `"${sha256(bytes)}"`;
  const headers = { "Content-Type": mediaType, ETag: tag, "Accept-Ranges": "bytes" };
  const must = asked.get("If-Match");
  if (must !== null && must !== "*" && !must.includes(tag))
    return refusal(412, "PreconditionFailed", "The file is not the one you know");
  const condition = asked.get("If-Range");
  const range = condition === null || condition === tag ? parseRange(asked.get("Range"), bytes.length) : undefined;
  if (range === "unsatisfiable") {
    const answer = refusal(416, "InvalidRange", "The file is shorter than that");
    answer.headers.set("Content-Range", `bytes */${bytes.length}`);
    return answer;
  }
  if (range === undefined)
    return new Response(bytes, { headers: { ...headers, "Content-Length": String(bytes.length) } });
  const part = bytes.subarray(range.from, range.to + 1);
  const place = `bytes ${range.from}-${range.to}/${bytes.length}`;
  const partHeaders = { ...headers, "Content-Length": String(part.length), "Content-Range": place };
  return new Response(part, { status: 206, headers: partHeaders });
}

/** The first and last byte of one range; undefined where the header is absent or asks for what we do not serve in parts. */
function parseRange(
  header: string | null,
  length: number,
): { readonly from: number; readonly to: number } | "unsatisfiable" | undefined {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
  if (first === "" && last === "") return undefined;
  const from = first === "" ? Math.max(0, length - Number(last)) : Number(first);
  const to = first === "" || last === "" ? length - 1 : Math.min(Number(last), length - 1);
  if (first !== "" && last !== "" && Number(last) < from) return undefined;
  return from >= length || (first === "" && Number(last) === 0) ? "unsatisfiable" : { from, to };
}
