import type { TimeRules } from '../../../src/inbox/hours/place.js';
import type { Core } from '../../../src/inbox/core.js';
import type { Calendar } from '../../../src/inbox/model/calendar.js';
import type { Conversation } from '../../../src/inbox/model/conversation.js';
import type { Target } from '../../../src/inbox/model/target.js';
import type { Wait } from '../../../src/inbox/model/wait.js';
import { chooseTarget } from '../../../src/inbox/targets/choose-target.js';
import { setDue } from '../../../src/inbox/targets/due.js';
import { Effects } from '../../../src/inbox/core.js';
import { runDueTimers, type TimerDeps } from '../../../src/workers/timers.js';
import { openTestCore, startOfTests } from '../../support/core.js';
import type { Engine } from '../../../src/store/driver.js';

export const minute = 60_000;
export const hour = 60 * minute;

export const always: Calendar = {
  _id: 'default', name: 'Always open', createdAt: 0,
  versions: [{ timeZone: 'UTC', blocks: [0, 1, 2, 3, 4, 5, 6].map((day) => ({ day, from: 0, to: 1_440 })), exceptions: [], holidayDays: [], teamIds: [], channelIds: [], customerTags: [] }],
};

export function target(id: string, more: Partial<Target> = {}): Target {
  return { _id: id, name: id, kind: 'first', minutes: 30, hours: 'calendar', teamIds: [], channelIds: [], priorities: [], customerTags: [], warnAtShare: 0.5, on: true, createdAt: 0, ...more };
}

/** Waits written as the clock writes them, over the real store, with rules that the test sets. */
export async function openWaitingWorld(engine: Engine, rules: { targets: Target[] }, now = startOfTests) {
  const t = await openTestCore(engine);
  t.time.now = now;
  const times = (): TimeRules => ({ calendars: [always], targets: rules.targets, defaultMinutes: 60, resolveHoldsMs: 72 * hour });
  const core: Core = { ...t.core, times };
  let count = (await t.c.waits.newest()).n;

  const addWaiting = async (id: string, more: { from?: number; conversation?: Partial<Conversation>; wait?: Partial<Wait>; customerTags?: string[] } = {}): Promise<Wait> => {
    const from = more.from ?? t.time.now;
    count += 1;
    const held = { kind: 'first', priority: more.conversation?.priority ?? 'normal', from, channelId: 'chat', customerTags: more.customerTags ?? [], ...(more.conversation?.teamId === undefined ? {} : { teamId: more.conversation.teamId }) } as const;
    const due = chooseTarget(times(), held);
    const wait: Wait = {
      _id: `chat:${id}`, n: count, changeSeq: core.changes.next(), conversationId: `c-${id}`, customerId: `k-${id}`, channelId: 'chat', kind: 'first', known: false, priority: held.priority, tags: [],
      from, fromReceivedAt: from, firstSeq: 1, state: 'open', asks: [{ messageId: `chat:${id}`, at: from, receivedAt: from, seq: 1 }], segments: [{ from, by: 'unassigned' }],
      ...(due === undefined ? {} : { target: due }), ...more.wait,
    };
    await t.c.customers.insert({ _id: wait.customerId, name: id, tags: more.customerTags ?? [], languages: [], joined: [], facts: [], mood: [], createdAt: from, nameKey: id } as unknown as Parameters<typeof t.c.customers.insert>[0]);
    await t.c.conversations.insert({
      _id: wait.conversationId, channelId: 'chat', channelKind: 'webchat', channelName: 'Chat', threadKey: id, customerId: wait.customerId, identityId: `i-${id}`, customerName: id, status: 'open', shelf: 'active',
      priority: 'normal', owned: false, tags: [], waitingSince: from, waitId: wait._id, facts: { n: wait.n, firstAt: from, known: false, touches: 0, asks: 1, transfers: 0, reopened: 0, waits: 1 },
      lastSeq: 1, lastInSeq: 1, lastMessageAt: from, readSeq: 0, ownership: 0, talkedAt: from, preview: { text: 'Hello?', by: 'customer', name: id }, participants: [], changeSeq: core.changes.next(), createdAt: from,
      ...(wait.target === undefined ? {} : { due: wait.target }), ...more.conversation,
    });
    await t.c.waits.insert(wait);
    await setDue({ c: t.c }, wait);
    return wait;
  };

  return {
    ...t, core, rules, addWaiting,
    /** One round of the sweeper's timers. */
    sweep: () => runDueTimers({ core } as TimerDeps, 500),
    inWork: <R>(task: (work: { c: typeof t.c; fx: Effects }) => Promise<R>): Promise<R> => task({ c: t.c, fx: new Effects() }),
    stepsOf: async (conversationId: string) => (await t.c.messages.page(conversationId, { limit: 50 })).flatMap((message) => (message.step === undefined ? [] : [message.step])),
    row: async (conversationId: string): Promise<Conversation> => {
      const found = await t.c.conversations.get(conversationId);
      if (found === undefined) throw new Error(`no ${conversationId}`);
      return found;
    },
  };
}

export type WaitingWorld = Awaited<ReturnType<typeof openWaitingWorld>>;
