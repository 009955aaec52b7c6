/** One page of a list, and the header that leads to its neighbours. */
export function page<T>(
  all: readonly T[],
  url: URL,
): { readonly items: readonly T[]; readonly link: string | undefined } {
  const size = Math.min(100, Math.max(1, Number(url.searchParams.get("per_page") ?? "30")));
  const number = Math.max(1, Number(url.searchParams.get("page") ?? "1"));
  const last = Math.max(1, Math.ceil(all.length / size));
  const to = (target: number, rel: string): string => {
    const there = new URL(url);
    there.searchParams.set("page", String(target));
    return `<${there.href}>; rel="${rel}"`;
  };
  const links = [
    ...(number > 1 ? [to(number - 1, "prev"), to(1, "first")] : []),
    ...(number < last ? [to(number + 1, "next"), to(last, "last")] : []),
  ];
  return {
    items: all.slice((number - 1) * size, number * size),
    link: links.length === 0 ? undefined : links.join(", "),
  };
}
