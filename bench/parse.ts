import { readdirSync } from 'node:fs';
import type { AdapterUnderTest } from '../tests/contract/fake-platform.js';
import type { Report } from './lib/report.js';
import { round } from './lib/statistics.js';

const folder = new URL('../tests/contract/adapters/', import.meta.url);
const warmUpMs = 300;
const measureMs = 700;

/** How many payloads, in the platforms' documented shapes, each adapter reads in a second of one core's time. */
export async function benchParse(report: Report): Promise<void> {
  report.heading('Reading payloads: each adapter’s parse, one core');
  const known = new Map<string, AdapterUnderTest>();
  for (const file of readdirSync(folder).sort()) {
    for (const value of Object.values(await import(new URL(file, folder).href) as Record<string, unknown>)) {
      if (typeof value === 'object' && value !== null && 'kind' in value && 'samples' in value) known.set((value as AdapterUnderTest).kind, value as AdapterUnderTest);
    }
  }
  for (const [kind, under] of known) {
    run(under, warmUpMs);
    report.add({ part: 'parse', name: kind, value: round(run(under, measureMs), 0), unit: '/s', goal: '>= 20000' });
  }
}

/** By processor time, which neighbours disturb less than the clock. */
function run(under: AdapterUnderTest, forMs: number): number {
  const begun = process.cpuUsage();
  let count = 0;
  for (;;) {
    for (const sample of under.samples) under.parse(sample);
    count += under.samples.length;
    const used = process.cpuUsage(begun);
    const ms = (used.user + used.system) / 1_000;
    if (ms >= forMs) return count / (ms / 1_000);
  }
}
