import { connect } from 'node:net';
import { expect } from 'chai';
import fc from 'fast-check';
import { viewerOf } from '../../src/http/auth/sign-in.js';
import { liveEvents } from '../../src/http/api/shapes.js';
import type { HttpDeps } from '../../src/http/deps.js';
import type { Viewer } from '../../src/inbox/api.js';
import type { Agent, Team } from '../../src/inbox/model/people.js';
import { EventStream } from '../support/event-stream.js';
import type { HttpClient } from '../support/http-client.js';
import { openHttpWorld, type HttpWorld } from '../support/http-world.js';
import { waitFor } from '../support/wait-for.js';

async function slowAndExact(base: HttpDeps, viewer: Viewer, since: number): ReturnType<HttpDeps['reads']['changedSince']> {
  const answer = await base.reads.changedSince(viewer, since);
  await new Promise((resolve) => setTimeout(resolve, 12));
  return { ...answer, rows: answer.rows.filter((row) => row.changeSeq > since) };
}

describe('Live events', () => {
  let world: HttpWorld;
  let teams: Team[];
  let agent: Agent;
  let client: HttpClient;
  const streams: EventStream[] = [];

  beforeEach(async () => {
    world = await openHttpWorld();
    teams = [await world.addTeam('Ours'), await world.addTeam('Theirs')];
    agent = await world.addAgent({ teamIds: [teams[0]?._id ?? ''] });
    client = await world.signIn(agent);
  });
  afterEach(async () => {
    streams.splice(0).forEach((stream) => stream.close());
    await world.close();
  });

  function stream(of: HttpClient = client, options: ConstructorParameters<typeof EventStream>[1] = {}): EventStream {
    const opened = new EventStream(of, options);
    streams.push(opened);
    return opened;
  }

  it('bring a new message with its row, in the declared shape', async () => {
    const live = await stream().ready();
    const id = await world.say({ from: 'jonas', text: 'My brake squeaks' });
    const event = await waitFor(() => live.named('conversation').find((candidate) => candidate.data.conversation.id === id));
    expect(liveEvents.conversation.parse(event.data)).to.deep.equal(event.data);
    expect(event.data.messages.map((message: { text: string }) => message.text)).to.include('My brake squeaks');
    expect(live.response?.headers).to.include({ 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' });
    expect(live.response?.headers['content-encoding']).to.equal(undefined);
  });

  it('bring what changed while nobody listened, once, and then what happens', async () => {
    const me = (await client.get('/me')).body;
    const missed = [await world.say({ from: 'a', text: 'one' }), await world.say({ from: 'b', text: 'two' })];
    const live = await stream(client, { since: me.changeSeq }).ready();
    const replayed = live.events.slice(0, live.events.findIndex((event) => event.name === 'ready')).map((event) => event.data.conversation.id);
    expect(replayed.sort()).to.deep.equal([...missed].sort());
    const later = await world.say({ from: 'c', text: 'three' });
    await waitFor(() => live.named('conversation').some((event) => event.data.conversation.id === later));
    expect(live.named('conversation').filter((event) => missed.includes(event.data.conversation.id))).to.have.length(2);
  });

  it('leave no gap and show nothing foreign, however often the line breaks and wherever', async function () {
    this.timeout(120_000);
    await world.close();
    // The store's own answer goes back a little further than asked, and at once. Here it is exact, and old when it arrives.
    world = await openHttpWorld({}, (base) => ({ reads: { ...base.reads, changedSince: (viewer, since) => slowAndExact(base, viewer, since) } }));
    teams = [await world.addTeam('Ours'), await world.addTeam('Theirs')];
    agent = await world.addAgent({ teamIds: [teams[0]?._id ?? ''] });
    client = await world.signIn(agent);
    const [ours = '', theirs = ''] = teams.map((team) => team._id);
    const places = [undefined, ours, theirs];
    const steps = fc.array(fc.record({ do: fc.constantFrom('say', 'say', 'say', 'old', 'cut', 'cut', 'move'), place: fc.nat(2), pick: fc.nat(20), wait: fc.boolean() }), { minLength: 5, maxLength: 25 });
    await fc.assert(fc.asyncProperty(steps, async (list) => {
      const state = new Map<string, { changeSeq: number; lastSeq: number }>();
      const known: string[] = [];
      let mark = String((await client.get('/me')).body.changeSeq);
      let taken = 0;
      let live = stream(client, { lastEventId: mark });
      const take = () => {
        for (const { name, data, id } of live.events.slice(taken)) {
          if (id !== undefined) mark = id;
          if (name === 'gone') state.delete(data.id);
          if (name !== 'conversation') continue;
          expect(world.deps.reads.maySee(viewerOf(agent), data.conversation)).to.equal(true);
          if ((state.get(data.conversation.id)?.changeSeq ?? 0) < data.changeSeq) state.set(data.conversation.id, { changeSeq: data.changeSeq, lastSeq: data.conversation.lastSeq });
        }
        taken = live.events.length;
      };
      for (const [index, step] of list.entries()) {
        const place = places[step.place];
        const old = known[step.pick % Math.max(known.length, 1)];
        if (step.do === 'cut' && !live.ended) {
          if (step.wait) await live.ready();
          live.close();
          take();
        } else if (step.do === 'cut') {
          taken = 0;
          live = stream(client, { lastEventId: mark });
        } else if (step.do === 'move' && old !== undefined && place !== undefined) {
          await world.deps.actions.assign({ agentId: 'nobody', role: 'administrator', teamIds: [] }, old, { teamId: place });
        } else if (step.do === 'old' && old !== undefined) {
          await world.deps.actions.setPriority({ agentId: 'nobody', role: 'administrator', teamIds: [] }, old, index % 2 === 0 ? 'high' : 'low');
        } else {
          known.push(await world.say({ from: `p${index}`, text: `message ${index}`, ...(place !== undefined && { teamId: place }) }));
        }
      }
      if (live.ended) {
        taken = 0;
        live = stream(client, { lastEventId: mark });
      }
      await live.ready();
      const wanted = async () => {
        const rows = await world.core.store.now.conversations.getMany(known);
        return rows.filter((row) => world.deps.reads.maySee(viewerOf(agent), row));
      };
      await waitFor(async () => {
        take();
        // `say` moves a new conversation without a notice (as a test's shortcut): rows are compared by what was published.
        return (await wanted()).every((row) => (state.get(row._id)?.lastSeq ?? -1) >= row.lastSeq);
      }, { timeoutMs: 8000, what: 'every row one may see, up to date' });
      live.close();
    }), { numRuns: 25, endOnFailure: true });
  });

  it('say that a conversation went to where the agent does not see it, and nothing more of it', async () => {
    const live = await stream().ready();
    const conversationId = await world.say({ from: 'jonas', text: 'hello' });
    await waitFor(() => live.named('conversation').length > 0);
    const count = live.named('conversation').length;
    const row = await world.core.store.now.conversations.get(conversationId);
    if (!row) throw new Error('no row');
    world.deps.live.publish({ kind: 'conversation', changeSeq: row.changeSeq + 1, conversation: { ...row, teamId: teams[1]?._id ?? '', customerName: 'SECRET' }, messages: [], previously: {} });
    const gone = await waitFor(() => live.named('gone')[0]);
    expect(gone.data).to.deep.equal({ id: conversationId, changeSeq: row.changeSeq + 1 });
    world.deps.live.publish({ kind: 'conversation', changeSeq: row.changeSeq + 2, conversation: { ...row, teamId: teams[1]?._id ?? '', customerName: 'SECRET' }, messages: [] });
    world.deps.live.publish({ kind: 'counts' });
    await waitFor(() => live.named('counts').length > 0);
    expect(live.named('conversation')).to.have.length(count);
    expect(JSON.stringify(live.events)).not.to.contain('SECRET');
  });

  it('tell of typing and viewing only where the conversation may be seen', async () => {
    const live = await stream().ready();
    const administrator = await world.signIn(await world.addAgent({ role: 'administrator', name: 'Ines' }));
    const theirs = await world.say({ from: 'x', text: 'hidden', teamId: teams[1]?._id ?? '' });
    const open = await world.say({ from: 'y', text: 'seen' });
    for (const id of [theirs, open]) {
      await administrator.post(`/conversations/${id}/typing`, { on: true });
      await administrator.post(`/conversations/${id}/viewing`, { on: true });
    }
    const viewing = await waitFor(() => live.named('viewing')[0]);
    expect(viewing.data).to.deep.include({ conversationId: open });
    expect(viewing.data.agents.map((viewer: { name: string }) => viewer.name)).to.deep.equal(['Ines']);
    expect([...live.named('typing'), ...live.named('viewing')].every((event) => event.data.conversationId === open)).to.equal(true);
    expect((await client.get(`/conversations/${open}`)).body.viewing.map((viewer: { name: string }) => viewer.name)).to.deep.equal(['Ines']);
  });

  it('follow a change of teams while the line stands', async () => {
    const live = await stream().ready();
    const administrator = await world.signIn(await world.addAgent({ role: 'administrator' }));
    await administrator.patch(`/agents/${agent._id}`, { teamIds: teams.map((team) => team._id) });
    await waitFor(() => live.named('agent').some((event) => event.data.id === agent._id));
    const id = await world.say({ from: 'x', text: 'theirs', teamId: teams[1]?._id ?? '' });
    await waitFor(async () => {
      await administrator.post(`/conversations/${id}/priority`, { priority: 'high' });
      return live.named('conversation').some((event) => event.data.conversation.teamId === teams[1]?._id);
    });
  });

  it('tell a browser that missed too much to start afresh', async () => {
    const many = await openHttpWorld({}, (base) => ({ reads: { ...base.reads, changedSince: async () => ({ rows: [], upTo: 900, complete: false }) } }));
    const live = await stream(await many.signIn(await many.addAgent()), { since: 0 }).ready();
    expect(live.events.map((event) => event.name)).to.deep.equal(['reset', 'ready']);
    live.close();
    await many.close();
  });

  for (const [how, act] of [
    ['signing out', (_: HttpClient, own: HttpClient) => own.delete('/session')],
    ['being disabled', (administrator: HttpClient) => administrator.post(`/agents/${agent._id}/disable`)],
    ['being signed out by an administrator', (administrator: HttpClient) => administrator.post(`/agents/${agent._id}/sign-out`)],
    ['a password change elsewhere', async (_: HttpClient) => (await world.signIn(agent)).post('/me/password', { current: 'kayak-orbit-47-lantern', password: 'granite-violin-58-harbour' })],
  ] as const) {
    it(`end at once with ${how}`, async () => {
      const administrator = await world.signIn(await world.addAgent({ role: 'administrator' }));
      const live = await stream().ready();
      expect((await act(administrator, client)).status).to.be.oneOf([200, 204]);
      await waitFor(() => live.ended, { timeoutMs: 1500, what: 'the end of the line' });
      expect((await stream().ready()).status).to.equal(401);
    });
  }

  it('end within five seconds when a session goes without a word', async function () {
    this.timeout(10_000);
    const live = await stream().ready();
    await world.deps.people.deleteSessionsOf(agent._id);
    await waitFor(() => live.ended, { timeoutMs: 5000, what: 'the end of the line' });
  });

  it('need somebody signed in, take an API key, and refuse an id that is none', async () => {
    expect((await stream(world.client()).ready()).status).to.equal(401);
    const byKey = world.client();
    byKey.key = await world.apiKeyOf(agent);
    expect((await stream(byKey).ready()).status).to.equal(200);
    for (const lastEventId of ['{"$gt":0}', '-1', '1e9', '9'.repeat(30)]) expect((await stream(client, { lastEventId }).ready()).status).to.equal(400);
  });

  it('are at most twenty lines for one agent', async () => {
    const lines = await Promise.all(Array.from({ length: 20 }, () => stream().ready()));
    expect(lines.every((line) => line.status === 200)).to.equal(true);
    expect((await stream().ready()).status).to.equal(429);
    lines[0]?.close();
    await waitFor(async () => (await stream().ready()).status === 200);
  });

  it('cut off a browser that does not read, and nobody else', async function () {
    this.timeout(60_000);
    const fast = await stream().ready();
    // A bare socket: what intercepts HTTP for the tests reads ahead, whatever the response's reader does.
    const slow = connect(Number(new URL(world.url).port), '127.0.0.1');
    slow.on('error', () => undefined);
    slow.write(`GET /api/v1/events HTTP/1.1\r\nHost: x\r\nCookie: ${String(client.headersFor({})['cookie'])}\r\n\r\n`);
    slow.pause();
    const lines = async () => /rapport_live_connections (\d+)/.exec((await world.client().raw('GET', '/metrics')).text)?.[1];
    await waitFor(async () => (await lines()) === '2');
    const row = await world.core.store.now.conversations.get(await world.say({ from: 'x', text: 'x' }));
    if (!row) throw new Error('no row');
    const large = 'y'.repeat(60_000);
    let sent = 0;
    await waitFor(async () => {
      for (let n = 0; n < 4; n += 1) world.deps.live.publish({ kind: 'conversation', changeSeq: row.changeSeq + (sent += 1), conversation: { ...row, changeSeq: row.changeSeq + sent, preview: { ...row.preview, text: large } }, messages: [] });
      return (await lines()) === '1';
    }, { timeoutMs: 50_000, what: 'the slow line cut' });
    await waitFor(() => fast.named('conversation').length >= sent);
    expect(fast.ended).to.equal(false);
    slow.destroy();
  });

  it('close in order when the server stops, so that browsers come back by themselves', async () => {
    const live = await stream().ready();
    world.http.close();
    await waitFor(() => live.ended);
  });
});
