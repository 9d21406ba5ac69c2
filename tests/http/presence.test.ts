import { expect } from 'chai';
import type { Agent } from '../../src/inbox/model/people.js';
import type { PresenceSpan } from '../../src/inbox/model/presence.js';
import { EventStream } from '../support/event-stream.js';
import type { HttpClient } from '../support/http-client.js';
import { openHttpWorld, type HttpWorld } from '../support/http-world.js';
import { waitFor } from '../support/wait-for.js';

const minute = 60_000;

describe('Who was there, over HTTP', () => {
  let world: HttpWorld;
  let agent: Agent;
  let client: HttpClient;
  const streams: EventStream[] = [];
  beforeEach(async () => {
    world = await openHttpWorld();
    agent = await world.addAgent({ teamIds: [(await world.addTeam('Orders'))._id] });
    client = await world.signIn(agent);
  });
  afterEach(async () => {
    streams.splice(0).forEach((stream) => stream.close());
    await world.close();
  });

  const browser = async (of: HttpClient = client): Promise<EventStream> => {
    const stream = await new EventStream(of).ready();
    streams.push(stream);
    return stream;
  };
  const leave = async (stream: EventStream, left = 0): Promise<void> => {
    stream.close();
    const connections = async (): Promise<string> => (await world.client().raw('GET', '/metrics')).text;
    await waitFor(async () => (await connections()).includes(`rapport_live_connections ${left}`));
  };
  const spans = (): Promise<PresenceSpan[]> => world.core.store.now.presence.ofAgent(agent._id, { limit: 50 });
  const spansOf = (count: number): Promise<PresenceSpan[]> => waitFor(async () => {
    const found = await spans();
    return found.length === count ? found : undefined;
  });

  it('is one span for several browsers of one agent, and ends with the last of them', async () => {
    const first = await browser();
    const second = await browser(await world.signIn(agent));
    const [span] = await spansOf(1);
    expect(span).to.include({ agentId: agent._id, state: 'online' }).and.to.deep.include({ teamIds: agent.teamIds });
    world.advance(minute);
    await leave(first, 1);
    world.advance(minute);
    await leave(second);
    const ended = await waitFor(async () => (await spans()).find((each) => each.to > each.from));
    expect(ended.to - ended.from).to.be.within(2 * minute, 2 * minute + 30_000);
    expect(await spans()).to.have.length(1);
  });

  it('is told apart from being away by one’s own word, and from being shut out', async () => {
    await browser();
    await spansOf(1);
    world.advance(minute);
    await client.patch('/me', { presence: 'away' });
    expect((await spansOf(2)).map((span) => span.state)).to.deep.equal(['away', 'online']);
    world.advance(minute);
    await client.patch('/me', { presence: 'online' });
    await spansOf(3);
    world.advance(minute);
    const administrator = await world.signIn(await world.addAgent({ role: 'administrator' }));
    await administrator.post(`/agents/${agent._id}/disable`);
    const last = await waitFor(async () => (await spans()).find((span, at) => at === 0 && span.to > span.from));
    expect(last.to - last.from).to.be.within(minute, minute + 30_000);
    expect(await spans()).to.have.length(3);
  });

  it('brings back whom a process before this one had sent away, and not who went away by their own will', async () => {
    const { people, clock } = world.deps;
    const { presence } = world.core.store.now;
    const now = clock();
    await presence.insert({ _id: 'p1', agentId: agent._id, from: now - 20 * minute, to: now - 10 * minute, state: 'online', teamIds: [] });
    await world.core.store.now.agents.change(agent._id, { set: { presence: 'away' } });
    const stream = await browser();
    await waitFor(async () => (await people.findAgent(agent._id))?.presence === 'online');
    await waitFor(async () => (await spans()).length === 2);
    await client.patch('/me', { presence: 'away' });
    await spansOf(3);
    await leave(stream);
    world.advance(10 * minute);
    await browser();
    await spansOf(4);
    expect((await people.findAgent(agent._id))?.presence).to.equal('away');
  });

  it('is shown to oneself, newest first and page by page, and to nobody else', async () => {
    const { presence } = world.core.store.now;
    for (let each = 0; each < 5; each += 1) await presence.insert({ _id: `p${each}`, agentId: agent._id, from: each * 100 * minute, to: each * 100 * minute + minute, state: each === 2 ? 'away' : 'online', teamIds: ['t'] });
    await presence.insert({ _id: 'other', agentId: 'somebody-else', from: 5, to: 10, state: 'online', teamIds: [] });
    const page = (await client.get('/me/presence?limit=3')).body;
    expect(page.items).to.deep.equal([4, 3, 2].map((each) => ({ from: each * 100 * minute, to: each * 100 * minute + minute, state: each === 2 ? 'away' : 'online' })));
    const rest = (await client.get(`/me/presence?limit=3&before=${page.keptBefore}`)).body;
    expect(rest.items.map((span: { from: number }) => span.from)).to.deep.equal([100 * minute, 0]);
    expect(rest).not.to.have.property('keptBefore');
    const lead = await world.signIn(await world.addAgent({ role: 'administrator' }));
    expect((await lead.get('/me/presence')).body.items).to.deep.equal([]);
    expect((await world.client().get('/me/presence')).status).to.equal(401);
  });
});
