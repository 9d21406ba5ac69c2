const digit = 2_048;
const low = 4_194_304;
const fewRows = 1_500;

/**
 * Places of these lengths, shortest first; at one length the answered come first, then by place. For many rows by their digits
 * (radix sort): 300,000 take some ms, and everything that is counted from the order afterwards needs no further sorting.
 */
export function orderByLength(lengths: Float64Array, isAnswered: (at: number) => boolean): Uint32Array {
  const count = lengths.length;
  const keyLow = new Uint32Array(count);
  const keyHigh = new Uint32Array(count);
  let highest = 0;
  for (let at = 0; at < count; at += 1) {
    const key = (lengths[at] as number) * 2 + (isAnswered(at) ? 0 : 1);
    const high = Math.floor(key / low);
    keyHigh[at] = high;
    keyLow[at] = key - high * low;
    if (high > highest) highest = high;
  }
  const order = new Uint32Array(count);
  for (let at = 0; at < count; at += 1) order[at] = at;
  if (count < fewRows) return order.sort((a, b) => (keyHigh[a] as number) - (keyHigh[b] as number) || (keyLow[a] as number) - (keyLow[b] as number) || a - b);
  return byDigits(order, { keyLow, keyHigh, highest });
}

function byDigits(first: Uint32Array, keys: { keyLow: Uint32Array; keyHigh: Uint32Array; highest: number }): Uint32Array {
  const passes: [Uint32Array, number][] = [[keys.keyLow, 0], [keys.keyLow, 11]];
  for (let shift = 0; shift < 32 && keys.highest >>> shift > 0; shift += 11) passes.push([keys.keyHigh, shift]);
  let from = first;
  let into: Uint32Array = new Uint32Array(first.length);
  for (const [key, shift] of passes) {
    sortByDigit(from, into, { key, shift });
    [from, into] = [into, from];
  }
  return from;
}

/** The same places by another key, those with one key in the order they had. */
export function thenBy(order: Uint32Array, key: Uint32Array): Uint32Array {
  let highest = 0;
  for (const value of key) if (value > highest) highest = value;
  let from = order;
  let into: Uint32Array = new Uint32Array(order.length);
  for (let shift = 0; shift < 32 && highest >>> shift > 0; shift += 11) {
    sortByDigit(from, into, { key, shift });
    [from, into] = [into, from === order ? new Uint32Array(order.length) : from];
  }
  return from;
}

function sortByDigit(from: Uint32Array, into: Uint32Array, by: { key: Uint32Array; shift: number }): void {
  const { key, shift } = by;
  const starts = new Uint32Array(digit + 1);
  for (let at = 0; at < key.length; at += 1) {
    const place = (((key[at] as number) >>> shift) & (digit - 1)) + 1;
    starts[place] = (starts[place] as number) + 1;
  }
  for (let place = 1; place <= digit; place += 1) starts[place] = (starts[place] as number) + (starts[place - 1] as number);
  for (let at = 0; at < from.length; at += 1) {
    const row = from[at] as number;
    const place = ((key[row] as number) >>> shift) & (digit - 1);
    const to = starts[place] as number;
    into[to] = row;
    starts[place] = to + 1;
  }
}
