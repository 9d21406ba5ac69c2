import type { Agent } from '../../inbox/model/people.js';
import type { Conversation } from '../../inbox/model/conversation.js';
import type { CaseFacts, HolderKind, Wait } from '../../inbox/model/wait.js';
import { conversationSpec } from '../collections/conversations.js';
import { agentSpec } from '../collections/people.js';
import { waitSpec } from '../collections/waits.js';
import type { Collection } from '../driver.js';
import type { Checkpoint, Migration, MigrationSteps } from './run-migrations.js';

const perPage = 500;

/** What a wait and a row looked like before. */
type OldWait = Pick<Wait, '_id' | 'conversationId' | 'customerId' | 'channelId' | 'from' | 'fromReceivedAt' | 'firstSeq' | 'state'> & Partial<Wait>;
type OldConversation = Omit<Conversation, 'facts'> & { facts?: CaseFacts };

/**
 * Conversations and waits get the numbers and facts that reports stand on, as far as they follow from what was kept. How
 * the bot, snoozing and hand-overs cut old waits is in the messages alone: `npm run recompute -- --repair` reads it from there.
 */
export const responseTimes: Migration = {
  number: 1,
  name: 'waits and conversations carry the facts of response times',
  async run(engine, steps) {
    const conversations = engine.durable.collection(conversationSpec) as unknown as Collection<OldConversation>;
    const waits = engine.durable.collection(waitSpec) as unknown as Collection<OldWait>;
    const names = new Map((await engine.durable.collection(agentSpec).find({}, { limit: 5_000 })).map((agent: Agent) => [agent._id, agent.name]));
    await eachRow(conversations, { steps, name: 'conversations' }, async (row, n) => {
      if (row.facts !== undefined) return;
      await conversations.change({ _id: row._id }, { $set: { facts: factsOf(row, n) } });
    });
    await eachRow(waits, { steps, name: 'waits' }, async (wait, n) => {
      if (typeof wait.n === 'number') return;
      const row = await conversations.findOne({ _id: wait.conversationId });
      const earlier = await waits.count({ conversationId: wait.conversationId, from: { $lt: wait.from } }, { limit: 1 });
      await waits.change({ _id: wait._id }, { $set: shapeOf(wait, { n, row, first: earlier === 0, names }) });
    });
  },
};

interface Walk {
  steps: MigrationSteps;
  name: 'conversations' | 'waits';
}

/** Every row once, with its number; goes on where it was stopped. */
async function eachRow<T extends { _id: string }>(rows: Collection<T>, walk: Walk, task: (row: T, n: number) => Promise<void>): Promise<void> {
  const at: Checkpoint = walk.steps.checkpoint ?? {};
  if (walk.name === 'conversations' && at['part'] === 'waits') return;
  const mine = at['part'] === walk.name;
  let after = mine && typeof at['after'] === 'string' ? at['after'] : '';
  let n = mine && typeof at['n'] === 'number' ? at['n'] : 0;
  for (;;) {
    const page = await rows.find({ _id: { $gt: after } } as Parameters<typeof rows.find>[0], { sort: { _id: 1 } as NonNullable<Parameters<typeof rows.find>[1]['sort']>, limit: perPage });
    for (const row of page) {
      n += 1;
      await task(row, n);
      after = row._id;
    }
    await walk.steps.save({ part: walk.name, after, n });
    if (page.length < perPage) return;
  }
}

function factsOf(row: OldConversation, n: number): CaseFacts {
  return {
    n, firstAt: row.createdAt, known: false, touches: 0, asks: 0, transfers: 0, reopened: 0, waits: 0,
    ...(row.teamId === undefined ? {} : { firstTeamId: row.teamId }),
    ...(row.assigneeId === undefined && row.teamId === undefined ? {} : { owner: { ...(row.assigneeId === undefined ? {} : { agentId: row.assigneeId }), ...(row.teamId === undefined ? {} : { teamId: row.teamId }) } }),
  };
}

function shapeOf(wait: OldWait, known: { n: number; row: OldConversation | undefined; first: boolean; names: ReadonlyMap<string, string> }): Partial<Wait> {
  const { row } = known;
  const by: HolderKind = row?.assigneeId === undefined ? 'unassigned' : 'agent';
  return {
    n: known.n, changeSeq: row?.changeSeq ?? 0, kind: known.first ? 'first' : 'next', known: false, priority: row?.priority ?? 'normal', tags: row?.tags ?? [],
    asks: wait.state === 'open' ? [{ messageId: wait._id, at: wait.from, receivedAt: wait.fromReceivedAt, seq: wait.firstSeq }] : [],
    segments: [{ from: wait.from, by, ...(by === 'agent' && row?.assigneeId !== undefined ? { agentId: row.assigneeId } : {}), ...(wait.teamId === undefined ? {} : { teamId: wait.teamId }) }],
    ...(wait.to === undefined ? {} : { businessMs: wait.to - wait.from }),
    ...(wait.state === 'not_needed' ? { notNeeded: { reason: 'said before reasons were kept' } } : {}),
    ...(wait.answer === undefined ? {} : { answer: { ...wait.answer, conversationId: wait.conversationId, name: known.names.get(wait.answer.agentId ?? '') ?? 'A colleague' } }),
  };
}
