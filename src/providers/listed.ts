/** "a", "a or b", "a, b or c". */
export function listed(words: readonly (string | number)[]): string {
  const last = words.at(-1) ?? "nothing";
  return words.length < 2 ? String(last) : `${words.slice(0, -1).join(", ")} or ${last}`;
}

const enough = 3;

/** Values as a sentence has them. Many whole numbers in a row are told by the first and the last. */
export function inOrder(values: readonly (string | number)[]): string {
  const numbers = values.filter((value) => typeof value === "number").sort((a, b) => a - b);
  const [first, last] = [numbers[0], numbers.at(-1)];
  if (first === undefined || last === undefined || numbers.length < values.length) return listed(values);
  const inRow = numbers.length > enough && last - first === numbers.length - 1 && numbers.every(Number.isInteger);
  return inRow ? `${first} to ${last}` : listed(numbers);
}
