import { expect } from 'chai';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { type App, buildApp } from '../../src/compose/app.js';
import { demoDeps, demoOptions } from '../../src/compose/demo.js';
import { readConfig } from '../../src/config.js';
import { startLiveTraffic } from '../../src/demo/play/live-traffic.js';
import { playDemo } from '../../src/demo/play/play-demo.js';
import { badTuesday } from '../../src/demo/script/uneven-days.js';
import { agents, demoPassword } from '../../src/demo/world/company.js';
import type { Viewer } from '../../src/inbox/api.js';
import { channelKinds } from '../../src/inbox/model/common.js';
import type { Conversation } from '../../src/inbox/model/conversation.js';
import { waitFor } from '../support/wait-for.js';

const ruth: Viewer = { agentId: 'demo-agent-ruth', role: 'administrator', teamIds: [] };
const quiet = pino({ level: 'silent' });

describe('The demo, played through the real core', function () {
  this.timeout(120_000);
  let folder: string;
  let app: App;
  const { story, options } = demoOptions();

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rapport-demo-'));
    app = await buildApp(readConfig({ DATA_DIR: folder, DEMO: '1' }, folder), { log: quiet, webRoot: folder, publicUrl: 'http://localhost:3000', ...options });
  });
  after(async () => {
    await app.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const rows = async (): Promise<Conversation[]> => {
    const pages = await Promise.all((['open', 'snoozed', 'resolved'] as const).map((view) => app.reads.list(ruth, { view, limit: 100 })));
    return pages.flatMap((page) => page.items);
  };

  it('fills an empty store, and no step is refused', async () => {
    const played = await playDemo(demoDeps(app, story, quiet), { now: Date.now(), stories: 70 });
    expect(played.refused).to.equal(0);
    expect(played.steps).to.be.greaterThan(200);
  });

  it('leaves conversations on every shelf, with customers who wait, moods, and answers that were delivered', async () => {
    const counts = await app.reads.counts(ruth);
    expect(counts.open).to.be.greaterThan(3);
    expect(counts.waiting).to.be.greaterThan(0);
    expect(counts.resolved).to.be.greaterThan(25);
    const resolved = await app.reads.list(ruth, { view: 'resolved', limit: 60 });
    const pictures = await Promise.all(resolved.items.map((row) => app.reads.picture(ruth, row._id, { timeline: false })));
    const messages = pictures.flatMap((picture) => picture?.messages ?? []);
    expect(messages.filter((message) => message.author.type === 'agent' && message.kind === 'out').every((message) => message.delivery !== undefined && ['sent', 'delivered', 'read', 'failed'].includes(message.delivery.state))).to.equal(true);
    expect(messages.some((message) => message.author.type === 'bot')).to.equal(true);
    expect(messages.some((message) => message.attachments !== undefined)).to.equal(true);
    expect(pictures.some((picture) => (picture?.person.customer.mood.length ?? 0) > 0)).to.equal(true);
    expect(pictures.some((picture) => (picture?.brief.lines.length ?? 0) > 1)).to.equal(true);
  });

  it('knows the same person on two channels, joined or suggested with the reason', async () => {
    const people = await app.reads.people(ruth, { limit: 100 });
    const pictures = await Promise.all(people.items.map((customer) => app.reads.person(ruth, customer._id)));
    const joins = pictures.flatMap((picture) => picture?.joins ?? []);
    expect(joins.some(({ join: decision }) => decision.state === 'joined' && decision.reasons.length > 0)).to.equal(true);
  });

  it('has conversations of every kind of channel there is', async () => {
    const kinds = new Set((await rows()).map((row) => row.channelKind));
    // The market place is so seldom that a short demo may do without it.
    expect([...kinds]).to.include.members(channelKinds.filter((kind) => kind !== 'webhook'));
  });

  it('tells of one complaint in public that was settled privately: one customer, an address proved by a word that came back, thanks in public', async () => {
    const all = await rows();
    const [inPublic] = all.filter((row) => row.channelKind === 'x' && row.tags.includes('public-complaint'));
    const own = all.filter((row) => row.customerName === inPublic?.customerName);
    expect(inPublic?.audience).to.equal('public');
    const picture = await app.reads.person(ruth, inPublic?.customerId ?? '');
    expect(picture?.joins.some(({ join: { state, by, reasons } }) => state === 'joined' && by !== 'automatic' && /came back/.test(reasons.join()))).to.equal(true);
    const kinds = new Set(picture?.identities.map((identity) => identity.kind));
    expect(kinds.has('x') && kinds.has('email')).to.equal(true);
    expect(own.some((row) => row.channelKind === 'email') && own.some((row) => row.channelKind === 'x' && row.audience === undefined), 'by mail, and by direct message').to.equal(true);
    const messages = (await app.reads.picture(ruth, inPublic?._id ?? '', { timeline: false }))?.messages ?? [];
    expect(messages.filter((message) => message.kind === 'in').at(-1)?.text).to.match(/Credit where it is due/);
  });

  it('shows edits with what stood there before, and reactions to our answers', async () => {
    const pictures = await Promise.all((await rows()).filter((row) => !['email', 'webchat', 'webhook'].includes(row.channelKind)).map((row) => app.reads.picture(ruth, row._id, { timeline: false })));
    const messages = pictures.flatMap((picture) => picture?.messages ?? []);
    expect(messages.some((message) => message.kind === 'in' && (message.revisions?.length ?? 0) > 0), 'an edit').to.equal(true);
    expect(messages.some((message) => message.kind === 'out' && (message.reactions?.length ?? 0) > 0), 'a reaction').to.equal(true);
  });

  it('knows who was there: whoever answered was, nobody at two places at once, and two were missing on the bad Tuesday', async () => {
    const spans = (await Promise.all(agents.map((agent) => app.store.inbox.now.presence.ofAgent(agent._id, { limit: 5_000 })))).map((of) => of.reverse());
    for (const of of spans) of.forEach((span, at) => expect(span.from).to.be.at.least(of[at - 1]?.to ?? 0).and.below(span.to));
    expect(Math.max(...spans.flat().map((span) => span.to))).to.be.below(Date.now());
    const pictures = await Promise.all((await rows()).map((row) => app.reads.picture(ruth, row._id, { timeline: false })));
    const answers = pictures.flatMap((picture) => picture?.messages ?? []).filter((message) => message.kind === 'out' && message.author.type === 'agent');
    expect(answers.length).to.be.greaterThan(50);
    const unseen = answers.filter(({ author, receivedAt: createdAt }) => 'id' in author && !spans.flat().some((span) => span.agentId === author.id && span.state === 'online' && span.from <= createdAt && createdAt <= span.to));
    expect(unseen.map(({ author, receivedAt: createdAt }) => [author, new Date(createdAt)])).to.deep.equal([]);
    const tuesday = badTuesday(Date.now());
    const lastedOn = (midnight: number): number => spans.flat().filter((span) => span.state === 'online').reduce((sum, span) => sum + Math.max(0, Math.min(span.to, midnight + 86_400_000) - Math.max(span.from, midnight)), 0);
    expect(lastedOn(tuesday)).to.be.below(0.8 * lastedOn(tuesday - 7 * 86_400_000));
  });

  it('dates everything in the story, and then goes by real time again', async () => {
    const { items } = await app.reads.list(ruth, { view: 'resolved', limit: 100 });
    expect(Math.min(...items.map((row) => row.createdAt))).to.be.lessThan(Date.now() - 60 * 86_400_000);
    expect(items.every((row) => (row.resolvedAt ?? 0) >= row.createdAt && row.lastMessageAt <= Date.now())).to.equal(true);
    expect(Math.abs(story.clock() - Date.now())).to.be.lessThan(1_000);
  });

  it('is played once: a filled store stays as it is', async () => {
    expect(await playDemo(demoDeps(app, story, quiet), { now: Date.now(), stories: 70 })).to.deep.equal({ steps: 0, refused: 0 });
  });

  it('finds what was said by search', async () => {
    await app.store.search.settle();
    const found = await app.reads.search(ruth, { text: 'order', limit: 5 });
    expect(found.messages.length).to.be.greaterThan(0);
  });

  it('goes on writing while the server runs, until it is stopped', async () => {
    const before = app.reads.changeSeq();
    const traffic = startLiveTraffic(demoDeps(app, story, quiet), { clock: story.clock, seed: 3, everySeconds: [0, 0] });
    await waitFor(() => app.reads.changeSeq() > before + 10, { timeoutMs: 20_000, what: 'live traffic' });
    await traffic.stop();
    await app.core.jobs.idle();
    const after = app.reads.changeSeq();
    await new Promise((resolve) => setImmediate(resolve));
    expect(app.reads.changeSeq()).to.equal(after);
  });

  it('has accounts that can sign in', async () => {
    for (const agent of agents) expect((await app.people.findAgentByEmail(agent.email))?.passwordHash, agent.email).to.match(/^\$argon2id\$/);
    expect(demoPassword.length).to.be.at.least(12);
  });
});
