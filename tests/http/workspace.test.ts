import { expect } from 'chai';
import type { HttpClient } from '../support/http-client.js';
import { openHttpWorld, webhookSecret, type HttpWorld } from '../support/http-world.js';

describe('The workspace over HTTP', () => {
  let world: HttpWorld;
  let administrator: HttpClient;
  before(async () => {
    world = await openHttpWorld();
    administrator = await world.signIn(await world.addAgent({ role: 'administrator' }));
  });
  after(() => world.close());

  it('shows and changes its settings', async () => {
    const hours = { timeZone: 'Europe/Berlin', blocks: [{ day: 0, from: 540, to: 720 }, { day: 0, from: 780, to: 1020 }] };
    const changed = await administrator.patch('/settings', { companyName: 'Velowerk', hours, botOn: false });
    expect(changed.body).to.deep.include({ companyName: 'Velowerk', hours, botOn: false });
    expect((await administrator.get('/settings')).body).to.deep.equal(changed.body);
    expect((await administrator.get('/me')).body.workspace).to.deep.equal(changed.body);
    expect((await administrator.patch('/settings', { answerTargetMinutes: 0 })).status).to.equal(400);
  });

  it('connects a channel, shows the secret that was made once and never again', async () => {
    const types = (await administrator.get('/channels/types')).body.items;
    expect(types.find((type: { kind: string }) => type.kind === 'webhook').fields.map((field: { key: string }) => field.key)).to.include('deliverUrl');
    const made = await administrator.post('/channels', { kind: 'webhook', name: 'Till', settings: { deliverUrl: 'https://till.example/in' }, secrets: { secret: 'typed-by-hand-0123456789' } });
    expect(made.status).to.equal(201);
    expect(made.body).to.deep.include({ name: 'Till', state: 'on', secretsSet: ['secret'], webhookUrl: `${world.url}/hooks/${made.body.id}` });
    expect(made.text).not.to.contain('typed-by-hand');
    for (const path of ['/channels', `/channels/${made.body.id}`]) {
      const { text } = await administrator.get(path);
      expect(text).not.to.contain('typed-by-hand');
      expect(text).not.to.contain(webhookSecret);
      expect(text).not.to.contain('"nonce"');
    }
    const bubble = (await administrator.post('/channels', { kind: 'webchat', name: 'Shop bubble' })).body;
    expect(bubble.embedCode).to.equal(`<script src="${world.url}/widget.js" data-channel="${bubble.id}" async></script>`);
  });

  it('pauses, resumes, changes and removes a channel', async () => {
    const { id } = (await administrator.post('/channels', { kind: 'webhook', name: 'Till', secrets: { secret: 'typed-by-hand-0123456789' } })).body;
    expect((await administrator.post(`/channels/${id}/pause`)).body.state).to.equal('paused');
    expect((await administrator.post(`/channels/${id}/resume`)).body.state).to.equal('on');
    const team = (await administrator.post('/teams', { name: 'Returns' })).body;
    expect((await administrator.patch(`/channels/${id}`, { name: 'Till 2', teamId: team.id })).body).to.deep.include({ name: 'Till 2', teamId: team.id });
    expect((await administrator.patch(`/channels/${id}`, { teamId: null })).body).not.to.have.property('teamId');
    expect((await administrator.patch(`/channels/${id}`, { teamId: 'none' })).status).to.equal(400);
    expect((await administrator.delete(`/channels/${id}`)).status).to.equal(204);
    expect((await administrator.get(`/channels/${id}`)).status).to.equal(404);
    expect((await administrator.delete(`/channels/${id}`)).status).to.equal(404);
  });

  it('says field by field what is wrong with a channel’s settings', async () => {
    const answer = await administrator.post('/channels', { kind: 'webhook', name: 'Till', settings: { deliverUrl: 'ftp://till' }, secrets: { secret: 'short' } });
    expect(answer.status).to.equal(400);
    expect(Object.keys(answer.body.error.facts.fields).sort()).to.deep.equal(['deliverUrl', 'secret']);
    expect(answer.text).not.to.contain('"short"');
  });

  it('shows the ledger of what came in, to administrators', async () => {
    await world.say({ from: 'jonas', text: 'My brake squeaks' });
    const { items } = (await administrator.get(`/ledger?channelId=${world.channel._id}&state=applied`)).body;
    expect(items).to.have.length(1);
    expect(items[0]).to.include({ channelId: world.channel._id, state: 'applied', attempts: 0 });
    const replay = await administrator.post(`/ledger/${encodeURIComponent(items[0].id)}/replay`);
    expect(replay.status).to.equal(409);
    expect((await administrator.post('/ledger/none/discard')).status).to.equal(404);
  });

  it('gives every open screen the news of a change in its people and channels', async () => {
    const notices: string[] = [];
    const stop = world.deps.live.subscribe((notice) => notices.push(notice.kind));
    await administrator.post('/agents', { name: 'Tomás Rey', email: 'tomas@velowerk.example', role: 'agent' });
    await administrator.post(`/channels/${world.channel._id}/pause`);
    await administrator.post(`/channels/${world.channel._id}/resume`);
    stop();
    expect(notices).to.include('agent');
    expect(notices).to.include('channel');
    expect((await administrator.get('/me')).body.channels.find((channel: { id: string }) => channel.id === world.channel._id).state).to.equal('on');
  });
});
