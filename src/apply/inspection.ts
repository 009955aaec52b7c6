/** A distribution function: the part of all jobs that have ended by then. */
type Ended = (milliseconds: number) => number;

export interface Manners {
  /** How late an end may be noticed on average where such jobs usually take so long, both in milliseconds. */
  readonly lag: (usual: number) => number;
  /** Never two looks within so many milliseconds of each other. */
  readonly least: number;
  /** After the first look, never longer than this without one. */
  readonly most: number;
}

/** How long a job took, as far as its polls tell. Milliseconds after its submit. */
export interface Seen {
  /** When it was last seen to run. */
  readonly after: number;
  /** When it was first seen to have ended: Infinity for a job that runs still, the same as `after` where a lock tells exactly. */
  readonly by: number;
  /** How many such jobs it stands for, where it is not one. */
  readonly each?: number;
}

/** Of a job whose end was told to the millisecond. */
export const exactly = (milliseconds: number): Seen => ({ after: milliseconds, by: milliseconds });

/**
 * When to look whether a job has ended, in milliseconds after its submit, judged by what was seen of such jobs: as few looks
 * as find the end as soon as wanted. It is the optimal inspection schedule for the distribution that the past suggests:
 * the one with the least expected cost, where a look costs as much as makes the expected lag come out as wanted.
 */
export function inspections(past: readonly Seen[], manners: Manners): readonly number[] {
  const grid = gridOf(past);
  const wanted = manners.lag(grid.usual);
  let [cheap, dear] = [1e-3, 1e3];
  let best = looks(grid, manners, cheap);
  for (let halvings = 0; halvings < 10; halvings += 1) {
    const price = Math.sqrt(cheap * dear);
    const tried = looks(grid, manners, price * wanted);
    if (lagOf(tried, grid) > wanted) dear = price;
    else {
      cheap = price;
      best = tried;
    }
  }
  return best.map((at) => at * grid.step);
}

/** The distribution on a grid of times: `ended` and its integral, at each multiple of `step`. */
interface Grid {
  readonly usual: number;
  readonly step: number;
  readonly ended: Float64Array;
  readonly integral: Float64Array;
}

const points = 600;
/** How many times the usual length is planned for; what takes longer is looked at ever more rarely. */
const horizon = 4;

function gridOf(past: readonly Seen[]): Grid {
  const { ended, usual } = distribution(past);
  const step = (horizon * usual) / points;
  const values = Float64Array.from({ length: points + 1 }, (_, index) => ended(index * step));
  const integral = new Float64Array(points + 1);
  for (let at = 1; at <= points; at += 1) {
    integral[at] = (integral[at - 1] ?? 0) + (((values[at] ?? 1) + (values[at - 1] ?? 1)) / 2) * step;
  }
  return { usual, step, ended: values, integral };
}

/** A lognormal fit, the wider the less is known, with a part of a wide one: few or stale samples must not oversleep. */
function distribution(past: readonly Seen[]): { readonly ended: Ended; readonly usual: number } {
  const { middle, deviation } = likeliest(past);
  const ends = past.filter(({ by }) => by < Number.POSITIVE_INFINITY).length;
  const spread = Math.max(0.1, deviation * (1 + 1.5 / ends));
  const [near, wide] = [lognormal(middle, spread), lognormal(middle, 1.2)];
  return { ended: (at) => 0.98 * near(at) + 0.02 * wide(at), usual: Math.exp(middle + spread ** 2 / 2) };
}

const ln = (milliseconds: number): number => Math.log(Math.max(1, milliseconds));

interface Normal {
  readonly middle: number;
  readonly deviation: number;
}

/** What a spread usually is, as far as that counts: as much as one more job would. */
const usually = { deviation: 0.3, give: 0.7 } as const;
const narrowest = 0.03;

/** The distribution under which what was seen is likeliest, found by steps that get smaller where none leads up. */
function likeliest(past: readonly Seen[]): Normal {
  const seen = past.map(({ after, by, each = 1 }) => ({ low: ln(after), high: ln(by), each }));
  const ends = past.filter(({ by }) => by < Number.POSITIVE_INFINITY).map(({ after, by }) => ln((after + by) / 2));
  const median = ends.sort((a, b) => a - b)[Math.floor(ends.length / 2)] ?? 0;
  let best: Normal = { middle: median, deviation: usually.deviation };
  let likelihood = likelihoodOf(best, seen);
  for (let step = 0.5; step > 0.005; ) {
    const found = [1, -1]
      .flatMap((sign): readonly Normal[] => [
        { middle: best.middle + sign * step, deviation: best.deviation },
        { middle: best.middle, deviation: Math.max(narrowest, best.deviation * Math.exp(sign * step)) },
        // Along the ridge where a later middle and a wider spread explain the same first ends.
        { middle: best.middle + sign * step, deviation: best.deviation * Math.exp((sign * step) / 2) },
      ])
      .map((normal) => ({ normal, likelihood: likelihoodOf(normal, seen) }))
      .reduce((a, b) => (b.likelihood > a.likelihood ? b : a));
    if (found.likelihood > likelihood + 1e-6) ({ normal: best, likelihood } = found);
    else step /= 2;
  }
  return best;
}

interface Range {
  readonly low: number;
  readonly high: number;
  readonly each: number;
}

function likelihoodOf({ middle, deviation }: Normal, seen: readonly Range[]): number {
  const strangeness = Math.log(deviation / usually.deviation) / usually.give;
  return seen.reduce(
    (sum, { low, high, each }) => {
      const [from, to] = [(low - middle) / deviation, (high - middle) / deviation];
      return sum + each * (low === high ? -(from ** 2) / 2 - Math.log(deviation) : Math.log(between(from, to)));
    },
    -(strangeness ** 2) / 2,
  );
}

/** How much of the normal distribution lies between two values. */
const between = (from: number, to: number): number =>
  Math.max(1e-300, to === Number.POSITIVE_INFINITY ? beyond(from) : beyond(from) - beyond(to));

function beyond(z: number): number {
  return z > 4 ? Math.exp((-z * z) / 2) / (z * Math.sqrt(2 * Math.PI)) : 0.5 * (1 - erf(z / Math.SQRT2));
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
