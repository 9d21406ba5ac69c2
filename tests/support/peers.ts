import type { Context } from 'mocha';

/**
 * Call in `before`: skips the suite in one printed line when its real peer is not on this machine, and fails it instead
 * when `REQUIRE_PEERS=1` (as in CI).
 */
export function requirePeer(context: Context, name: string, found: boolean): void {
  if (found) return;
  if (process.env['REQUIRE_PEERS'] === '1') throw new Error(`${name} is required (REQUIRE_PEERS=1) and was not found`);
  process.stdout.write(`skipped: ${context.test?.parent?.fullTitle() ?? 'suite'}: ${name} was not found\n`);
  context.skip();
}
