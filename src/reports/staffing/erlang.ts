/** Work that comes in and how it is served. Times in one unit, whichever. */
export interface Queue {
  /** Contacts per unit of time. */
  rate: number;
  /** Mean time that one contact keeps a server. */
  handling: number;
  /** Mean time after which somebody gives up; absent: nobody does. */
  patience?: number;
}

/** So small an exponential adds nothing to a sum of its neighbours. */
const negligible = 36;
const steps = 512;

/**
 * 1 / B(servers), B being Erlang's loss formula for this load: by the recurrence 1/B(n) = 1 + n/a · 1/B(n-1), which only
 * ever adds positive numbers. `Infinity` where B is too small for a number, which is right.
 */
export function inverseLoss(load: number, servers: number): number {
  let inverse = 1;
  for (let n = 1; n <= servers; n += 1) inverse = 1 + inverse * n / load;
  return inverse;
}

/** Erlang C: the probability that somebody who comes has to wait. 1 where the load is not less than the servers. */
export function waitProbability(load: number, servers: number): number {
  if (load <= 0) return 0;
  if (servers <= load) return 1;
  const busy = load / servers;
  return 1 / (inverseLoss(load, servers) * (1 - busy) + busy);
}

/** The share of contacts that are answered within `target`, in the long run: Erlang A where people give up, else Erlang C. */
export function answeredWithin(queue: Queue, servers: number, target: number): number {
  if (queue.rate <= 0) return 1;
  if (servers <= 0) return 0;
  return queue.patience === undefined ? withinPatient(queue, servers, target) : withinImpatient({ ...queue, patience: queue.patience }, servers, target);
}

/** More than anybody has. */
const most = 10_000;

/** The smallest number of servers with which that share is answered in time; 10,000 when not even so many are enough. */
export function serversNeeded(queue: Queue, goal: { share: number; target: number }): number {
  if (queue.rate <= 0) return 0;
  const isEnough = (servers: number): boolean => answeredWithin(queue, servers, goal.target) >= goal.share;
  let high = Math.min(most, Math.max(1, Math.ceil(queue.rate * queue.handling)));
  for (; !isEnough(high); high = Math.min(high * 2, most)) if (high >= most) return most;
  let low = 0;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isEnough(middle)) high = middle;
    else low = middle;
  }
  return high;
}

function withinPatient({ rate, handling }: Queue, servers: number, target: number): number {
  const load = rate * handling;
  if (servers <= load) return 0;
  return 1 - waitProbability(load, servers) * Math.exp(-(servers - load) * target / handling);
}

/**
 * Erlang A by the density of the wait that somebody infinitely patient would have (Zeltyn and Mandelbaum 2005):
 * f(x) = λ·e^{g(x)} / (ε + λJ), g(x) = λH(x) − nμx, H(x) = θ(1 − e^{−x/θ}), J the integral of e^g, and ε = 1/B(n−1).
 * Answered within T: those who do not wait, and those whose wait x ≤ T does not outlast their patience.
 */
function withinImpatient({ rate, handling, patience }: Required<Queue>, servers: number, target: number): number {
  const exponent = (x: number): number => rate * patience * -Math.expm1(-x / patience) - servers * x / handling;
  const peakAt = Math.max(0, patience * Math.log(rate * handling / servers));
  const peak = exponent(peakAt);
  const end = endOf(exponent, peak, peakAt + handling / servers);
  const density = (x: number): number => Math.exp(exponent(x) - peak);
  const cut = Math.min(target, end);
  const soon = integral(density, 0, cut);
  const late = cut < end ? integral(density, cut, end) : 0;
  const answeredSoon = integral((x) => density(x) * Math.exp(-x / patience), 0, cut);
  const atOnce = inverseLoss(rate * handling, servers - 1) * Math.exp(-peak);
  if (!Number.isFinite(atOnce)) return 1;
  return (atOnce + rate * answeredSoon) / (atOnce + rate * (soon + late));
}

/** From where on the density is nothing any more. */
function endOf(exponent: (x: number) => number, peak: number, first: number): number {
  let end = first;
  while (peak - exponent(end) < negligible) end *= 1.5;
  return end;
}

/** Simpson's rule. */
function integral(f: (x: number) => number, from: number, to: number): number {
  if (to <= from) return 0;
  const width = (to - from) / steps;
  let sum = f(from) + f(to);
  for (let step = 1; step < steps; step += 1) sum += f(from + step * width) * (step % 2 === 1 ? 4 : 2);
  return sum * width / 3;
}
