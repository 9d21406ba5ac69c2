import { expect } from 'chai';
import { hashToken } from '../../src/http/auth/tokens.js';
import type { HttpClient } from '../support/http-client.js';
import { goodPassword, openHttpWorld, type HttpWorld } from '../support/http-world.js';

const person = { name: 'Tomás Rey', email: 'Tomas@velowerk.example', role: 'agent' };
const tokenOf = (link: string) => link.split('#')[1] ?? '';

describe('Agents', () => {
  let world: HttpWorld;
  let administrator: HttpClient;
  beforeEach(async () => {
    world = await openHttpWorld();
    administrator = await world.signIn(await world.addAgent({ role: 'administrator' }));
  });
  afterEach(() => world.close());

  it('are invited by a link that is good once, and of which only the hash is kept', async () => {
    const { body } = await administrator.post('/agents', person);
    expect(body.agent).to.include({ email: 'tomas@velowerk.example', state: 'invited' });
    expect(body.link.startsWith(`${world.url}/invite#`)).to.equal(true);
    const token = tokenOf(body.link);
    expect(Buffer.from(token, 'base64url')).to.have.length(32);
    expect((await world.deps.people.findInvite(hashToken(token), world.deps.clock()))?.agentId).to.equal(body.agent.id);

    const newcomer = world.client();
    expect((await newcomer.post('/invites/check', { token })).body).to.deep.include({ name: 'Tomás Rey', email: 'tomas@velowerk.example', kind: 'invite' });
    expect((await newcomer.post('/invites/accept', { token, password: 'tomas-rey-12' })).body.error.facts).to.deep.equal({ rule: 'personal' });
    expect((await newcomer.post('/invites/accept', { token, password: goodPassword })).status).to.equal(201);
    expect((await newcomer.get('/me')).body.agent).to.include({ state: 'active', presence: 'online' });
    expect((await world.client().post('/invites/accept', { token, password: goodPassword })).status).to.equal(410);
    expect((await world.client().post('/invites/check', { token })).status).to.equal(410);
  });

  it('say how many conversations each has open, so that who is chosen has time', async () => {
    const busy = await world.addAgent({ name: 'Busy Bea' });
    const conversationId = await world.say({ from: 'ines', text: 'Where is my order?' });
    expect((await administrator.post(`/conversations/${conversationId}/assign`, { assigneeId: busy._id })).status).to.equal(200);
    const loadIn = (items: { id: string; load: number }[]) => items.find((agent) => agent.id === busy._id)?.load;
    expect(loadIn((await administrator.get('/agents')).body.items)).to.equal(1);
    expect(loadIn((await administrator.get('/me')).body.agents)).to.equal(1);
  });

  it('get a link that one of two at the same time can use', async () => {
    const { body } = await administrator.post('/agents', person);
    const answers = await Promise.all([1, 2, 3].map(() => world.client().post('/invites/accept', { token: tokenOf(body.link), password: goodPassword })));
    expect(answers.map((answer) => answer.status).sort()).to.deep.equal([201, 410, 410]);
  });

  it('cannot use a link after 48 hours, after a newer one was made, or after they were disabled', async () => {
    const first = (await administrator.post('/agents', person)).body;
    world.advance(48 * 3_600_000 + 1);
    expect((await world.client().post('/invites/accept', { token: tokenOf(first.link), password: goodPassword })).status).to.equal(410);
    administrator = await world.signIn(await world.addAgent({ role: 'administrator' }));
    const second = (await administrator.post(`/agents/${first.agent.id}/invite`)).body;
    const third = (await administrator.post(`/agents/${first.agent.id}/invite`)).body;
    expect((await world.client().post('/invites/check', { token: tokenOf(second.link) })).status).to.equal(410);
    expect((await world.client().post('/invites/check', { token: tokenOf(third.link) })).status).to.equal(200);
    await administrator.post(`/agents/${first.agent.id}/disable`);
    expect((await world.client().post('/invites/check', { token: tokenOf(third.link) })).status).to.equal(410);
  });

  it('who forgot their password get a link for one hour, and their sessions end when it is used', async () => {
    const agent = await world.addAgent();
    const old = await world.signIn(agent);
    const { body } = await administrator.post(`/agents/${agent._id}/invite`);
    expect(body.expiresAt - world.deps.clock()).to.be.within(3_590_000, 3_600_000);
    expect((await old.get('/me')).status).to.equal(200);
    const answer = await world.client().post('/invites/accept', { token: tokenOf(body.link), password: 'granite-violin-58-harbour' });
    expect(answer.status).to.equal(201);
    expect((await old.get('/me')).status).to.equal(401);
  });

  it('get links made from the configured address, whatever the Host header says', async () => {
    const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example', origin: 'http://evil.example' };
    const answer = await administrator.call('POST', '/agents', person, headers);
    expect(answer.body.link.startsWith(world.url)).to.equal(true);
    expect(answer.text).not.to.contain('evil.example');
  });

  it('have one address each', async () => {
    await administrator.post('/agents', person);
    const again = await administrator.post('/agents', { ...person, email: 'TOMAS@velowerk.example' });
    expect(again.status).to.equal(409);
    expect(again.body.error.facts).to.deep.equal({ field: 'email' });
  });

  it('are shut out at once when disabled, and let in again when enabled', async () => {
    const agent = await world.addAgent();
    const client = await world.signIn(agent);
    const byKey = world.client();
    byKey.key = await world.apiKeyOf(agent);
    expect((await administrator.post(`/agents/${agent._id}/disable`)).body.state).to.equal('disabled');
    expect((await client.get('/me')).status).to.equal(401);
    expect((await byKey.get('/me')).status).to.equal(401);
    expect((await world.client().post('/session', { email: agent.email, password: goodPassword })).status).to.equal(401);
    expect((await administrator.post(`/agents/${agent._id}/enable`)).body.state).to.equal('active');
    expect((await client.get('/me')).status).to.equal(401);
    expect((await world.signIn(agent)).cookies.size).to.equal(1);
  });

  it('cannot all stop being administrators', async () => {
    const me = (await administrator.get('/me')).body.agent.id;
    for (const attempt of [() => administrator.patch(`/agents/${me}`, { role: 'agent' }), () => administrator.post(`/agents/${me}/disable`)]) {
      const answer = await attempt();
      expect(answer.status).to.equal(409);
      expect(answer.body.error.facts).to.deep.equal({ rule: 'last_administrator' });
    }
    const second = await world.addAgent({ role: 'administrator' });
    expect((await administrator.patch(`/agents/${second._id}`, { role: 'lead' })).status).to.equal(200);
  });

  it('keep what they set themselves, and nothing they may not', async () => {
    const agent = await world.addAgent();
    const client = await world.signIn(agent);
    expect((await client.patch('/me', { name: 'Tom', preferences: { theme: 'dark' } })).body.name).to.equal('Tom');
    await client.patch('/me', { preferences: { density: 'compact' }, presence: 'away' });
    const me = (await client.get('/me')).body;
    expect(me.preferences).to.deep.equal({ theme: 'dark', density: 'compact' });
    expect(me.agent.presence).to.equal('away');
    for (const grab of [{ role: 'administrator' }, { teamIds: ['x'] }, { state: 'active' }, { passwordHash: 'x' }, { email: 'x@y.example' }, { _id: 'x' }]) {
      expect((await client.patch('/me', grab)).status, JSON.stringify(grab)).to.equal(400);
    }
  });

  it('are in teams that exist', async () => {
    const team = (await administrator.post('/teams', { name: 'Returns', hours: { timeZone: 'Europe/Berlin', blocks: [{ day: 0, from: 540, to: 720 }, { day: 0, from: 780, to: 1020 }] } })).body;
    expect((await administrator.post('/agents', { ...person, teamIds: [team.id] })).status).to.equal(201);
    expect((await administrator.post('/agents', { ...person, email: 'b@velowerk.example', teamIds: ['no-such-team'] })).status).to.equal(400);
    expect((await administrator.patch(`/teams/${team.id}`, { name: 'Returns & repairs', hours: null })).body).to.deep.equal({ id: team.id, name: 'Returns & repairs' });
    expect((await administrator.patch('/teams/none', { name: 'X' })).status).to.equal(404);
    for (const hours of [{ timeZone: 'Mars/Olympus', blocks: [] }, { timeZone: 'UTC', blocks: [{ day: 7, from: 0, to: 1 }] }, { timeZone: 'UTC', blocks: [{ day: 1, from: 600, to: 500 }] }]) {
      expect((await administrator.post('/teams', { name: 'T', hours })).status).to.equal(400);
    }
  });

  it('may be given API keys, shown once, that can be taken away', async () => {
    const agent = await world.addAgent();
    const made = (await administrator.post('/keys', { name: 'Warehouse', agentId: agent._id })).body;
    const byKey = world.client();
    byKey.key = made.key;
    expect((await byKey.get('/me')).body.agent.id).to.equal(agent._id);
    const listed = await administrator.get('/keys');
    expect(listed.text).not.to.contain(made.key);
    expect(listed.body.items[0]).to.include({ name: 'Warehouse', agentId: agent._id });
    expect((await administrator.delete(`/keys/${made.info.id}`)).status).to.equal(204);
    expect((await byKey.get('/me')).status).to.equal(401);
    expect((await administrator.delete(`/keys/${made.info.id}`)).status).to.equal(404);
  });
});
