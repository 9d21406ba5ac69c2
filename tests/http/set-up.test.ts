import { expect } from 'chai';
import { setUpUnattended } from '../../src/http/auth/set-up.js';
import { goodPassword, openHttpWorld, type HttpWorld } from '../support/http-world.js';

const token = 'one-time-token-from-the-start';
const form = { token, companyName: 'Velowerk', name: 'Ines Sommer', email: 'Ines@Velowerk.example', password: goodPassword };

describe('Set-up', () => {
  let world: HttpWorld;
  beforeEach(async () => { world = await openHttpWorld({ setUpToken: token }); });
  afterEach(() => world.close());

  it('makes the first administrator, signs them in, and gives them a team and a chat bubble to start with', async () => {
    const client = world.client();
    expect((await client.get('/setup')).body).to.deep.equal({ open: true });
    const answer = await client.post('/setup', form);
    expect(answer.status).to.equal(201);
    expect(answer.body.agent).to.include({ name: 'Ines Sommer', email: 'ines@velowerk.example', role: 'administrator', state: 'active' });
    const me = (await client.get('/me')).body;
    expect(me.workspace.companyName).to.equal('Velowerk');
    expect(me.teams).to.have.length(1);
    expect(me.agent.teamIds).to.deep.equal([me.teams[0].id]);
    const channels = (await client.get('/channels')).body.items;
    expect(channels.find((channel: { kind: string }) => channel.kind === 'webchat')).to.include({ teamId: me.teams[0].id, state: 'on' });
  });

  it('is closed for good afterwards, also for somebody who still has the link', async () => {
    await world.client().post('/setup', form);
    const second = await world.client().post('/setup', { ...form, email: 'eve@posteo.example' });
    expect(second.status).to.equal(410);
    expect((await world.client().get('/setup')).body).to.deep.equal({ open: false });
    expect(await world.deps.people.listAgents()).to.have.length(1);
  });

  it('lets one of two through who try at the same time', async () => {
    const answers = await Promise.all([1, 2, 3, 4].map((n) => world.client().post('/setup', { ...form, email: `ines${n}@velowerk.example` })));
    expect(answers.map((answer) => answer.status).sort()).to.deep.equal([201, 410, 410, 410]);
    expect(await world.deps.people.listAgents()).to.have.length(1);
  });

  it('refuses a wrong, a shortened and an empty token, and nothing is written', async () => {
    for (const wrong of ['guess', token.slice(0, -1), '', `${token} `]) expect((await world.client().post('/setup', { ...form, token: wrong })).status).to.equal(403);
    expect(await world.deps.people.listAgents()).to.have.length(0);
  });

  it('refuses a weak password and stays open', async () => {
    const answer = await world.client().post('/setup', { ...form, password: 'password1234' });
    expect(answer.status).to.equal(400);
    expect(answer.body.error.facts).to.deep.equal({ rule: 'common' });
    expect((await world.client().get('/setup')).body.open).to.equal(true);
  });

  it('limits how often one address may try tokens', async () => {
    const client = world.client();
    for (let n = 0; n < 20; n += 1) expect((await client.post('/setup', { ...form, token: 'guess' })).status).to.equal(403);
    const refused = await client.post('/setup', form);
    expect(refused.status).to.equal(429);
    expect(Number(refused.headers['retry-after'])).to.be.greaterThan(0);
  });

  it('can be done from the environment, with an API key, and does nothing at the next start', async () => {
    const apiKey = 'key-from-the-environment-0123456789abcdef';
    expect(await setUpUnattended(world.deps, { email: 'Ops@Velowerk.example', password: goodPassword, apiKey })).to.equal('done');
    expect(await setUpUnattended(world.deps, { email: 'other@velowerk.example', password: goodPassword, apiKey: `${apiKey}x` })).to.equal('closed');
    const client = world.client();
    client.key = apiKey;
    const me = await client.get('/me');
    expect(me.body.agent).to.include({ email: 'ops@velowerk.example', role: 'administrator' });
    expect(await world.deps.people.listAgents()).to.have.length(1);
    expect((await world.client().post('/session', { email: 'ops@velowerk.example', password: goodPassword })).status).to.equal(201);
  });

  it('does not open when there is no token, as with an unattended start', async () => {
    const other = await openHttpWorld();
    expect((await other.client().post('/setup', { ...form, token: '' })).status).to.equal(403);
    await other.close();
  });
});
