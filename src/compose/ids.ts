import { randomBytes } from 'node:crypto';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** 16 letters and figures: 8 of time (sortable for centuries), 8 random (47 bits). Not for secrets. */
export function createNewId(clock: () => number): () => string {
  return () => {
    let time = '';
    for (let rest = clock(), place = 0; place < 8; place += 1, rest = Math.floor(rest / 62)) time = (alphabet[rest % 62] ?? '0') + time;
    const random = randomBytes(8);
    let tail = '';
    for (const byte of random) tail += alphabet[byte % 62] ?? '0';
    return time + tail;
  };
}
