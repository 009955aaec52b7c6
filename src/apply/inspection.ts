/** A distribution function: the part of all jobs that have ended by then. */
type Ended = (milliseconds: number) => number;

export interface Manners {
  /** How late an end may be noticed on average, in milliseconds. */
  readonly lag: number;
  /** Never two looks within so many milliseconds of each other. */
  readonly least: number;
  /** After the first look, never longer than this without one. */
  readonly most: number;
}

/**
 * When to look whether a job has ended, in milliseconds after its submit, judged by how long such jobs took, and how long
 * others run by now that have not ended: as few looks
 * as find the end as soon as wanted. It is the optimal inspection schedule for the distribution that the past suggests:
 * the one with the least expected cost, where a look costs as much as makes the expected lag come out as wanted.
 */
export function inspections(
  past: readonly number[],
  manners: Manners,
  running: readonly number[] = [],
): readonly number[] {
  const grid = gridOf(past, running);
  let [cheap, dear] = [1e-3, 1e3];
  let best = looks(grid, manners, cheap);
  for (let halvings = 0; halvings < 14; halvings += 1) {
    const price = Math.sqrt(cheap * dear);
    const tried = looks(grid, manners, price * manners.lag);
    if (lagOf(tried, grid) > manners.lag) dear = price;
    else {
      cheap = price;
      best = tried;
    }
  }
  return best.map((at) => at * grid.step);
}

/** The distribution on a grid of times: `ended` and its integral, at each multiple of `step`. */
interface Grid {
  readonly step: number;
  readonly ended: Float64Array;
  readonly integral: Float64Array;
}

const points = 600;
/** How many times the usual length is planned for; what takes longer is looked at ever more rarely. */
const horizon = 4;

function gridOf(past: readonly number[], running: readonly number[]): Grid {
  const { ended, usual } = distribution(past, running);
  const step = (horizon * usual) / points;
  const values = Float64Array.from({ length: points + 1 }, (_, index) => ended(index * step));
  const integral = new Float64Array(points + 1);
  for (let at = 1; at <= points; at += 1) {
    integral[at] = (integral[at - 1] ?? 0) + (((values[at] ?? 1) + (values[at - 1] ?? 1)) / 2) * step;
  }
  return { step, ended: values, integral };
}

/** A lognormal fit, the wider the less is known, with a part of a wide one: few or stale samples must not oversleep. */
function distribution(
  past: readonly number[],
  running: readonly number[],
): { readonly ended: Ended; readonly usual: number } {
  const { middle, deviation } = fitted(past.map(logarithm), running.map(logarithm));
  const spread = Math.max(0.1, deviation * (1 + 1.5 / past.length));
  const [near, wide] = [lognormal(middle, spread), lognormal(middle, 1.2)];
  return { ended: (at) => 0.98 * near(at) + 0.02 * wide(at), usual: Math.exp(middle + spread ** 2 / 2) };
}

const logarithm = (milliseconds: number): number => Math.log(Math.max(1, milliseconds));

interface Normal {
  readonly middle: number;
  readonly deviation: number;
}

/** The normal distribution of `known`, where of others it is known only that they lie above `bounds`. */
function fitted(known: readonly number[], bounds: readonly number[]): Normal {
  const sum = known.reduce((all, one) => all + one, 0);
  const squares = known.reduce((all, one) => all + one ** 2, 0);
  const first = sum / known.length;
  const variance = known.reduce((all, one) => all + (one - first) ** 2, 0) / Math.max(1, known.length - 1);
  let normal: Normal = { middle: first, deviation: Math.sqrt(variance) };
  if (bounds.length === 0) return normal;
  const many = known.length + bounds.length;
  // Expectation and maximisation in turn: what is not known is replaced by what the last guess makes of it.
  for (let round = 0; round < rounds; round += 1) {
    const { middle, deviation } = { ...normal, deviation: Math.max(0.05, normal.deviation) };
    let [total, totalSquares] = [sum, squares];
    for (const bound of bounds) {
      const beyond = deviation * hazard((bound - middle) / deviation);
      total += middle + beyond;
      totalSquares += middle ** 2 + deviation ** 2 + beyond * (bound + middle);
    }
    const mean = total / many;
    normal = { middle: mean, deviation: Math.sqrt(Math.max(0, totalSquares / many - mean ** 2)) };
  }
  return normal;
}

const rounds = 100;

/** The normal density at z over the part that lies above z. */
function hazard(z: number): number {
  if (z > 4) return z + 1 / z;
  const above = 0.5 * (1 - erf(z / Math.SQRT2));
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI) / above;
}

const lognormal =
  (middle: number, spread: number): Ended =>
  (at) =>
    at <= 0 ? 0 : 0.5 * (1 + erf((Math.log(at) - middle) / (spread * Math.SQRT2)));

/** The error function, by Abramowitz and Stegun 7.1.26: right to seven digits. */
function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const series = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  const value = 1 - series * Math.exp(-x * x);
  return x >= 0 ? value : -value;
}

/** The expected lag of jobs that end between two looks. */
function lagBetween({ step, ended, integral }: Grid, from: number, to: number): number {
  return (integral[to] ?? 0) - (integral[from] ?? 0) - (ended[from] ?? 0) * (to - from) * step;
}

/** The best looks, as points of the grid, when each costs `price` milliseconds of lag: solved from the end backwards. */
function looks(grid: Grid, { least, most }: Manners, price: number): readonly number[] {
  const { step, ended } = grid;
  const nearest = Math.max(1, Math.ceil(least / step));
  const farthest = Math.max(nearest, Math.floor(most / step));
  const toGo = new Float64Array(points + 1);
  const next = new Int32Array(points + 1);
  for (let at = points - 1; at >= 0; at -= 1) {
    const alive = price * (1 - (ended[at] ?? 1));
    const last = at === 0 ? points : Math.min(points, at + farthest);
    let [best, choice] = [Number.POSITIVE_INFINITY, points];
    for (let to = Math.min(points, at + nearest); to <= last; to += 1) {
      const lag = lagBetween(grid, at, to);
      if (lag > best) break;
      const cost = alive + lag + (toGo[to] ?? 0);
      if (cost < best) [best, choice] = [cost, to];
    }
    toGo[at] = best;
    next[at] = choice;
  }
  const chosen: number[] = [];
  for (let at = next[0] ?? points; at < points; at = next[at] ?? points) chosen.push(at);
  return points - (chosen.at(-1) ?? 0) < nearest ? chosen : [...chosen, points];
}

const lagOf = (chosen: readonly number[], grid: Grid): number =>
  chosen.reduce((sum, to, index) => sum + lagBetween(grid, chosen[index - 1] ?? 0, to), 0);
