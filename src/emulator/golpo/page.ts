import type { Detail } from "./validate.ts";

const usual = 20;
const most = 100;

/** Which part of a list was asked for, or what is wrong with the asking. */
export function page(
  query: Readonly<Record<string, string>>,
): { readonly limit: number; readonly offset: number } | readonly Detail[] {
  const limit = query.limit ?? String(usual);
  const offset = query.offset ?? "0";
  const details = [...complain("limit", limit, 1, most), ...complain("offset", offset, 0, Number.MAX_SAFE_INTEGER)];
  return details.length > 0 ? details : { limit: Number(limit), offset: Number(offset) };
}

function complain(name: string, text: string, least: number, greatest: number): readonly Detail[] {
  if (!/^\d+$/.test(text))
    return [{ loc: ["query", name], msg: "Input should be a valid integer", type: "int_parsing" }];
  if (Number(text) >= least && Number(text) <= greatest) return [];
  const msg = `Input should be from ${least} to ${greatest}`;
  return [{ loc: ["query", name], msg, type: "value_error" }];
}
