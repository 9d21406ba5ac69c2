import { expect } from 'chai';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { aliasOf, conversationOf, customerOf, identityOf, ledgerOf, messageAt, personOf, type Talk, type World } from '../../bench/fill/documents.js';
import { kindAt, planConversations } from '../../bench/fill/plan.js';
import { createRandom } from '../../bench/fill/random.js';
import { askAgain, factsOf, handTo, type TalkClock } from '../../bench/fill/waits.js';
import { TextMaker } from '../../bench/fill/words.js';
import { type App, buildApp } from '../../src/compose/app.js';
import { readConfig } from '../../src/config.js';
import type { MessageEvent } from '../../src/inbox/model/event.js';
import type { Agent, Team } from '../../src/inbox/model/people.js';

const now = Date.now();
const agent: Agent = { _id: 'agent-1', name: 'Lena Maurer', email: 'lena@velowerk.example', role: 'lead', teamIds: ['team-1'], state: 'active', presence: 'online', capacity: 9, load: 0, createdAt: now };
const team: Team = { _id: 'team-1', name: 'Orders', createdAt: now };

function question(channelId: string, n: number): MessageEvent {
  return {
    type: 'message', channelId, eventId: `evt-${n}`, externalId: `evt-${n}`, receivedAt: now + n, verifiedBy: 'signature', direction: 'in',
    sender: { kind: 'webhook', scope: channelId, externalUserId: 'person-1', displayName: 'Ines Bauer', proof: 'channel', aliases: [{ type: 'email', value: 'ines@posteo.example', proof: 'channel' }], language: 'en' },
    thread: { key: 'thread-1', keyIs: 'exact', subject: 'Order' }, text: 'Hello, when does the parcel with the new wheel arrive at my address?',
  };
}

/** The fields of a document; those that only some documents of a kind have are left out. */
function fields(document: object | undefined, ...but: string[]): string[] {
  return Object.keys(document ?? {}).filter((name) => !but.includes(name)).sort();
}

describe("The bench's filler", () => {
  let folder: string;
  let app: App;
  let channelId: string;
  let conversationId: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rapport-fill-'));
    app = await buildApp(readConfig({ DATA_DIR: folder }, folder), { log: pino({ level: 'silent' }), webRoot: folder, publicUrl: 'http://localhost:3000' });
    const c = app.store.inbox.now;
    await c.teams.insert(team);
    await c.agents.insert(agent);
    await c.settings.change({ set: { botOn: false } });
    channelId = (await app.book.create({ kind: 'webhook', name: 'Bench', teamId: team._id, settings: {}, secrets: { secret: 'sixteen-characters-and-more' } }))._id;
    await app.receive([question(channelId, 1)]);
    await app.core.jobs.idle();
    conversationId = (await c.messages.get(`${channelId}:evt-1`))?.conversationId ?? '';
  });
  after(async () => {
    await app.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('writes documents with the fields that the real path writes', async () => {
    const c = app.store.inbox.now;
    const channel = await c.channels.get(channelId);
    if (channel === undefined) throw new Error('the channel is gone');
    const random = createRandom(1);
    const texts = { en: new TextMaker('en', random), de: new TextMaker('de', random), fr: new TextMaker('fr', random), es: new TextMaker('es', random) };
    const world: World = { channels: [channel], agents: [agent], teams: [team], texts, newIdAt: (at) => `id-${at}`, now };
    const person = personOf(1, world.newIdAt, now);
    const identity = identityOf(person, channel, now);
    const talk: Talk = { planned: { customer: 1, channel: 0, team: 0, assignee: 0, status: 'waiting', times: Float64Array.from([now, now + 1, now + 2]) }, id: 'c1', person, identity, channel, team, agent, subject: 'Order', tags: [], random, mailIds: [] };
    const made = messageAt(talk, 1, world, false);

    const real = await c.messages.get(`${channelId}:evt-1`);
    expect(fields(made, 'mood')).to.deep.equal(fields(real, 'mood'));
    const routed = (await c.messages.page(conversationId, { limit: 10 })).find((message) => message.step?.type === 'routed');
    expect(fields(messageAt(talk, 2, world, true))).to.deep.equal(fields(routed));
    const wait = await c.waits.get(`${channelId}:evt-1`);
    const clock: TalkClock = { n: 1, firstAt: now, known: false, touches: 0, asks: 0, waits: 0 };
    askAgain(talk, clock, made, { n: 1, rules: app.core.times() });
    expect(fields(clock.open, 'language')).to.deep.equal(fields(wait, 'language'));
    handTo(talk, clock, now + 1);
    const row = conversationOf(talk, world, { last: made, lastIn: made, wait, facts: factsOf(talk, clock) });
    // Kept only where a rule found something to keep.
    expect(fields(row, 'mood', 'urgency')).to.deep.equal(fields(await c.conversations.get(conversationId), 'mood', 'urgency'));
    const realIdentity = await c.identities.get(real?.author.id ?? '');
    expect(fields(identity)).to.deep.equal(fields(realIdentity));
    expect(fields(aliasOf(identity))).to.deep.equal(fields((await c.identities.withAlias('email:ines@posteo.example'))[0]));
    expect(fields(customerOf(person, { firstAt: now, lastAt: now, conversations: 1, waitingSince: now }), 'lastAgentId', 'lastTeamId')).to.deep.equal(fields(await c.customers.get(real?.customerId ?? ''), 'lastAgentId', 'lastTeamId'));
    expect(fields(ledgerOf(made, talk, now))).to.deep.equal(fields(await c.ledger.get(`${channelId}:evt-1`)));
  });

  it('plans exactly as many messages as were ordered, in growing time, the last word being the customer’s where they wait', () => {
    const planned = planConversations({ messages: 5_000, conversations: 600, customers: 200 }, { now, agents: 5, teams: 2 });
    expect(planned.reduce((sum, one) => sum + one.times.length, 0)).to.equal(5_000);
    for (const one of planned) {
      for (let index = 1; index < one.times.length; index += 1) expect(one.times[index]).to.be.greaterThan(one.times[index - 1] ?? 0);
      expect(one.times.at(-1)).to.be.lessThan(now);
      if (one.status === 'waiting') expect(kindAt(one, one.times.length)).to.equal('in');
    }
  });
});
