import { createServer, type Server } from 'node:http';
import { connect, createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { expect } from 'chai';
import express from 'express';
import { pino } from 'pino';
import { servesVisitors } from '../../src/adapters/contract/visitors.js';
import { clientIpBehind } from '../../src/http/visitor/client-ip.js';
import type { VisitorLimits } from '../../src/http/visitor/deps.js';
import { createVisitorSide, type OpenVisitorSide } from '../../src/http/visitor/visitor-side.js';
import { createVisitorInbox } from '../../src/inbox/visitor-inbox.js';
import { waitFor } from '../support/wait-for.js';
import { openVisitorWorld, TestVisitor, type VisitorWorld } from './visitor-world.js';

describe('A visitor\'s socket', () => {
  let world: VisitorWorld;
  const closers: (() => Promise<void>)[] = [];

  before(async () => { world = await openVisitorWorld(); });
  afterEach(async () => { for (const close of closers.splice(0)) await close(); });
  after(() => world.close());

  /** The same inbox behind a second door with its own limits. */
  async function door(limits: Partial<VisitorLimits>, proxies = 0): Promise<{ visitor: (through?: string) => Promise<TestVisitor>; side: OpenVisitorSide; url: string }> {
    const { app } = world;
    const webchat = app.book.adapter('webchat');
    if (webchat === undefined || !servesVisitors(webchat)) throw new Error('no web chat');
    const server: Server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const side = createVisitorSide({
      webchat, limits, publicUrl: url, sink: (events) => app.receive(events), inbox: createVisitorInbox(app.core, () => Promise.resolve(undefined)),
      live: app.core.live, blobs: app.store.blobs, clock: app.core.clock, log: pino({ level: 'silent' }), clientIp: clientIpBehind(proxies),
      findChannel: (id) => Promise.resolve(app.book.account(id)), agentName: () => Promise.resolve('Lena'), typing: () => undefined,
      workspace: () => Promise.resolve({ companyName: 'Velowerk', botName: 'Assistant', answerTargetMinutes: 30, typicalAnswerMinutes: 12, opening: { openNow: false, opensAt: 1, timeZone: 'UTC' } }),
    });
    server.on('request', express().use(side.routes));
    server.on('upgrade', (request, socket, head) => side.handleUpgrade(request, socket, head));
    const visitors: TestVisitor[] = [];
    closers.push(async () => {
      for (const visitor of visitors) visitor.drop();
      side.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    return {
      side, url,
      async visitor(through = url) {
        const visitor = new TestVisitor({ url, api: () => `${through}/chat/v1/${world.channel._id}` });
        visitors.push(visitor);
        await visitor.begin();
        return visitor;
      },
    };
  }

  /** A network between browser and server that can be held up: nothing more comes through, and nobody is told. */
  async function network(url: string): Promise<{ url: string; holdUp: () => void }> {
    const open = new Set<Socket>();
    const upstreams = new Set<Socket>();
    const proxy = createTcpServer((client) => {
      const upstream = connect(Number(new URL(url).port), '127.0.0.1');
      for (const socket of [client, upstream]) {
        open.add(socket);
        socket.on('error', () => undefined);
      }
      upstreams.add(upstream);
      client.pipe(upstream).pipe(client);
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    closers.push(async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => proxy.close(resolve));
    });
    return {
      url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
      holdUp: () => { for (const upstream of upstreams) upstream.unpipe().pause(); },
    };
  }

  it('that takes nothing any more is dropped, and has missed nothing when it comes back', async () => {
    const { visitor: enter, side, url } = await door({ slowAfterMs: 200 });
    const line = await network(url);
    const visitor = await enter(line.url);
    await visitor.connect();
    await visitor.acked(visitor.send('Slow as a snail'));
    await waitFor(() => visitor.texts().length === 1);
    const conversation = await world.conversation((row) => row.preview.text === 'Slow as a snail');
    const cursor = visitor.cursor();
    line.holdUp();
    // More than the buffers of both ends hold.
    const long = '€'.repeat(9_900);
    for (let n = 0; n < 600 && side.isPresent(conversation.identityId); n += 1) await world.reply(conversation, `${n} ${long}`);
    await waitFor(() => !side.isPresent(conversation.identityId), { what: 'the house to drop it' });
    await world.reply(conversation, 'The end');
    visitor.drop();
    await visitor.connect(cursor);
    await waitFor(() => visitor.texts().at(-1) === 'The end', { what: 'the rest' });
    const numbers = visitor.texts().slice(0, -1).map((text) => Number(text.split(' ')[0]));
    expect(numbers).to.deep.equal(numbers.map((_, n) => n));
    expect(numbers.length).to.be.greaterThan(50);
  }).timeout(60_000);

  it('whose other end is gone without a word is found out by the heartbeat', async () => {
    const { visitor: enter, side, url } = await door({ heartbeatMs: 150 });
    const line = await network(url);
    const visitor = await enter(line.url);
    await visitor.connect();
    await visitor.acked(visitor.send('Gone in a tunnel'));
    const { identityId } = await world.conversation((row) => row.preview.text === 'Gone in a tunnel');
    expect(side.isPresent(identityId)).to.equal(true);
    let heartbeats = 0;
    visitor.raw()?.on('ping', () => { heartbeats += 1; });
    await waitFor(() => heartbeats >= 3);
    expect(side.isPresent(identityId), 'one that answers stays').to.equal(true);
    line.holdUp();
    await waitFor(() => !side.isPresent(identityId), { what: 'the house to notice' });
  });

  it('that never says hello is closed', async () => {
    const { visitor: enter } = await door({ helloWithinMs: 60 });
    const visitor = await enter();
    await visitor.open();
    await waitFor(() => visitor.closedWith === 4401);
  });

  it('gets an answer when it asks whether anybody is there', async () => {
    const visitor = await (await door({})).visitor();
    await visitor.connect();
    visitor.say({ type: 'ping' });
    expect(await waitFor(() => visitor.frames.find(({ type }) => type === 'pong'))).to.deep.equal({ type: 'pong' });
  });

  it('is let go when the server stops, and the browser is told that it may come back', async () => {
    const { visitor: enter, side } = await door({});
    const visitor = await enter();
    await visitor.connect();
    side.close();
    await waitFor(() => visitor.closedWith === 1001);
  });

  it('counts against its own address behind trusted proxies, and cannot name another', async () => {
    const { visitor: enter } = await door({ newVisitorsPerTenMinutesOfAddress: 3 }, 1);
    const visitor = await enter();
    const from = (forwarded: string) => visitor.call('POST', 'session', {}, { 'x-forwarded-for': forwarded }).then(({ status }) => status);
    for (let n = 0; n < 3; n += 1) expect(await from('203.0.113.7')).to.equal(200);
    expect(await from('203.0.113.7')).to.equal(429);
    expect(await from('198.51.100.1, 203.0.113.7'), 'what the visitor added in front').to.equal(429);
    expect(await from('203.0.113.8')).to.equal(200);
    for (let n = 0; n < 3; n += 1) expect(await from(`2001:db8:1:2:${n}::1`)).to.equal(200);
    expect(await from('2001:db8:1:2:ffff::9'), 'one household of IPv6').to.equal(429);
  });

  it('tells how long answers usually take where that is known, and when the company is back', async () => {
    const { visitor: enter } = await door({});
    const { config } = await (await enter()).begin();
    expect(config).to.deep.include({ answer: { minutes: 12, measured: true }, opening: { openNow: false, opensAt: 1, timeZone: 'UTC' } });
  });
});
