import { expect } from 'chai';
import type { Agent, Team } from '../../src/inbox/model/people.js';
import type { HttpClient } from '../support/http-client.js';
import { openHttpWorld, type HttpWorld } from '../support/http-world.js';
import { waitFor } from '../support/wait-for.js';

describe('The wall over HTTP', () => {
  let world: HttpWorld;
  let team: Team;
  let lead: Agent;
  let colleague: Agent;
  let client: HttpClient;
  before(async () => {
    world = await openHttpWorld();
    team = await world.addTeam('Service');
    lead = await world.addAgent({ role: 'lead', teamIds: [team._id], name: 'Lea Sommer' });
    colleague = await world.addAgent({ teamIds: [team._id], name: 'Tomás Rey' });
    client = await world.signIn(lead);
  });
  after(() => world.close());

  it('shows a message within a second of its coming, and forgets it when it is answered', async () => {
    const before = (await client.get('/reports/wall')).body;
    expect(before.waiting).to.include({ customers: 0, conversations: 0 });
    const id = await world.say({ from: 'Ines', text: 'Where is my order?' });
    const shown = await waitFor(async () => {
      const { body } = await client.get('/reports/wall');
      return body.rows.length === 1 ? body : undefined;
    }, { timeoutMs: 1_000 });
    expect(shown.rows[0].conversation).to.deep.include({ id });
    expect(shown.rows[0].dueAt).to.be.greaterThan(shown.rows[0].since);
    expect(shown.waiting).to.include({ customers: 1, conversations: 1, over: 0 });
    await client.post(`/conversations/${id}/no-answer-needed`, { reason: 'answered by telephone' });
    await waitFor(async () => (await client.get('/reports/wall')).body.rows.length === 0, { timeoutMs: 1_000 });
  });

  it('is not for agents, unless they may see their own figures; and refuses what it does not know', async () => {
    const agent = await world.signIn(colleague);
    expect((await agent.get('/reports/wall')).status).to.equal(403);
    expect((await world.client().get('/reports/wall')).status).to.equal(401);
    expect((await client.get('/reports/wall?colour=red')).status).to.equal(400);
    expect((await client.get(`/reports/wall?team=${team._id},none&channel=${world.channel._id}`)).status).to.equal(200);
  });

  it('calls a colleague in by a note that mentions them', async () => {
    const id = await world.say({ from: 'Jonas', text: 'My brake squeaks' });
    const sent = await client.post(`/conversations/${id}/call-in`, { agentId: colleague._id, text: 'You know this brake' });
    expect(sent.status).to.equal(201);
    expect(sent.body.message).to.deep.include({ kind: 'note', text: '@Tomás Rey You know this brake' });
    expect((await world.core.store.now.messages.get(sent.body.message.id))?.mentions).to.deep.equal([colleague._id]);
    expect((await client.post(`/conversations/${id}/call-in`, { agentId: 'nobody' })).status).to.equal(400);
  });

  it('calls in nobody who could not open the conversation', async () => {
    const other = await world.addTeam('Workshop');
    const stranger = await world.addAgent({ teamIds: [other._id], name: 'Nils Berg' });
    const id = await world.say({ from: 'Pia', text: 'Hello', teamId: team._id });
    const refused = await client.post(`/conversations/${id}/call-in`, { agentId: stranger._id });
    expect(refused.status).to.equal(400);
    expect(refused.body.error.message).to.contain('Nils Berg is not in the team');
    const hidden = await world.signIn(stranger);
    expect((await hidden.post(`/conversations/${id}/call-in`, { agentId: colleague._id })).status).to.equal(404);
  });
});
