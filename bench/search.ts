import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbedded } from '../src/store/embedded/engine.js';
import { openEmbeddedSearch } from '../src/store/search/embedded.js';
import type { StoreSearch } from '../src/store/search/store-search.js';
import { Tokenizer } from '../src/store/search/tokenize.js';
import { makeCorpus, randomSource, wordOf } from './search-corpus.js';

/**
 * Search in the embedded store at 10,000 and at 1,000,000 messages: `node --import tsx bench/search.ts [small] [large]`.
 * Prints latency per kind of query (p50 and p95 of the clock, and p95 of processor time, which neighbours on a busy machine
 * disturb less), what an insert costs, the longest pause it makes, and what a message takes on disk.
 */
interface QueryKind {
  name: string;
  goalMs: number;
  text(random: () => number): string;
  visible?: boolean;
}

const common = (random: () => number): string => wordOf(Math.floor(random() * 40));
const middling = (random: () => number): string => wordOf(200 + Math.floor(random() * 2000));
const rare = (random: () => number): string => wordOf(5_000 + Math.floor(random() * 15_000));

const kinds: QueryKind[] = [
  { name: '1 common word', goalMs: 10, text: common },
  { name: '1 rare word', goalMs: 10, text: rare },
  { name: '2 common words', goalMs: 10, text: (r) => `${common(r)} ${common(r)}` },
  { name: '2 middling words', goalMs: 10, text: (r) => `${middling(r)} ${middling(r)}` },
  { name: 'common + rare', goalMs: 10, text: (r) => `${common(r)} ${rare(r)}` },
  { name: '3 words, mixed', goalMs: 10, text: (r) => `${common(r)} ${middling(r)} ${common(r)}` },
  { name: '2 common, 6 together (hard case)', goalMs: 10, text: () => 'oddword evenword' },
  { name: 'an order number', goalMs: 10, text: (r) => `RE-2026-${String(3 * Math.floor(r() * 3000)).padStart(7, '0')}` },
  { name: '"phrase of two"', goalMs: 10, text: (r) => `"${common(r)} ${common(r)}"` },
  { name: 'pr* (two letters)', goalMs: 25, text: (r) => `${middling(r).slice(0, 2)}*` },
  { name: 'prefix*', goalMs: 25, text: (r) => `${middling(r).slice(0, 4)}*` },
  { name: 'common, permission', goalMs: 25, text: common, visible: true },
  { name: 'common in: channel', goalMs: 25, text: (r) => `${common(r)} channel:chan1aaaaaaaaaaa` },
  { name: 'middling from: a name', goalMs: 25, text: (r) => `${middling(r)} from:${wordOf(200 + Math.floor(r() * 997))}` },
  { name: 'common before: a month', goalMs: 25, text: (r) => `${common(r)} before:2026-03` },
  { name: 'middling has: tag: permission', goalMs: 25, text: (r) => `${middling(r)} has:attachment tag:refund`, visible: true },
  { name: 'common -common', goalMs: 25, text: (r) => `${common(r)} -${common(r)}` },
];

interface Built {
  search: StoreSearch;
  close(): Promise<void>;
  insertUs: number;
  bytesPerMessage: number;
  longestPauseMs: number;
}

async function build(messages: number): Promise<Built> {
  const folder = await mkdtemp(join(tmpdir(), 'rapport-bench-search-'));
  const engine = await openEmbedded({ file: join(folder, 'bench.sqlite') });
  const search = await openEmbeddedSearch(engine, { log: { error: (facts, text) => process.stderr.write(`${text} ${JSON.stringify(facts)}\n`) } });
  const corpus = makeCorpus(messages);
  const pauses: number[] = [];
  let cpuUs = 0;
  const started = performance.now();
  for (let n = 0; n < messages; n += 20) {
    const entries = Array.from({ length: Math.min(20, messages - n) }, (_, i) => corpus.entry(n + i));
    const at = performance.now();
    const before = process.cpuUsage();
    await Promise.all(entries.map((entry) => search.put([entry])));
    await new Promise(setImmediate);
    const used = process.cpuUsage(before);
    pauses.push(performance.now() - at);
    cpuUs += used.user + used.system;
    if (n % 100_000 === 0 && n > 0) process.stderr.write(`${n} messages, ${Math.round((performance.now() - started) / 1000)} s\n`);
  }
  await search.settle();
  await engine.groupWrite((sql) => sql.exec('CREATE TABLE IF NOT EXISTS _bench (x)'));
  const { size } = await stat(join(folder, 'bench.sqlite'));
  pauses.sort((a, b) => a - b);
  const close = async (): Promise<void> => {
    await search.stop();
    await engine.close();
    await rm(folder, { recursive: true });
  };
  process.stderr.write(`pauses of 20 messages: p50 ${pauses[Math.floor(pauses.length / 2)]?.toFixed(1)} p99 ${pauses[Math.floor(pauses.length * 0.99)]?.toFixed(1)} max ${pauses.at(-1)?.toFixed(1)} ms\n`);
  return { search, close, insertUs: cpuUs / messages, bytesPerMessage: size / messages, longestPauseMs: pauses.at(-1) ?? 0 };
}

interface Measured {
  p50: number;
  p95: number;
  cpu95: number;
  hits: number;
}

async function measure(search: StoreSearch, kind: QueryKind, runs: number): Promise<Measured> {
  const random = randomSource(42);
  const times: number[] = [];
  const cpu: number[] = [];
  let hits = 0;
  for (let run = 0; run < runs; run += 1) {
    const text = kind.text(random);
    const before = process.cpuUsage();
    const at = performance.now();
    const page = await search.query({ text, limit: 50, ...(kind.visible ? { visibleTo: { teamIds: ['team1aaaaaaaaaaa'], agentId: 'agent3aaaaaaaaa' } } : {}) });
    times.push(performance.now() - at);
    const used = process.cpuUsage(before);
    cpu.push((used.user + used.system) / 1000);
    hits += page.hits.length;
  }
  const share = (list: number[], part: number): number => list.sort((a, b) => a - b)[Math.floor(list.length * part)] ?? 0;
  return { p50: share(times, 0.5), p95: share(times, 0.95), cpu95: share(cpu, 0.95), hits: hits / runs };
}

const [small, large] = [Number(process.argv[2] ?? 10_000), Number(process.argv[3] ?? 1_000_000)];
const rows: Record<string, Record<string, string | number>> = {};
const p95s: Record<string, number[]> = {};
const costs: Record<string, Record<string, string | number>> = {};
const tokenizer = new Tokenizer();
for (const messages of [small, large]) {
  const built = await build(messages);
  for (const kind of kinds) {
    await measure(built.search, kind, 100);
    const { p50, p95, cpu95, hits } = await measure(built.search, kind, 300);
    rows[kind.name] = { ...rows[kind.name], [`${messages}: p50`]: p50.toFixed(2), [`${messages}: p95`]: p95.toFixed(2), [`${messages}: cpu p95`]: cpu95.toFixed(2), [`${messages}: hits`]: hits.toFixed(0), goal: kind.goalMs };
    p95s[kind.name] = [...(p95s[kind.name] ?? []), cpu95];
  }
  costs[`${messages} messages`] = { 'CPU µs/message': built.insertUs.toFixed(1), 'longest pause ms': built.longestPauseMs.toFixed(1), 'bytes/message': Math.round(built.bytesPerMessage) };
  await built.close();
}
const corpus = makeCorpus(2000);
const texts = Array.from({ length: 2000 }, (_, n) => corpus.entry(n));
for (const entry of texts) tokenizer.termsOf(entry.text, entry.language);
const at = performance.now();
for (const entry of texts) tokenizer.termsOf(entry.text, entry.language);
costs['tokenizer'] = { 'CPU µs/message': (((performance.now() - at) / texts.length) * 1000).toFixed(1), 'text length': Math.round(texts.reduce((sum, entry) => sum + entry.text.length, 0) / texts.length) };
for (const [name, [atSmall, atLarge]] of Object.entries(p95s)) rows[name] = { ...rows[name], 'grows by': ((atLarge ?? 0) / (atSmall ?? 1)).toFixed(1) };
console.table(rows);
console.table(costs);
