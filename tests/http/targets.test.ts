import { expect } from 'chai';
import type { HttpClient } from '../support/http-client.js';
import { openHttpWorld, type HttpWorld } from '../support/http-world.js';

describe('Targets over HTTP', () => {
  let world: HttpWorld;
  let administrator: HttpClient;
  let agent: HttpClient;
  before(async () => {
    world = await openHttpWorld();
    administrator = await world.signIn(await world.addAgent({ role: 'administrator' }));
    agent = await world.signIn(await world.addAgent());
  });
  after(() => world.close());

  const vip = { name: ' VIP customers ', kind: 'first', minutes: 30, customerTags: ['VIP', 'vip '] };

  it('are made with sensible defaults, read by everybody, changed, switched off and taken away', async () => {
    const team = await world.addTeam('Hotline');
    const made = await administrator.post('/targets', { ...vip, teamIds: [team._id], channelIds: [world.channel._id] });
    expect(made.status).to.equal(201);
    expect(made.body).to.deep.include({ name: 'VIP customers', kind: 'first', minutes: 30, hours: 'business', customerTags: ['vip'], teamIds: [team._id], channelIds: [world.channel._id], priorities: [], warnAtShare: 0.75, on: true });
    expect((await agent.get('/targets')).body.items).to.deep.equal([made.body]);
    expect((await administrator.patch(`/targets/${made.body.id}`, { on: false, minutes: 45 })).body).to.deep.equal({ ...made.body, on: false, minutes: 45 });
    expect((await administrator.delete(`/targets/${made.body.id}`)).status).to.equal(204);
    expect((await administrator.delete(`/targets/${made.body.id}`)).status).to.equal(404);
    expect((await administrator.patch(`/targets/${made.body.id}`, { on: true })).status).to.equal(404);
    expect((await agent.get('/targets')).body.items).to.deep.equal([]);
  });

  it('are changed by administrators only', async () => {
    const made = (await administrator.post('/targets', vip)).body;
    const lead = await world.signIn(await world.addAgent({ role: 'lead' }));
    for (const client of [agent, lead]) {
      expect((await client.post('/targets', vip)).status).to.equal(403);
      expect((await client.patch(`/targets/${made.id}`, { on: false })).status).to.equal(403);
      expect((await client.delete(`/targets/${made.id}`)).status).to.equal(403);
    }
    expect((await agent.get('/targets')).body.items).to.deep.equal([made]);
    await administrator.delete(`/targets/${made.id}`);
  });

  it('refuse teams and channels that are not there, by name, and times that cannot be', async () => {
    const wrong = await administrator.post('/targets', { ...vip, teamIds: ['nobody'], channelIds: ['nowhere'] });
    expect(wrong.status).to.equal(400);
    expect(wrong.body.error.message).to.contain('"nobody", "nowhere"');
    expect(wrong.body.error.facts.unknown).to.deep.equal([{ kind: 'team', id: 'nobody' }, { kind: 'channel', id: 'nowhere' }]);
    for (const body of [{ ...vip, minutes: 0 }, { ...vip, minutes: 1.5 }, { ...vip, minutes: 1e9 }, { ...vip, kind: 'soon' }, { ...vip, name: '' }, { ...vip, warnAtShare: 1 }, { ...vip, priorities: ['extreme'] }, { ...vip, more: true }]) {
      expect((await administrator.post('/targets', body)).status, JSON.stringify(body)).to.equal(400);
    }
  });

  it('are in force at once, and what is open is held against them anew', async () => {
    const made = (await administrator.post('/targets', { ...vip, customerTags: [], minutes: 7, hours: 'calendar' })).body;
    expect(world.core.times().targets.map((target) => target._id)).to.deep.equal([made.id]);
    expect(await world.core.store.now.timers.ofKind('retarget', 5)).to.have.length(1);
    await administrator.patch(`/targets/${made.id}`, { on: false });
    expect(world.core.times().targets).to.deep.equal([]);
    await administrator.delete(`/targets/${made.id}`);
  });
});
