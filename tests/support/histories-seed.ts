/**
 * Which histories a run lives: others each time, so that each run looks somewhere else, and said at once, so that
 * `HISTORY_SEED` brings back what a red run has found.
 */
export function historySeed(what: string): number {
  const given = process.env['HISTORY_SEED'];
  const seed = given === undefined ? Math.floor(Math.random() * 0x7fff_ffff) : Number(given);
  process.stdout.write(`${what}: HISTORY_SEED=${seed}\n`);
  return seed;
}
