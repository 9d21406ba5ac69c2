import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import type { Conversation } from '../src/inbox/model/conversation.js';
import type { LedgerRow } from '../src/inbox/model/event.js';
import type { Message } from '../src/inbox/model/message.js';
import { conversationSpec } from '../src/store/collections/conversations.js';
import { ledgerSpec } from '../src/store/collections/ledger.js';
import { messageSpec } from '../src/store/collections/messages.js';
import type { Engine } from '../src/store/driver.js';
import { isEmbedded, openEngine } from '../src/store/engine.js';
import { conversationOf, ledgerRowOf, messageOf } from './store-engine-data.js';

/**
 * Throughput of a store engine alone: `node --import tsx bench/store-engine.ts [--messages 1000000] [--mongo URL]
 * [--keep FILE]`. Prints one line per figure. With `--keep` the filled file is used again by the next run.
 */
const { values } = parseArgs({ options: { messages: { type: 'string', default: '100000' }, mongo: { type: 'string' }, keep: { type: 'string' } } });
const total = Number(values.messages);
const conversations = Math.max(1, Math.floor(total * 0.12));
const perConversation = total / conversations;

function print(name: string, text: string): void {
  process.stdout.write(`${name.padEnd(46)} ${text}\n`);
}

async function rate(name: string, count: number, task: () => Promise<void>): Promise<void> {
  const start = performance.now();
  await task();
  const seconds = (performance.now() - start) / 1_000;
  print(name, `${Math.round(count / seconds).toLocaleString('en')} /s`);
}

async function latency(name: string, count: number, task: (i: number) => Promise<unknown>): Promise<void> {
  for (let i = 0; i < Math.min(50, count); i++) await task(i);
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const start = performance.now();
    await task(i);
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const at = (share: number): string => (times[Math.floor(times.length * share)] ?? 0).toFixed(3);
  print(name, `p50 ${at(0.5)}  p95 ${at(0.95)}  max ${times.at(-1)?.toFixed(3)} ms`);
}

function memory(when: string): void {
  (globalThis as { gc?: () => void }).gc?.();
  print(`memory ${when}`, `${Math.round(process.memoryUsage().rss / 1e6)} MB`);
}

async function fill(engine: Engine): Promise<void> {
  const perBatch = 500;
  await rate(`fill: ${total.toLocaleString('en')} messages, ${conversations.toLocaleString('en')} conversations`, total, async () => {
    for (let first = 0; first < total; first += perBatch) {
      await engine.work(async (driver) => {
        const [messages, rows] = [driver.collection<Message>(messageSpec), driver.collection<Conversation>(conversationSpec)];
        for (let i = first; i < Math.min(total, first + perBatch); i++) {
          const conversation = i % conversations;
          await messages.insert(messageOf(conversation, Math.floor(i / conversations) + 1));
          if (i < conversations) await rows.insert(conversationOf(i, Math.ceil(perConversation)));
        }
      });
      await new Promise((resolve) => setImmediate(resolve));
    }
  });
}

/** What one inbound message does to the collections, as the inbox does it; `parallel` arrive at the same moment. */
async function events(engine: Engine, count: number, parallel: number): Promise<void> {
  const run = `${Date.now()}`;
  await rate(`inbound events, ${parallel} at a time`, count, async () => {
    for (let i = 0; i < count; i += parallel) await Promise.all(Array.from({ length: parallel }, (_, k) => oneEvent(engine, run, i + k)));
  });
}

function oneEvent(engine: Engine, run: string, i: number): Promise<void> {
  const id = `${run}-${i}`;
  const index = (i * 7_919) % conversations;
  return engine.work(async (driver) => {
    const [ledger, messages, rows] = [driver.collection<LedgerRow>(ledgerSpec), driver.collection<Message>(messageSpec), driver.collection<Conversation>(conversationSpec)];
    const message = messageOf(index, 0);
    await ledger.insert(ledgerRowOf(id, message));
    const conversation = await rows.findOne({ _id: conversationOf(index, 1)._id });
    await messages.findOne({ _id: message._id });
    await rows.findOne({ _id: 'none' });
    if (conversation === undefined) throw new Error('the bench looks for a conversation that is not there');
    const seq = conversation.lastSeq + 1;
    const changed = await rows.change({ _id: conversation._id, lastSeq: { $lt: seq } }, {
      $set: { lastSeq: seq, lastInSeq: seq, lastMessageAt: message.at + seq, preview: { text: message.text.slice(0, 120), by: 'customer', name: 'Ada' } }, $inc: { changeSeq: 1 },
    });
    if (changed === undefined) throw new Error('the bench lost a race it cannot lose');
    await messages.insert({ ...message, _id: id, seq });
    await ledger.change({ _id: id }, { $set: { state: 'applied', doneAt: message.at, messageId: id } });
  });
}

async function reads(engine: Engine): Promise<void> {
  const rows = engine.durable.collection<Conversation>(conversationSpec);
  const messages = engine.durable.collection<Message>(messageSpec);
  const recent = { lastMessageAt: -1, _id: -1 } as const;
  const pick = (i: number): number => (i * 104_729) % conversations;
  await latency('point read of a conversation', 5_000, (i) => rows.findOne({ _id: conversationOf(pick(i), 1)._id }));
  await latency('list: open, newest first, 25', 500, () => rows.find({ shelf: 'active' }, { sort: recent, limit: 25 }));
  await latency('list: open, seen by one of three teams', 500, () => rows.find({ shelf: 'active', $or: [{ teamId: { $exists: false } }, { assigneeId: 'agent-3' }, { teamId: { $in: ['team-1', 'team-2'] } }] }, { sort: recent, limit: 25 }));
  await latency('list: unassigned', 500, () => rows.find({ shelf: 'active', owned: false }, { sort: recent, limit: 25 }));
  await latency('list: waiting longest', 500, () => rows.find({ shelf: 'active', waitingSince: { $exists: true } }, { sort: { waitingSince: 1, _id: 1 }, limit: 25 }));
  await latency('list: mine', 500, (i) => rows.find({ assigneeId: `agent-${i % 20}`, shelf: 'active' }, { sort: recent, limit: 25 }));
  const deep = await rows.find({ shelf: 'resolved' }, { sort: recent, limit: 1_000 });
  const from = deep.at(-1);
  if (from !== undefined) await latency('list: resolved, far down', 500, () => rows.find({ shelf: 'resolved' }, { sort: recent, limit: 25, after: [from.lastMessageAt, from._id] }));
  await latency('messages of a conversation, newest 50', 500, (i) => messages.find({ conversationId: conversationOf(pick(i), 1)._id }, { sort: { seq: -1 }, limit: 50 }));
  await latency('timeline of a customer, newest 50', 500, (i) => messages.find({ customerId: conversationOf(pick(i), 1).customerId }, { sort: { at: -1, _id: -1 }, limit: 50 }));
}

async function writes(engine: Engine): Promise<void> {
  const ledger = engine.durable.collection<LedgerRow>(ledgerSpec);
  const run = `w${Date.now()}`;
  await latency('durable insert, one at a time', 500, (i) => ledger.insert(ledgerRowOf(`${run}-${i}-${Math.random()}`, messageOf(1, 1))));
  await rate('durable insert, 64 at a time', 12_800, async () => {
    for (let i = 0; i < 200; i++) await Promise.all(Array.from({ length: 64 }, (_, k) => ledger.insert(ledgerRowOf(`${run}b-${i}-${k}`, messageOf(1, 1)))));
  });
}

async function disk(engine: Engine, file: string): Promise<void> {
  if (!isEmbedded(engine)) return;
  print('disk a message', `${Math.round((await stat(file)).size / total)} bytes`);
  if (total > 200_000) return;
  for (const [name, bytes] of engine.sql.all(`SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC LIMIT 12`)) print(`  ${String(name)}`, `${Math.round(Number(bytes) / total)}`);
}

async function backup(engine: Engine, folder: string): Promise<void> {
  if (!isEmbedded(engine)) return;
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const start = performance.now();
  delay.enable();
  await engine.backupTo(join(folder, 'backup.sqlite'));
  delay.disable();
  print('backup', `${((performance.now() - start) / 1_000).toFixed(1)} s, event loop held up p99 ${(delay.percentile(99) / 1e6).toFixed(1)}, max ${(delay.max / 1e6).toFixed(1)} ms`);
}

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'rapport-bench-'));
  const file = values.keep ?? join(folder, 'store.sqlite');
  memory('before');
  const opening = performance.now();
  const engine = await openEngine({ file, ...(values.mongo === undefined ? {} : { mongo: { url: values.mongo, database: `bench_${process.pid}` } }) });
  await engine.prepare([conversationSpec, messageSpec, ledgerSpec] as never);
  print('open and prepare', `${Math.round(performance.now() - opening)} ms`);
  try {
    if ((await engine.durable.collection<Message>(messageSpec).count({}, { limit: 1 })) === 0) await fill(engine);
    await reads(engine);
    await writes(engine);
    memory('after reads and writes');
    await events(engine, 20_000, 1);
    await events(engine, 100_000, 32);
    memory('after events');
    await disk(engine, file);
    await backup(engine, folder);
    memory('at the end');
  } finally {
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  }
}

await main();
