import { expect } from 'chai';
import type { Message } from '../../src/inbox/model/message.js';
import type { Asking, GroupBy } from '../../src/reports/api.js';
import { embeddedDatabases } from '../support/engines.js';
import { asking, hour, minute, monday, openReportsWorld, type ReportsWorld, week } from './reports-world.js';

const groupings: readonly GroupBy[] = ['team', 'responder', 'channel', 'language', 'tag', 'priority', 'hour', 'weekday', 'customer'];

describe('What a viewer’s report holds', () => {
  let world: ReportsWorld;
  // Before the store is closed: columns are saved at the end.
  after(() => world.close());
  const databases = embeddedDatabases();
  let ids: { ours: string; theirs: string; crossed: string };
  const lead = { agentId: 'lea', role: 'lead' as const, teamIds: ['ours'] };
  before(async () => {
    world = await openReportsWorld(await databases.open());
    await world.addPeople({ lea: ['ours'], ana: ['ours'], zora: ['theirs'] });
    ids = {
      ours: (await world.wait({ teamId: 'ours', took: 10 * minute, by: 'ana', tags: ['refund'], language: 'de', dueIn: minute }))._id,
      theirs: (await world.wait({ teamId: 'theirs', took: 5 * hour, by: 'zora', tags: ['secret-project'], language: 'fr', priority: 'urgent', dueIn: minute }))._id,
      crossed: (await world.wait({ teamId: 'ours', took: 20 * minute, by: 'zora', answerTeam: 'theirs', segments: [{ from: monday, by: 'agent', agentId: 'ana', teamId: 'ours' }] }))._id,
    };
    await world.wait({ teamId: 'theirs', took: hour, state: 'not_needed', notNeeded: { agentId: 'zora', reason: 'thanks' } });
    await world.wait({ teamId: 'theirs' });
    await world.wait({});
    await world.conversation({ teamId: 'theirs', facts: { touches: 9 } });
    await world.conversation({ teamId: 'ours', facts: { touches: 2 } });
  });

  it('is a lead’s teams alone, through every grouping, filter, pick, sort and id', async () => {
    for (const groupBy of groupings) {
      const report = await world.reports.report(asking(world.time.now, lead), week({ groupBy }));
      expect(report.totals.now, groupBy).to.include({ waits: 2, answered: 2, open: 0, notNeeded: 0 });
      expect(report.owed.customers).to.equal(0);
      expect(report.cases.now).to.deep.include({ conversations: 1, touches: { total: 2, median: 2 } });
      const said = JSON.stringify(report);
      for (const theirs of ['zora', 'Zora', 'theirs', 'secret-project', '"fr"', 'urgent']) expect(said, `${groupBy}: ${theirs}`).not.to.include(theirs);
    }
    for (const filter of [{ team: ['theirs'] }, { responder: ['zora'] }, { tag: ['secret-project'] }, { language: ['fr'] }, { priority: ['urgent' as const] }]) {
      const report = await world.reports.report(asking(world.time.now, lead), week(filter));
      expect(report.totals.now.waits, JSON.stringify(filter)).to.equal(0);
    }
    for (const pick of [undefined, 'owed:1', 'group:theirs', 'not_needed_by:zora', 'state:open', 'waited:0-', 'period:before']) {
      const page = await world.reports.receipts(asking(world.time.now, lead), week({ groupBy: 'team' }), { sort: 'longest', limit: 50, ...(pick === undefined ? {} : { pick }) });
      for (const item of page.items) expect([ids.ours, ids.crossed], String(pick)).to.include(item.id);
      expect(JSON.stringify(page), String(pick)).not.to.match(/zora/i);
    }
    expect(await world.reports.receipt(asking(world.time.now, lead), ids.theirs)).to.equal(undefined);
    expect(await world.reports.receipt(asking(world.time.now, lead), ids.ours)).to.include({ id: ids.ours });
    const recomputed = await world.reports.recompute(asking(world.time.now, lead), week(), { limit: 100 });
    expect(recomputed.of).to.equal(2);
  });

  it('does not open up by a cursor made elsewhere', async () => {
    const boss = await world.reports.receipts(asking(world.time.now), week(), { sort: 'longest', limit: 1 });
    const page = await world.reports.receipts(asking(world.time.now, lead), week(), { sort: 'longest', limit: 50, cursor: boss.cursor ?? '' });
    for (const item of page.items) expect([ids.ours, ids.crossed]).to.include(item.id);
  });

  it('shows a lead without a team nothing', async () => {
    const { totals } = await world.reports.report(asking(world.time.now, { ...lead, teamIds: [] }), week());
    expect(totals.now.waits).to.equal(0);
  });

  it('is an agent’s own waits, where the workspace lets agents see them', async () => {
    const ana = { agentId: 'ana', role: 'agent' as const, teamIds: ['ours'] };
    const report = await world.reports.report(asking(world.time.now, ana), week({ groupBy: 'responder' }));
    expect(report.totals.now.waits).to.equal(1);
    expect(report.groups.map(({ key }) => key)).to.deep.equal([{ id: 'ana', name: 'Ana' }]);
    expect(await world.reports.receipt(asking(world.time.now, ana), ids.crossed)).to.equal(undefined);
    expect(() => asking(world.time.now, ana, { agentsSeeOwn: false, hideNames: false })).to.throw().with.property('code', 'forbidden');
  });

  it('names no responder where names are hidden, and its keys still pick and filter', async () => {
    const hidden = asking(world.time.now, {}, { agentsSeeOwn: true, hideNames: true });
    const report = await world.reports.report(hidden, week({ groupBy: 'responder' }));
    const receipts = await world.reports.receipts(hidden, week(), { sort: 'longest', limit: 50 });
    const said = JSON.stringify(report) + JSON.stringify(receipts.items.map((item) => ({ ...item, ticks: [] })));
    for (const name of ['ana', 'Ana', 'zora', 'Zora']) expect(said, name).not.to.include(`"${name}"`);
    const [first] = report.groups.filter(({ key }) => key.id !== 'none');
    if (first === undefined) throw new Error('nobody answered');
    const picked = await world.reports.receipts(hidden, week({ groupBy: 'responder' }), { sort: 'longest', limit: 50, pick: `group:${first.key.id}` });
    expect(picked.total).to.equal(first.now.waits);
    const filtered = await world.reports.report(hidden, week({ responder: [first.key.id] }));
    expect(filtered.totals.now.waits).to.equal(first.now.waits);
    const byId = await world.reports.report(hidden, week({ responder: ['zora'] }));
    expect(byId.totals.now.waits).to.equal(0);
  });

  it('tells who wrote neither by a tick nor by the id of a message, where that is not shown', async () => {
    const wait = await world.c.waits.get(ids.crossed);
    if (wait === undefined) throw new Error('no wait');
    const message = (seq: number, more: Partial<Message>): Message => ({
      _id: `chat:m${seq}`, conversationId: wait.conversationId, customerId: wait.customerId, channelId: 'chat', seq, kind: 'out', author: { type: 'agent', id: 'zora', name: 'Zora' }, text: '', at: monday + seq * minute, receivedAt: monday + seq * minute, ...more,
    });
    for (const each of [
      message(1, { kind: 'in', author: { type: 'customer', id: 'k', name: 'Ines' } }),
      message(2, { _id: 'chat:out-ana-client-1', kind: 'note', author: { type: 'agent', id: 'ana', name: 'Ana' } }),
      message(3, { _id: 'chat:out-zora-client-2', forTeamId: 'theirs' }),
      message(4, { _id: 'chat:step:bounced:out-zora-client-2', kind: 'event', author: { type: 'system', name: 'Rapport' } }),
    ]) await world.c.messages.insert(each);
    await world.change(wait, { answer: { messageId: 'chat:out-zora-client-2', conversationId: wait.conversationId, by: 'agent', name: 'Zora', agentId: 'zora', teamId: 'theirs', channelId: 'chat' } });
    const ticksOf = async (who: Asking) => {
      const receipt = await world.reports.receipt(who, ids.crossed);
      return { said: JSON.stringify(receipt), ticks: receipt?.ticks.map(({ messageId, name }) => `${name} ${messageId}`), answer: receipt?.answer };
    };
    const toLead = await ticksOf(asking(world.time.now, lead));
    expect(toLead.ticks).to.deep.equal(['Ines chat:m1', 'Ana chat:out-ana-client-1', 'Somebody of another team seq-3', 'Rapport seq-4']);
    expect(toLead.said).not.to.match(/zora/i);
    expect(toLead.answer).to.include({ messageId: '', name: 'Somebody of another team' });
    const hidden = await ticksOf(asking(world.time.now, {}, { agentsSeeOwn: true, hideNames: true }));
    expect(hidden.said).not.to.match(/zora|ana\b/i);
    expect(hidden.ticks?.[0]).to.equal('Ines chat:m1');
    const own = await ticksOf(asking(world.time.now, { agentId: 'zora' }, { agentsSeeOwn: true, hideNames: true }));
    expect(own.ticks?.[2]).to.equal('Zora chat:out-zora-client-2');
    expect(own.answer).to.include({ messageId: 'chat:out-zora-client-2', name: 'Zora' });
    const open = await ticksOf(asking(world.time.now));
    expect(open.ticks?.[2]).to.equal('Zora chat:out-zora-client-2');
  });
});
