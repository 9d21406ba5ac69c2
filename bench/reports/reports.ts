import { OpenWaits } from '../../src/reports/open-waits.js';
import { wallOf } from '../../src/reports/wall.js';
import { createReports, type ReportEngine } from '../../src/reports/create-reports.js';
import { openComparing } from '../../src/compose/recompute-threads.js';
import { recomputeAll } from '../../src/reports/recompute/recompute-all.js';
import type { Asking, GroupBy, ReportQuery } from '../../src/reports/api.js';
import type { Report } from '../lib/report.js';
import { percentile, round } from '../lib/statistics.js';
import type { Size } from '../fill/plan.js';
import { type FilledFacts, prepareFacts } from './prepare.js';

const dayMs = 86_400_000;
const samples = 40;
const warmUp = 5;
const turns = 7;
const groupings: readonly GroupBy[] = ['team', 'responder', 'channel', 'language', 'tag', 'priority', 'hour', 'weekday', 'customer'];
const log = { info: () => undefined, warn: () => undefined };

/** Reports over a filled store, asked of the engine itself and written out as JSON: what a browser gets, without the way there. */
export async function benchReports(report: Report, options: { size: Size; folder: string; say: (line: string) => void }): Promise<void> {
  report.heading(`Reports over ${options.size.messages.toLocaleString('en')} messages`);
  const facts = await prepareFacts(options.folder, options.size, options.say);
  try {
    const c = facts.store.inbox.now;
    await c.columnBlocks.clear();
    await firstReport(report, facts, 'first report, nothing saved');
    const engine = await firstReport(report, facts, 'first report, from saved blocks');
    await measureReports(report, engine);
    await measureWall(report, facts);
    await engine.stop();
    await measureRecompute(report, facts);
  } finally {
    await facts.store.close();
  }
}

function asked(): Asking {
  return { viewer: { agentId: 'bench-admin', role: 'administrator', teamIds: [] }, scope: { of: 'everything', teamIds: [], agentId: 'bench-admin', names: true }, now: Date.now() };
}

/** `turn`: begins so many days later, so that no answer is asked for twice in a row. */
function over(days: number, more: Partial<ReportQuery> = {}, turn = 0): ReportQuery {
  const date = (back: number): string => new Date(Date.now() - back * dayMs).toISOString().slice(0, 10);
  return { from: date(days - 1 - turn), to: date(0), zone: 'Europe/Berlin', compare: 'before', kind: 'any', time: 'business', ...more };
}

/** How long whoever asks first waits, and what the columns take in memory. Saves them. */
async function firstReport(report: Report, facts: FilledFacts, name: string): Promise<ReportEngine> {
  globalThis.gc?.();
  const before = process.memoryUsage();
  const engine = createReports({ c: facts.store.inbox.now, times: facts.rules, channels: () => facts.channels, clock: Date.now, log, patienceMs: 600_000 });
  const begun = performance.now();
  const { totals } = await engine.report(asked(), over(28));
  report.add({ part: 'reports', name, value: round((performance.now() - begun) / 1_000, 2), unit: 's', note: `${totals.now.waits} waits in 28 days` });
  globalThis.gc?.();
  const after = process.memoryUsage();
  report.add({ part: 'reports', name: 'memory of the columns', value: round((after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers) / 1e6, 0), unit: 'MB' });
  await engine.columns.save();
  return engine;
}

async function measureReports(report: Report, engine: ReportEngine): Promise<void> {
  const tag = { tag: ['refund', 'parcel'] };
  const questions: [string, (turn: number) => ReportQuery][] = [
    ...[28, 90].map((days): [string, (turn: number) => ReportQuery] => [`${days} days`, (turn) => over(days, {}, turn)]), ['two years', (turn) => over(730, {}, turn)], ['a year beside the one before', (turn) => over(365, {}, turn)],
    ...groupings.map((groupBy): [string, (turn: number) => ReportQuery] => [`two years by ${groupBy}`, (turn) => over(730, { groupBy }, turn)]),
    ['two years by team, five filters', (turn) => over(730, { groupBy: 'team', language: ['de', 'en'], customer: 'known', priority: ['normal'], channel: ['bench-email', 'bench-webchat'], ...tag }, turn)],
  ];
  for (const [name, query] of questions) await measure(report, { name, goal: '<= 150' }, async (turn) => JSON.stringify(await engine.report(asked(), query(turn))).length);
  await measureStretch(report, engine);
  const page = { pick: 'target:over', limit: 50 } as const;
  for (const sort of ['longest', 'newest'] as const) await measure(report, { name: `receipts of two years, ${sort}`, goal: '<= 150' }, async () => JSON.stringify(await engine.receipts(asked(), over(730), { ...page, sort })).length);
}

async function measureWall(report: Report, { store, channels }: FilledFacts): Promise<void> {
  const open = new OpenWaits(store.inbox.now, { subscribe: () => () => undefined });
  const core = { store: store.inbox, clock: Date.now, channels: () => channels };
  await measure(report, { name: 'wall', goal: '<= 50' }, async () => JSON.stringify(await wallOf(core, open, { viewer: asked().viewer, filter: {} })).length);
}

async function measureRecompute(report: Report, { store, rules }: FilledFacts): Promise<void> {
  const comparing = await openComparing(store, rules());
  const begun = performance.now();
  const names = new Map<string, number>();
  const onDifference = (_root: unknown, differences: readonly { field: string }[]): Promise<void> => {
    for (const { field } of differences) names.set(field, (names.get(field) ?? 0) + 1);
    return Promise.resolve();
  };
  const { messages, waits, different } = await recomputeAll({ customers: store.inbox.now.customers, comparing, onDifference }).finally(() => comparing.close());
  const odd = [...names].map(([field, count]) => `${field} ${count}`).join(', ');
  report.add({ part: 'reports', name: 'recompute of everything', value: Math.round(messages / ((performance.now() - begun) / 1_000)), unit: 'messages/s', goal: '>= 100000', note: `${different} of ${waits} waits differ${odd === '' ? '' : `: ${odd}`}` });
}

/** How long nothing else gets its turn, at most, while the largest report is made. */
async function measureStretch(report: Report, engine: ReportEngine): Promise<void> {
  const stretches: number[] = [];
  for (let turn = 0; turn < samples; turn += 1) {
    let [isMade, longest, last] = [false, 0, performance.now()];
    const look = (): void => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
      if (!isMade) setImmediate(look);
    };
    look();
    await engine.report(asked(), over(730, { groupBy: 'team' }, turn % turns));
    isMade = true;
    stretches.push(longest);
  }
  report.add({ part: 'reports', name: 'two years by team, longest without a break, p95', value: round(percentile(stretches, 0.95), 1), unit: 'ms', goal: '<= 60', note: `p50 ${round(percentile(stretches, 0.5), 1)} ms` });
}

async function measure(report: Report, about: { name: string; goal: string }, ask: (turn: number) => Promise<number>): Promise<void> {
  const taken: number[] = [];
  const processor = process.cpuUsage();
  let bytes = 0;
  for (let index = 0; index < warmUp + samples; index += 1) {
    const begun = performance.now();
    bytes = await ask(index % turns);
    if (index >= warmUp) taken.push(performance.now() - begun);
  }
  const { user, system } = process.cpuUsage(processor);
  const each = (user + system) / 1_000 / (warmUp + samples);
  report.add({ part: 'reports', name: `${about.name}, p95`, value: round(percentile(taken, 0.95), 1), unit: 'ms', goal: about.goal, note: `p50 ${round(percentile(taken, 0.5), 1)} ms, processor ${round(each, 1)} ms, ${Math.round(bytes / 1_000)} kB` });
}
