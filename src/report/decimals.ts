/** The exact sum of decimal amounts ("4.00", "0.000125"), with two decimals at least. */
export function sumOf(amounts: readonly string[]): string {
  const places = Math.max(2, ...amounts.map((amount) => fraction(amount).length));
  const scaled = amounts.reduce((sum, amount) => sum + units(amount, places), 0n);
  const digits = String(scaled).padStart(places + 1, "0");
  return tidy(`${digits.slice(0, -places)}.${digits.slice(-places)}`);
}

const units = (amount: string, places: number): bigint => {
  const [whole = "0"] = amount.split(".");
  return BigInt(whole + fraction(amount).padEnd(places, "0"));
};

const fraction = (amount: string): string => amount.split(".")[1] ?? "";

/** Two decimals, and as many more as the amount needs. */
export function tidy(amount: string): string {
  const [whole = "0"] = amount.split(".");
  return `${whole}.${fraction(amount).replace(/0+$/, "").padEnd(2, "0")}`;
}
