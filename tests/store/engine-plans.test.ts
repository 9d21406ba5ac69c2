import { expect } from 'chai';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Conversation } from '../../src/inbox/model/conversation.js';
import type { LedgerRow } from '../../src/inbox/model/event.js';
import type { Message } from '../../src/inbox/model/message.js';
import type { PresenceSpan } from '../../src/inbox/model/presence.js';
import { conversationSpec } from '../../src/store/collections/conversations.js';
import { ledgerSpec } from '../../src/store/collections/ledger.js';
import { messageSpec } from '../../src/store/collections/messages.js';
import { presenceSpec } from '../../src/store/collections/presence.js';
import type { CollectionSpec, Doc, Filter, FindOptions } from '../../src/store/driver.js';
import { Connection } from '../../src/store/embedded/connection.js';
import { Documents } from '../../src/store/embedded/documents.js';
import { ensureTable } from '../../src/store/embedded/schema.js';

/** SQLite has no statistics here, so these plans are the same for an empty table and for a million rows. */
describe('The embedded store reads lists from an index, in order', () => {
  let folder = '';
  let connection: Connection;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'rapport-plans-'));
    connection = new Connection(join(folder, 'plans.sqlite'), { cacheKib: 2_000, checkpointPages: 1_000 });
  });
  after(() => {
    connection.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function plan<T extends Doc>(spec: CollectionSpec<T>, filter: Filter<T>, options: Partial<FindOptions<T>>): string {
    const documents = new Documents<T>(connection, ensureTable(connection, spec as unknown as CollectionSpec<Doc>));
    const { sql, params } = documents.findSql(filter, { limit: 25, ...options });
    return connection.all(`EXPLAIN QUERY PLAN ${sql}`, params).map((row) => String(row[3])).join('\n');
  }

  function check(found: string, index: string): void {
    expect(found).to.include(` USING INDEX ${index}`);
    expect(found).not.to.include('TEMP B-TREE');
    expect(found).not.to.match(/SCAN (?!\w+ (USING|VIRTUAL))/);
  }

  const recent = { lastMessageAt: -1, _id: -1 } as const;
  const longest = { waitingSince: 1, _id: 1 } as const;
  const visible: Filter<Conversation>[] = [{ teamId: { $exists: false } }, { assigneeId: 'ada' }, { teamId: { $in: ['t1', 't2', 't3'] } }];
  const views: [string, Filter<Conversation>, FindOptions<Conversation>['sort'], string][] = [
    ['open conversations', { shelf: 'active' }, recent, 'conversations__shelf_recent'],
    ['resolved conversations', { shelf: 'resolved' }, recent, 'conversations__shelf_recent'],
    ['open conversations of some teams', { shelf: 'active', teamId: { $in: ['t1', 't2'] } }, recent, 'conversations__shelf_recent'],
    ['open conversations that an agent may see', { shelf: 'active', $or: visible }, recent, 'conversations__shelf_recent'],
    ['open conversations of one team', { shelf: 'active', teamId: 't1' }, recent, 'conversations__team_recent'],
    ['open conversations of one team on one channel', { shelf: 'active', teamId: 't1', channelId: 'c' }, recent, 'conversations__team_recent'],
    ['unassigned conversations', { shelf: 'active', owned: false }, recent, 'conversations__unowned_recent'],
    ['unassigned conversations of one team', { shelf: 'active', owned: false, teamId: 't1' }, recent, 'conversations__unowned_recent'],
    ['unassigned conversations that an agent may see', { shelf: 'active', owned: false, $or: visible }, recent, 'conversations__unowned_recent'],
    ['my conversations', { assigneeId: 'ada', shelf: 'active' }, recent, 'conversations__assignee_recent'],
    ['conversations waiting longest', { shelf: 'active', waitingSince: { $exists: true } }, longest, 'conversations__waiting'],
    ['conversations of one team waiting longest', { shelf: 'active', waitingSince: { $exists: true }, teamId: 't1' }, longest, 'conversations__waiting'],
    ['conversations waiting longest that an agent may see', { shelf: 'active', waitingSince: { $exists: true }, $or: visible }, longest, 'conversations__waiting'],
  ];
  for (const [what, filter, sort, index] of views) {
    it(`lists ${what} from ${index}, on the first page and on later ones`, () => {
      check(plan(conversationSpec, filter, { sort: sort ?? {} }), index);
      const later = plan(conversationSpec, filter, { sort: sort ?? {}, after: [1_785_000_000_000, 'x'] });
      check(later, index);
      expect(later).to.match(/\((lastMessageAt|waitingSince),_id\)[<>]/);
    });
  }

  it('reads the messages of a conversation by their numbers, forwards and backwards', () => {
    for (const seq of [1, -1] as const) check(plan<Message>(messageSpec, { conversationId: 'c' }, { sort: { seq } }), 'messages__conversation_seq (conversationId=?)');
    check(plan<Message>(messageSpec, { conversationId: 'c', seq: { $lt: 9 } }, { sort: { seq: -1 } }), 'messages__conversation_seq (conversationId=? AND seq<?)');
    check(plan<Message>(messageSpec, { conversationId: 'c', seq: { $gt: 9 } }, { sort: { seq: 1 } }), 'messages__conversation_seq (conversationId=? AND seq>? AND seq<?)');
  });

  it('reads a customer\'s timeline backwards from any point', () => {
    check(plan<Message>(messageSpec, { customerId: 'c' }, { sort: { at: -1, _id: -1 } }), 'messages__customer_at (customerId=?)');
    check(plan<Message>(messageSpec, { customerId: 'c' }, { sort: { at: -1, _id: -1 }, after: [5, 'x'] }), 'messages__customer_at (customerId=? AND (at,_id)<(?,?))');
  });

  it('finds one document, or several, by _id without looking at others', () => {
    expect(plan<Message>(messageSpec, { _id: 'm' }, {})).to.equal('SEARCH messages USING INDEX sqlite_autoindex_messages_1 (_id=?)');
    expect(plan<Message>(messageSpec, { _id: { $in: ['a', 'b', 'c'] } }, {})).to.equal('SEARCH messages USING INDEX sqlite_autoindex_messages_1 (_id=?)');
  });

  it('finds unfinished and old events by their partial indexes', () => {
    check(plan<LedgerRow>(ledgerSpec, { state: 'received' }, { sort: { receivedAt: 1 } }), 'ledger__unfinished');
    check(plan<LedgerRow>(ledgerSpec, { state: 'applied', event: { $exists: true }, receivedAt: { $lt: 5 } }, { sort: { receivedAt: 1 } }), 'ledger__whole (receivedAt<?)');
  });

  it('reads who was there by the time in which spans began, and one agent\'s from the newest back', () => {
    check(plan<PresenceSpan>(presenceSpec, { from: { $gte: 1, $lt: 9 } }, { sort: { from: 1, _id: 1 } }), 'presence__from (from>? AND from<?)');
    check(plan<PresenceSpan>(presenceSpec, { from: { $gte: 1, $lt: 9 } }, { sort: { from: 1, _id: 1 }, after: [5, 'x'] }), 'presence__from');
    check(plan<PresenceSpan>(presenceSpec, {}, { sort: { from: 1, _id: 1 }, limit: 1 }), 'presence__from');
    check(plan<PresenceSpan>(presenceSpec, { agentId: 'mia', from: { $lte: 9 } }, { sort: { from: -1 }, limit: 1 }), 'presence__agent_from (agentId=? AND from<?)');
  });

  it('goes on in the right place where the directions of a sort differ', () => {
    const mixed: CollectionSpec<Doc & { a: number; b: number }> = { name: 'mixed', indexes: [{ name: 'ab', keys: { a: 1, b: -1, _id: 1 } }] };
    check(plan(mixed, {}, { sort: { a: 1, b: -1, _id: 1 }, after: [1, 2, 'x'] }), 'mixed__ab (a>?)');
    check(plan(mixed, {}, { sort: { a: -1, b: 1, _id: -1 }, after: [1, 2, 'x'] }), 'mixed__ab (a<?)');
  });
});
