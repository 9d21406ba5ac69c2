import type { Lacks, Person } from './fake-platform.js';

export const ines: Person = { id: 'ines-kern', name: 'Ines Kern' };
export const tarek: Person = { id: 'tarek-aydin', name: 'Tarek Aydin' };

/** What the far end offers, or a skipped test that prints why the platform has no such thing. */
export function offered<T>(context: Mocha.Context, ability: T | Lacks, what: string): T {
  if (typeof ability !== 'string') return ability;
  process.stdout.write(`skipped: ${what}: ${ability}\n`);
  return context.skip();
}
