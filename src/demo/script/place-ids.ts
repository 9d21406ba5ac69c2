import type { Millis } from '../../inbox/model/common.js';
import { people, type DemoPerson } from '../world/people.js';
import { createRandom, seedOf } from '../world/random.js';

const bits22 = 4_194_304n;

/** Letters drawn from an alphabet; the same name gives the same ones. */
export function letters(name: string, count: number, alphabet = 'abcdefghijklmnopqrstuvwxyz234567'): string {
  const random = createRandom(seedOf(name));
  return Array.from({ length: count }, () => random.pick([...alphabet])).join('');
}

export function figures(name: string, count: number): string {
  return letters(name, 1, '123456789') + letters(`${name}+`, count - 1, '0123456789');
}

export function hex(name: string, count: number): string {
  return letters(name, count, '0123456789abcdef');
}

export function uuid(name: string): string {
  return `${hex(name, 8)}-${hex(`${name}b`, 4)}-4${hex(`${name}c`, 3)}-8${hex(`${name}d`, 3)}-${hex(`${name}e`, 12)}`;
}

/** An id that grows with time, as Discord's and X's do: milliseconds since the platform's own beginning, and a number. */
export function snowflake(at: Millis, epoch: Millis, name: string): string {
  return String(BigInt(Math.floor(at - epoch)) * bits22 + BigInt(seedOf(name) % Number(bits22)));
}

/** Discord counts from 2015, X from November 2010. */
export const epochs = { discord: 1_420_070_400_000, x: 1_288_834_974_657 } as const;

/** Mastodon's: milliseconds and 16 bits. */
export function statusNumber(at: Millis, name: string): string {
  return String((BigInt(at) << 16n) + BigInt(seedOf(name) % 65_536));
}

/** Thirteen letters that grow with time (TID), the key of a record in Bluesky's network. */
export function recordKey(at: Millis, name: string): string {
  const alphabet = '234567abcdefghijklmnopqrstuvwxyz';
  let value = ((BigInt(at) * 1_000n + BigInt(seedOf(`${name}+`) % 1_000)) << 10n) + BigInt(seedOf(name) % 1_024);
  let key = '';
  for (let place = 0; place < 13; place += 1, value >>= 5n) key = (alphabet[Number(value & 31n)] ?? '2') + key;
  return key;
}

/** Everybody has a phone; the ones who have told the shop theirs use that one. No number belongs to anybody. */
export function phoneOf(person: DemoPerson): string {
  const index = people.findIndex((known) => known.id === person.id);
  if (person.phone !== undefined) return person.phone;
  return index >= 0 ? `+49761557${String(index).padStart(4, '0')}` : `+4976156${figures(`${person.id} phone`, 6)}`;
}

/** What they call themselves where people have a user name. */
export function handleOf(person: DemoPerson): string {
  return person.email.split('@')[0]?.replace('.', '_') ?? person.id;
}
