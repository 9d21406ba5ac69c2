import { readerKeys } from './fill/fill.js';
import { Connection } from './lib/connection.js';
import type { Report } from './lib/report.js';
import type { Server } from './lib/server.js';
import { percentile, round } from './lib/statistics.js';

const views = ['open', 'waiting', 'unassigned', 'mine', 'snoozed', 'resolved', 'spam'] as const;
const samples = 250;
const warmUp = 30;
const day = 86_400_000;

interface Question {
  name: string;
  /** Paths that ask it, one after the other. */
  paths: string[];
  goalMs: number;
  /** How many times its value in the small store it may take. */
  goalTimes: number;
}

interface Found {
  p50: number;
  p95: number;
  /** Rows or hits that each path gave. */
  rows: number[];
  /** The same asked for as many rows as the small store had, so that what grows is the store and not the page. */
  likeForLike?: number;
}

export type Times = Map<string, Found>;

/** Asks everything an agent's screen asks, over one connection, one request at a time. Prints nothing. */
export async function measureReads(server: Server, before?: Times): Promise<{ times: Times; questions: Question[] }> {
  const connection = await Connection.open(server.port);
  let asked = 0;
  const get = async (path: string): Promise<unknown> => {
    asked += 1;
    const answer = await connection.get(`/api/v1${path}`, readerKeys[asked % readerKeys.length] ?? '');
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.body.toString().slice(0, 200)}`);
    return JSON.parse(answer.body.toString());
  };
  const questions = await questionsFor(get);
  const times: Times = new Map();
  const time = async (paths: readonly string[]): Promise<number[]> => {
    const taken: number[] = [];
    for (let index = 0; index < warmUp + samples; index += 1) {
      const path = paths[index % paths.length] ?? '';
      const key = readerKeys[(asked += 1) % readerKeys.length] ?? '';
      const begun = performance.now();
      const answer = await connection.get(`/api/v1${path}`, key);
      const ended = performance.now();
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.body.toString().slice(0, 200)}`);
      if (index >= warmUp) taken.push(ended - begun);
    }
    return taken;
  };
  for (const question of questions) {
    const rows: number[] = [];
    for (const path of question.paths) rows.push(rowsOf(await get(path)));
    const taken = await time(question.paths);
    const found: Found = { p50: percentile(taken, 0.5), p95: percentile(taken, 0.95), rows };
    const small = before?.get(question.name)?.rows;
    if (small !== undefined && question.paths.some((path) => path.includes('limit='))) {
      const same = question.paths.map((path, index) => path.replace(/limit=\d+/, `limit=${Math.max(1, Math.min(small[index] ?? 1, rows[index] ?? 1))}`));
      found.likeForLike = percentile(await time(same), 0.5);
    }
    times.set(question.name, found);
  }
  connection.close();
  return { times, questions };
}

async function questionsFor(get: (path: string) => Promise<unknown>): Promise<Question[]> {
  const rows: { id: string; customer: { id: string } }[] = [];
  for (const view of ['open', 'resolved', 'waiting']) {
    let cursor: string | undefined;
    for (let page = 0; page < 3; page += 1) {
      const found = await get(`/conversations?view=${view}&limit=100${cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`}`) as { items: typeof rows; cursor?: string };
      rows.push(...found.items);
      cursor = found.cursor;
      if (cursor === undefined) break;
    }
  }
  const lists = views.map((view): Question => ({ name: `list page, ${view}`, paths: [`/conversations?view=${view}&limit=50`], goalMs: 5, goalTimes: 1.5 }));
  const word = (name: string, queries: string[]): Question => ({ name: `search, ${name}`, paths: queries.map((query) => `/search?q=${encodeURIComponent(query)}&limit=30`), goalMs: name.includes('filter') ? 25 : 10, goalTimes: 3 });
  const now = Date.now();
  const date = (daysBack: number): string => new Date(now - daysBack * day).toISOString().slice(0, 10);
  return [
    ...lists,
    { name: 'list page, second page of open', paths: [await secondPage(get)], goalMs: 5, goalTimes: 1.5 },
    { name: 'opening a conversation', paths: rows.map((row) => `/conversations/${encodeURIComponent(row.id)}`), goalMs: 5, goalTimes: 1.5 },
    { name: "opening one in the person's timeline", paths: rows.map((row) => `/conversations/${encodeURIComponent(row.id)}?timeline=1`), goalMs: 5, goalTimes: 1.5 },
    { name: 'customer timeline', paths: rows.map((row) => `/customers/${encodeURIComponent(row.customer.id)}/timeline`), goalMs: 5, goalTimes: 1.5 },
    word('one common word', ['order', 'parcel', 'bestellung', 'commande']),
    word('one rare word', Array.from({ length: 40 }, (_, index) => String(100_003 + index * 7_331))),
    word('two words, common', ['order parcel', 'wheel brake', 'paket rechnung']),
    word('three words, common', ['order parcel refund', 'battery motor chain', 'paket woche antwort']),
    word('two words, common and rare', Array.from({ length: 20 }, (_, index) => `order ${100_003 + index * 7_331}`)),
    word('a phrase', ['"new bike"', '"order parcel"']),
    word('a prefix', ['refu*', 'batt*']),
    word('with filters', [`order before:${date(20)} after:${date(400)}`, 'parcel from:bauer', `refund channel:webhook after:${date(90)}`, 'order tag:return', `battery in:"Team 2" before:${date(5)}`]),
  ];
}

function rowsOf(answer: unknown): number {
  const { items, hits } = answer as { items?: unknown[]; hits?: unknown[] };
  return (items ?? hits ?? []).length;
}

async function secondPage(get: (path: string) => Promise<unknown>): Promise<string> {
  const first = await get('/conversations?view=open&limit=50') as { cursor?: string };
  return `/conversations?view=open&limit=50&cursor=${encodeURIComponent(first.cursor ?? '')}`;
}

/** Prints the times of one store beside their goals; with `before`, also how they grew. */
export function reportReads(report: Report, label: string, found: { times: Times; questions: Question[] }, before?: Times): void {
  for (const { name, goalMs, goalTimes } of found.questions) {
    const time = found.times.get(name);
    if (time === undefined) continue;
    report.add({ part: label, name: `${name}, p95`, value: round(time.p95), unit: 'ms', goal: `<= ${goalMs}`, note: `p50 ${round(time.p50)} ms` });
    const small = before?.get(name);
    if (small === undefined) continue;
    const large = time.likeForLike ?? time.p50;
    report.add({ part: label, name: `${name}, growth`, value: round(large / small.p50), unit: '×', goal: `<= ${goalTimes}`, note: `p50 ${round(small.p50)} → ${round(large)} ms${time.likeForLike === undefined ? '' : ', for the same number of rows'}` });
  }
}
