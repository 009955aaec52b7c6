import { plus, type Usd, usd, zero } from "../../model/money.ts";
import { type Jobs, standing } from "../jobs.ts";

/** What is left of the account: what a job cost that failed is given back when it fails. */
export function balance(credits: number, jobs: Jobs, now: number): Usd {
  const kept = jobs.newestFirst().filter((job) => standing(job, now).state !== "failed");
  const spent = kept.reduce((sum, { price }) => plus(sum, usd(price)), zero);
  return (usd(credits) - spent) as Usd;
}
