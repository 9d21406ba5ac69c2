import { expect } from 'chai';
import type { HttpClient } from '../support/http-client.js';
import { fillTakeAwayWorld, openTakeAwayWorld, type TakeAwayWorld } from '../reports/take-away-world.js';

describe('A saved report', () => {
  let world: TakeAwayWorld;
  const clients = new Map<string, HttpClient>();
  before(async () => {
    world = await openTakeAwayWorld();
    await fillTakeAwayWorld(world);
    await world.addAgent('lin', { role: 'lead', teamIds: ['ours', 'theirs'] });
    for (const id of ['boss', 'lea', 'lin', 'tom', 'ana']) clients.set(id, await world.as(id));
  });
  after(() => world.close());
  const as = (id: string): HttpClient => clients.get(id) as HttpClient;
  const names = async (who: string): Promise<string[]> => (await as(who).get('/reports/saved')).body.items.map((each: { name: string }) => each.name);
  const save = (who: string, more: object): ReturnType<HttpClient['post']> => as(who).post('/reports/saved', { name: 'Mondays', query: 'groupBy=weekday&kind=any', period: 'last28', ...more });

  it('is seen by its owner, by the team it is shared with and by administrators, and by nobody else', async () => {
    const own = await save('lea', { name: 'My own' });
    expect(own.status).to.equal(201);
    expect(own.body).to.include({ name: 'My own', own: true, query: 'groupBy=weekday&kind=any', period: 'last28' });
    const shared = (await save('lea', { name: ' Ours ', teamId: 'ours' })).body;
    expect(await names('lea')).to.deep.equal(['My own', 'Ours']);
    expect(await names('lin')).to.deep.equal(['Ours']);
    expect(await names('tom')).to.deep.equal([]);
    expect(await names('boss')).to.deep.equal(['My own', 'Ours']);
    const taken = await as('lea').patch(`/reports/saved/${shared.id}`, { teamId: null });
    expect(taken.body).not.to.have.property('teamId');
    expect(await names('lin')).to.deep.equal([]);
  });

  it('is changed and deleted by its owner and by administrators only', async () => {
    const { id } = (await save('lea', { name: 'Shared', teamId: 'ours' })).body;
    const path = `/reports/saved/${id}`;
    expect((await as('tom').patch(path, { name: 'Taken over' })).status).to.equal(404);
    expect((await as('tom').delete(path)).status).to.equal(404);
    const refused = await as('lin').patch(path, { name: 'Taken over' });
    expect(refused.status).to.equal(403);
    expect((await as('lin').delete(path)).status).to.equal(403);
    expect((await as('boss').patch(path, { name: 'Renamed', period: 'lastWeek' })).body).to.include({ name: 'Renamed', period: 'lastWeek', own: false, teamId: 'ours' });
    expect((await as('lea').delete(path)).status).to.equal(204);
    expect((await as('lea').delete(path)).status).to.equal(404);
  });

  it('is shared only with a team that one belongs to, or by an administrator with any', async () => {
    expect((await save('lea', { teamId: 'theirs' })).status).to.equal(403);
    expect((await save('lea', { teamId: 'no-such-team' })).status).to.equal(403);
    const { id } = (await save('lea', {})).body;
    expect((await as('lea').patch(`/reports/saved/${id}`, { teamId: 'theirs' })).status).to.equal(403);
    expect((await save('boss', { teamId: 'theirs' })).status).to.equal(201);
    expect((await save('boss', { teamId: 'no-such-team' })).status).to.equal(404);
  });

  it('shows whoever opens it what they may see, whatever it asks for', async () => {
    const { query } = (await save('boss', { name: 'Everything of theirs', teamId: 'ours', query: 'team=theirs&groupBy=responder&kind=any&time=calendar' })).body;
    const days = 'from=2026-10-19&to=2026-10-25&zone=Europe/Berlin';
    expect((await as('boss').get(`/reports?${query}&${days}`)).body.totals.now.waits).to.equal(2);
    const opened = await as('lea').get(`/reports?${query}&${days}`);
    expect(opened.body.totals.now.waits).to.equal(0);
    expect(opened.text).not.to.match(/Zora|zora/);
  });

  it('is a question that a report can be asked with, or it is not saved', async () => {
    for (const query of ['groupBy=moon', 'nonsense=1', 'kind=any&time=never', 'zone=Mars/Base', 'priority=whenever', `tag=${'x'.repeat(500)}`]) {
      const answer = await save('lea', { query });
      expect(answer.status, query).to.equal(400);
      expect(answer.body.error.facts.issues[0].path).to.match(/^query/);
    }
    expect((await save('lea', { period: 'whenever' })).status).to.equal(400);
    const { id } = (await save('lea', {})).body;
    expect((await as('lea').patch(`/reports/saved/${id}`, { query: 'groupBy=moon' })).status).to.equal(400);
    // Days are said in words, and which waits of a list were looked at is no part of a report.
    expect((await save('lea', { query: 'from=2026-10-19&to=2026-10-25&period=last7&pick=state:open&groupBy=team' })).body.query).to.equal('groupBy=team');
  });

  it('is not for agents, unless the workspace lets them see their own figures', async () => {
    for (const [method, path, body] of [['GET', '/reports/saved', undefined], ['POST', '/reports/saved', { name: 'Mine', query: '', period: 'last7' }], ['PATCH', '/reports/saved/x', { name: 'Mine' }], ['DELETE', '/reports/saved/x', {}]] as const) {
      expect((await as('ana').call(method, path, body)).status, method).to.equal(403);
    }
    await world.app.people.changeWorkspace({ reports: { agentsSeeOwn: true, hideNames: false } });
    expect((await save('ana', { name: 'Mine' })).status).to.equal(201);
    expect(await names('ana')).to.include('Mine').and.not.to.include('My own');
  });
});
