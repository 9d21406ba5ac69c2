import { expect } from 'chai';
import type { Agent, Team } from '../../src/inbox/model/people.js';
import type { HttpClient } from '../support/http-client.js';
import { openHttpWorld, type HttpWorld } from '../support/http-world.js';

const day = 86_400_000;
const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

describe('Reports over the API', () => {
  let world: HttpWorld;
  let teams: { ours: Team; theirs: Team };
  let people: { boss: Agent; lead: Agent; agent: Agent };
  let clients: { boss: HttpClient; lead: HttpClient; agent: HttpClient };
  const days = `from=${dateOf(Date.now() - day)}&to=${dateOf(Date.now() + day)}&kind=any&time=calendar&zone=UTC`;

  before(async () => {
    world = await openHttpWorld();
    teams = { ours: await world.addTeam('Ours'), theirs: await world.addTeam('Theirs') };
    people = { boss: await world.addAgent({ role: 'administrator', name: 'Ada Boss' }), lead: await world.addAgent({ role: 'lead', teamIds: [teams.ours._id] }), agent: await world.addAgent({ teamIds: [teams.ours._id] }) };
    clients = { boss: await world.signIn(people.boss), lead: await world.signIn(people.lead), agent: await world.signIn(people.agent) };
    await world.say({ from: 'ines', text: 'When does my wheel arrive?', teamId: teams.theirs._id });
    await world.say({ from: 'malik', text: 'My brake squeaks, what now?' });
  });
  after(() => world.close());

  it('answer with the waits that there are, and open each number to them', async () => {
    const report = await clients.boss.get(`/reports?${days}&groupBy=team`);
    expect(report.status, report.text).to.equal(200);
    expect(report.body.totals.now).to.include({ waits: 2, open: 2 });
    expect(report.body.owed.customers).to.equal(2);
    expect(report.body.exact).to.equal(true);
    const waits = await clients.boss.get(`/reports/waits?${days}&pick=state:open&limit=1`);
    expect(waits.body).to.include({ total: 2 });
    expect(waits.body.items).to.have.length(1);
    const [first] = waits.body.items;
    expect(first.ticks[0]).to.include({ kind: 'in' });
    expect(first.segments[0].by).to.be.oneOf(['bot', 'unassigned']);
    const second = await clients.boss.get(`/reports/waits?${days}&pick=state:open&limit=1&cursor=${encodeURIComponent(waits.body.cursor)}`);
    expect(second.body.items[0].id).not.to.equal(first.id);
    expect(second.body.cursor).to.equal(undefined);
    const alone = await clients.boss.get(`/reports/waits/${encodeURIComponent(first.id)}`);
    expect(alone.body).to.include({ id: first.id, conversationId: first.conversationId });
  });

  it('open each number of the conversations to them, and name the part of a pick that is none', async () => {
    const { cases } = (await clients.boss.get(`/reports?${days}`)).body;
    const first = await clients.boss.get(`/reports/conversations?${days}&limit=1&sort=oldest`);
    expect(first.body, first.text).to.deep.include({ total: 2, sums: { customers: 2, reopened: 0, transfers: 0, touches: 0 } });
    expect(first.body.total).to.equal(cases.now.conversations);
    expect(first.body.items[0]).to.include({ status: 'open', reopened: 0, transfers: 0, touches: 0, imported: false });
    const second = await clients.boss.get(`/reports/conversations?${days}&limit=1&sort=oldest&cursor=${encodeURIComponent(first.body.cursor)}`);
    expect(second.body.items[0].id).not.to.equal(first.body.items[0].id);
    expect(second.body).not.to.have.property('cursor');
    expect((await clients.boss.get(`/reports/conversations?${days}&pick=answers:1`)).body).to.deep.equal({ items: [], total: 0, sums: { customers: 0, reopened: 0, transfers: 0, touches: 0 } });
    expect((await clients.lead.get(`/reports/conversations?${days}`)).body.total).to.equal(0);
    const refused = await clients.boss.get(`/reports/conversations?${days}&pick=answers:1;bot:asleep`);
    expect(refused.body.error).to.deep.include({ code: 'bad_request', facts: { part: 'bot:asleep' } });
  });

  it('agree with what the messages say when they are worked out anew', async () => {
    const answer = await clients.boss.post('/reports/recompute', { query: days });
    expect(answer.status, answer.text).to.equal(200);
    expect(answer.body).to.include({ of: 2, checked: 2, equal: 2 });
    expect(answer.body.different).to.deep.equal([]);
  });

  it('show a change of a kept fact that no message tells of', async () => {
    const { body } = await clients.boss.get(`/reports/waits?${days}&sort=newest&limit=1`);
    const wait = await world.core.store.now.waits.get(body.items[0].id as string);
    if (wait === undefined) throw new Error('the wait is gone');
    await world.core.store.now.waits.change(wait._id, { set: { from: wait.from - 1_000, changeSeq: world.core.changes.next() } });
    const answer = await clients.boss.post('/reports/recompute', { query: days });
    expect(answer.body).to.include({ checked: 2, equal: 1 });
    expect(answer.body.different[0]).to.include({ waitId: wait._id, field: 'from', kept: String(wait.from - 1_000), facts: String(wait.from) });
    await world.core.store.now.waits.change(wait._id, { set: { from: wait.from, changeSeq: world.core.changes.next() } });
  });

  it('are cut to what each may see: leads their teams, agents nothing until an administrator lets them', async () => {
    const lead = await clients.lead.get(`/reports?${days}&groupBy=team`);
    expect(lead.body.totals.now.waits).to.equal(0);
    expect(lead.text).not.to.include(teams.theirs._id);
    const { body } = await clients.boss.get(`/reports/waits?${days}`);
    for (const { id } of body.items) expect((await clients.lead.get(`/reports/waits/${encodeURIComponent(id as string)}`)).status).to.equal(404);
    for (const path of [`/reports?${days}`, `/reports/waits?${days}`, `/reports/conversations?${days}`, '/reports/waits/x']) expect((await clients.agent.get(path)).status, path).to.equal(403);
    expect((await clients.agent.post('/reports/recompute', { query: days })).status).to.equal(403);
  });

  it('explain each number in plain words', async () => {
    const { body } = await clients.agent.get('/reports/definitions');
    const ids = body.items.map((item: { id: string }) => item.id);
    expect(ids).to.include.members(['wait', 'kaplan_meier', 'within_target', 'owed', 'resolution', 'contacts_until_solved']);
    expect(new Set(ids).size).to.equal(ids.length);
  });

  it('name what is wrong with a query that is to be worked out anew, and know no days before 1970 or after 2999', async () => {
    for (const [query, path] of [['from=2026-11-22&to=2026-11-01', 'query'], [`${days}&groupBy=moon`, 'query.groupBy'], ['from=2026-11-01&to=2026-11-22&zone=Europe/Berln', 'query.zone']] as const) {
      const refused = await clients.boss.post('/reports/recompute', { query });
      expect([refused.status, refused.body.error.facts.issues[0].path], query).to.deep.equal([400, path]);
      expect(refused.body.error.message, query).not.to.match(/saved/i);
    }
    for (const [from, to] of [['0001-01-01', '0001-01-02'], ['1969-12-31', '1970-01-01'], ['3000-01-01', '3000-01-02']] as const) {
      expect((await clients.boss.get(`/reports?from=${from}&to=${to}`)).status, from).to.equal(400);
    }
  });

  it('count days in the default calendar’s zone where none is asked for', async () => {
    const { body } = await clients.boss.get(`/reports?from=${dateOf(Date.now())}&to=${dateOf(Date.now())}`);
    expect(body.period.timeZone).to.equal((await world.core.store.now.calendars.get('default'))?.versions.at(-1)?.timeZone);
  });

  it('refuse what is none of theirs, and say which part', async () => {
    for (const path of ['/reports', '/reports?from=2026-10-11&to=2026-10-05', '/reports?from=1026-10-11&to=2026-10-05', `/reports?${days}&zone=Mars/Olympus`, `/reports?${days}&groupBy=mood`, `/reports/waits?${days}&pick=state:asleep`, `/reports/waits?${days}&cursor=AAAA`, `/reports/waits?${days}&pick=group:x`, `/reports/conversations?${days}&pick=state:open`, `/reports/conversations?${days}&sort=shortest`, `/reports/conversations?${days}&cursor=AAAA`]) {
      const answer = await clients.boss.get(path);
      expect(answer.status, path).to.equal(400);
    }
    expect((await clients.boss.post('/reports/recompute', { query: 'groupBy=team' })).status).to.equal(400);
  });
});
