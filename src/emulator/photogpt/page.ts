const usual = 20;
const most = 100;

/** Which part of a list was asked for, or what is wrong with the asking. Pages count from 1. */
export function page(
  query: Readonly<Record<string, string>>,
): { readonly from: number; readonly to: number } | { readonly wrong: string } {
  const number = Number(query.pageNum ?? 1);
  const size = Number(query.pageSize ?? usual);
  if (!Number.isInteger(number) || number < 1) return { wrong: "pageNum must be an integer from 1" };
  if (!Number.isInteger(size) || size < 1 || size > most) return { wrong: `pageSize must be from 1 to ${most}` };
  return { from: (number - 1) * size, to: number * size };
}
