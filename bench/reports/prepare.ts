import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type OpenStore, openStore } from '../../src/compose/store.js';
import { TimeBook } from '../../src/compose/time-rules.js';
import type { Channel } from '../../src/inbox/model/channel.js';
import type { TimeRules } from '../../src/inbox/hours/place.js';
import { fillOpenStore } from '../fill/fill.js';
import type { Size } from '../fill/plan.js';

/** Raised when the documents that are filled in change. */
const version = 2;
const kinds = ['email', 'webchat', 'webhook'] as const;
const quiet = { info: () => undefined, warn: () => undefined, error: (facts: object, text: string) => void process.stderr.write(`${text} ${JSON.stringify(facts)}\n`) };

export interface FilledFacts {
  store: OpenStore;
  rules: () => TimeRules;
  channels: ReadonlyMap<string, Channel>;
}

/** Opens a store with so many messages and everything that reports read of them; fills it unless an earlier run has. */
export async function prepareFacts(folder: string, size: Size, say: (line: string) => void): Promise<FilledFacts> {
  const marker = join(folder, 'facts.json');
  const isFilled = existsSync(marker) && readFileSync(marker, 'utf8') === JSON.stringify({ version, size });
  if (!isFilled) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const store = await openStore({ dataDir: folder, mongo: undefined }, { resolve: (_kind, typed) => [typed], log: quiet });
  const c = store.inbox.now;
  if (!isFilled) {
    say(`Filling ${size.messages} messages, ${size.conversations} conversations …`);
    const begun = performance.now();
    await c.agents.insert({ _id: 'bench-admin', name: 'Ada Brandt', email: 'ada@velowerk.example', role: 'administrator', teamIds: [], state: 'active', presence: 'online', capacity: 20, load: 0, createdAt: 0 });
    for (const kind of kinds) await c.channels.insert({ _id: `bench-${kind}`, kind, name: `Bench ${kind}`, state: 'on', settings: {}, secrets: {}, createdAt: 0, changeSeq: 0 });
    await TimeBook.open(c);
    await fillOpenStore(store, size, { say, onlyFacts: true });
    writeFileSync(marker, JSON.stringify({ version, size }));
    say(`Filled in ${((performance.now() - begun) / 1_000).toFixed(0)} s.`);
  }
  const times = await TimeBook.open(c);
  return { store, rules: times.rules, channels: new Map((await c.channels.all()).map((channel) => [channel._id, channel])) };
}
