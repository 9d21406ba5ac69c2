import { expect } from 'chai';
import { ids } from '../../support/fakes/discord-world.js';
import { waitFor } from '../../support/wait-for.js';
import { discordTests, keep, texts } from './held-discord.js';

const anna = { id: 'anna', name: 'Anna Lindqvist' };
const piet = { id: 'piet', name: 'Piet Jansen' };

describe('Discord’s gateway', function () {
  this.timeout(30_000);
  const { far, hold } = discordTests();
  const say = (text: string, conversation = 'c1') => far().says({ conversation, from: anna, text });

  it('goes on with its session after a broken connection, and misses nothing', async () => {
    const kept = keep();
    const held = await hold(kept);
    await held.healthy();
    await say('One');
    await waitFor(() => texts(kept).length === 1);
    far().gateway.drop();
    await say('Two, while nobody listened');
    await held.healthy(2);
    await say('Three');
    await waitFor(() => texts(kept).length === 3);
    expect(texts(kept)).to.deep.equal(['One', 'Two, while nobody listened', 'Three']);
    expect(far().gateway.state.identifies).to.equal(1);
    expect(far().gateway.state.resumes).to.equal(1);
  });

  it('goes on with its session after a restart, edits and reactions of the time between included', async () => {
    const kept = keep();
    const first = await hold(kept);
    await first.healthy();
    const post = await say('One');
    await waitFor(() => texts(kept).length === 1);
    await first.stop();
    expect(far().gateway.state.closeCodes.at(-1)).to.equal(4200);
    const { edits, reacts } = far();
    if (typeof edits === 'string' || typeof reacts === 'string') throw new Error('the fake can edit');
    await edits(post, 'One, mended');
    await reacts(post, anna, '👍', true);
    await say('Two');
    const second = await hold(kept);
    await second.healthy(2);
    await waitFor(() => texts(kept).length === 2);
    expect(kept.events.map((event) => event.type)).to.deep.equal(['message', 'edit', 'reaction', 'message']);
    expect(far().gateway.state.identifies).to.equal(1);
  });

  it('a process that died without a goodbye takes nothing in twice', async () => {
    const kept = keep();
    const first = await hold(kept);
    await first.healthy();
    const post = await say('One');
    await waitFor(() => texts(kept).length === 1);
    const cursor = kept.cursor;
    const { reacts } = far();
    if (typeof reacts === 'string') throw new Error('the fake reacts');
    await reacts(post, anna, '👍', true);
    await reacts(post, anna, '👍', false);
    await reacts(post, anna, '👍', true);
    await say('Two');
    await waitFor(() => texts(kept).length === 2);
    await first.stop();
    const before = kept.events.map((event) => event.eventId);
    Object.assign(kept, { cursor, events: [] });
    const second = await hold(kept);
    await second.healthy(2);
    await waitFor(() => texts(kept).length === 1);
    expect(kept.events.map((event) => event.eventId)).to.deep.equal(before.slice(1));
    expect(new Set(before).size).to.equal(5);
    expect(far().gateway.state.identifies).to.equal(1);
  });

  it('signs in anew when the session is over, and reads what was missed, everywhere', async () => {
    const kept = keep();
    const first = await hold(kept);
    await first.healthy();
    await say('One');
    const direct = far().world.direct({ id: '712345678901234567', username: 'piet', global_name: 'Piet', discriminator: '0' });
    far().post(String(direct['id']), { id: '712345678901234567', username: 'piet', global_name: 'Piet', discriminator: '0' }, { content: 'Direct one' });
    await waitFor(() => texts(kept).length === 2);
    await first.stop();
    far().gateway.forgetSessions();
    await say('In the old post');
    await say('A new post', 'c2');
    far().post(ids.support, { id: '712345678901234568', username: 'mia', global_name: 'Mia', discriminator: '0' }, { content: 'In the channel' });
    far().post(ids.offTopic, { id: '712345678901234568', username: 'mia', global_name: 'Mia', discriminator: '0' }, { content: 'Not for us' });
    far().post(String(direct['id']), { id: '712345678901234567', username: 'piet', global_name: 'Piet', discriminator: '0' }, { content: 'Direct two' });
    const { outside } = far();
    if (typeof outside === 'string') throw new Error('the fake has colleagues');
    await outside('c2', 'A colleague in the meantime');
    const archived = await say('Put away since', 'c3');
    Object.assign(far().world.channels.get(far().channelOf('c3', {})) ?? {}, { thread_metadata: { archived: true, archive_timestamp: new Date().toISOString(), locked: false } });

    const second = await hold(kept);
    await second.healthy(2);
    expect(texts(kept)).to.include.members(['In the old post', 'A new post', 'In the channel', 'Direct two', 'A colleague in the meantime', 'Put away since']);
    expect(texts(kept)).not.to.include('Not for us');
    expect(new Set(texts(kept)).size).to.equal(8);
    expect(kept.events.find((event) => event.type === 'message' && event.text === 'A colleague in the meantime')).to.include({ direction: 'out' });
    expect(kept.events.find((event) => event.type === 'message' && event.externalId === archived.externalId)).to.have.nested.property('thread.subject', 'Post c3');
    expect(kept.cursor['hasGap']).to.equal(false);
  });

  it('more messages than fit on one page come in order', async () => {
    const kept = keep();
    const first = await hold(kept);
    await first.healthy();
    await say('0');
    await waitFor(() => texts(kept).length === 1);
    await first.stop();
    far().gateway.forgetSessions();
    for (let n = 1; n <= 230; n += 1) await say(String(n));
    const second = await hold(kept);
    await second.healthy(2);
    expect(texts(kept)).to.deep.equal(Array.from({ length: 231 }, (_, n) => String(n)));
  });

  it('says what to do when the message content intent is off, and does not knock again', async () => {
    far().gateway.state.contentAllowed = false;
    const kept = keep();
    await hold(kept);
    const broken = await waitFor(() => kept.health.find(({ state }) => state === 'broken'));
    expect(broken.text).to.contain('Message Content Intent');
    expect(far().gateway.state.identifies).to.equal(1);
  });

  it('a bot for direct messages alone asks for no privileged intent', async () => {
    far().gateway.state.contentAllowed = false;
    const kept = keep();
    const held = await hold(kept, { settings: { channels: [] } });
    await held.healthy();
    expect(far().gateway.state.intents & (1 << 15)).to.equal(0);
  });

  it('says what to do when the token is refused', async () => {
    const kept = keep();
    await hold(kept, { settings: { token: 'A.token.that.was.reset.long.ago' } });
    const broken = await waitFor(() => kept.health.find(({ state }) => state === 'broken'));
    expect(broken.text).to.contain('Reset Token');
    expect(far().gateway.state.connections).to.equal(0);
  });

  it('says so too when the gateway ends a session that stood', async () => {
    const kept = keep();
    const held = await hold(kept);
    await held.healthy();
    far().gateway.drop(4004);
    const broken = await waitFor(() => kept.health.find(({ state }) => state === 'broken'));
    expect(broken.text).to.contain('token');
  });

  for (const [name, url] of [['another host', 'ws://127.0.0.1:1/gateway'], ['no socket', 'http://169.254.169.254/'], ['a look-alike', 'wss://gateway.discord.gg.evil.example/']] as const) {
    it(`does not connect where ${name} is named as gateway`, async () => {
      far().state.gatewayUrl = url;
      const kept = keep();
      await hold(kept);
      const trouble = await waitFor(() => kept.health.find(({ text }) => text?.includes('gateway address')));
      expect(trouble.state).to.equal('trouble');
      expect(far().gateway.state.connections).to.equal(0);
    });
  }

  it('does not go on with a session at an address that only the session named', async () => {
    far().gateway.state.resumeUrl = 'ws://127.0.0.1:1/gateway';
    const kept = keep();
    await hold(kept);
    const trouble = await waitFor(() => kept.health.find(({ text }) => text?.includes('gateway address')));
    expect(trouble.state).to.equal('trouble');
    expect(JSON.stringify(kept.cursor)).not.to.contain('127.0.0.1:1/');
  });

  it('a gateway that ends every connection at once is asked ever more seldom', async () => {
    const kept = keep();
    const held = await hold(kept, { timing: { attemptMs: 200, attemptMaxMs: 60_000, identifyMs: 300, identifyMaxMs: 60_000 } });
    await held.healthy();
    const begun = Date.now();
    for (let n = 0; n < 4; n += 1) {
      await waitFor(() => far().gateway.isConnected());
      far().gateway.frame({ op: 9, d: false });
      await waitFor(() => far().gateway.state.identifies === n + 2, { timeoutMs: 15_000 });
    }
    // 300, 600, 1,200 and 2,400 after the one before.
    expect(Date.now() - begun).to.be.greaterThan(4_400);
    expect((kept.cursor['identifies'] as number[]).length).to.equal(5);
  });

  it('does not use up the last sign-ins of the day', async () => {
    far().rest.state.remaining = 5;
    const kept = keep();
    const held = await hold(kept);
    await waitFor(() => kept.health.find(({ text }) => text?.includes('sign-ins')));
    expect(far().gateway.state.identifies).to.equal(0);
    await held.stop();
  });

  it('nothing is lost while the store is away: the session is gone on with from what is stored', async () => {
    const kept = keep();
    const held = await hold(kept);
    await held.healthy();
    await say('One');
    await waitFor(() => texts(kept).length === 1);
    kept.refuse = 2;
    for (const text of ['Two', 'Three', 'Four']) await say(text);
    await waitFor(() => texts(kept).length === 4);
    expect(texts(kept)).to.deep.equal(['One', 'Two', 'Three', 'Four']);
    expect(far().gateway.state.identifies).to.equal(1);
    expect(far().gateway.state.resumes).to.be.at.least(1);
  });

  it('packets of a broken shape lose none of the others', async () => {
    const kept = keep();
    const held = await hold(kept);
    await held.healthy();
    await say('Before');
    for (const d of [null, 7, [], {}, { id: 'x', channel_id: {} }, { id: '1', channel_id: ids.support, guild_id: ids.guild }]) far().gateway.dispatch('MESSAGE_CREATE', d);
    far().gateway.dispatch('MESSAGE_DELETE_BULK', { channel_id: ids.support, guild_id: ids.guild, ids: ['12345678', null, 3] });
    await say('After');
    await waitFor(() => texts(kept).length === 2);
    expect(kept.events.filter((event) => event.type === 'ignored').length).to.be.at.least(5);
    expect(far().gateway.state.connections).to.equal(1);
  });

  it('takes nothing in from channels that nobody chose, and private channels are marked so', async () => {
    const kept = keep();
    const held = await hold(kept);
    await held.healthy();
    const mia = { id: '712345678901234568', username: 'mia', global_name: 'Mia', discriminator: '0' };
    far().post(ids.offTopic, mia, { content: 'Off topic' });
    far().post(ids.closed, mia, { content: 'Partners only' });
    far().post(ids.support, mia, { content: 'For all' });
    await waitFor(() => texts(kept).length === 2);
    expect(kept.events.map((event) => (event.type === 'message' ? [event.text, event.thread.audience, event.thread.subject] : []))).to.deep.equal([['Partners only', 'private', '#partners'], ['For all', 'public', '#support']]);
  });

  it('typing is told, and ends with the message', async () => {
    const kept = keep();
    const held = await hold(kept);
    await held.healthy();
    await say('Hello');
    const { typing } = far();
    if (typeof typing === 'string') throw new Error('the fake types');
    await typing('c1', piet, true);
    await waitFor(() => kept.typing.length === 1);
    await say('There');
    await waitFor(() => kept.typing.length === 2);
    expect(kept.typing.map(({ on }) => on)).to.deep.equal([true, false]);
  });

  it('names the channels that it may not read, and reads the others', async () => {
    const kept = keep();
    const first = await hold(kept);
    await first.healthy();
    await first.stop();
    far().gateway.forgetSessions();
    far().rest.state.hidden.add(ids.closed);
    await say('Still here');
    await hold(kept);
    const trouble = await waitFor(() => kept.health.find(({ text }) => text?.includes(ids.closed)));
    expect(trouble.state).to.equal('trouble');
    expect(texts(kept)).to.deep.equal(['Still here']);
  });

  it('many channels are looked at no faster than Discord allows, and one that is missing is named at the start', async () => {
    const channels = Array.from({ length: 60 }, (_, n) => `70000000000001${String(n).padStart(4, '0')}`);
    for (const id of channels.slice(1)) far().world.channels.set(id, { id, type: 0, guild_id: ids.guild, name: `c${id}`, permission_overwrites: [], last_message_id: null });
    const kept = keep();
    await hold(kept, { settings: { channels } });
    const trouble = await waitFor(() => kept.health[0]);
    expect(trouble).to.deep.equal({ state: 'trouble', text: `Not everything can be read. ${channels[0]}: the bot does not see it.` });
    expect(far().gateway.state.connections).to.equal(1);
  });

  it('stops in the middle of a handshake, and what comes of the socket later ends nothing', async () => {
    far().gateway.state.holdsHello = true;
    const held = await hold(keep());
    await waitFor(() => far().gateway.state.connections === 1);
    const from = performance.now();
    await held.stop();
    expect(performance.now() - from).to.be.lessThan(1_500);
    await far().gateway.stop();
  });

  it('stops at once while it waits', async () => {
    far().rest.state.remaining = 0;
    const kept = keep();
    const held = await hold(kept);
    await waitFor(() => kept.health.length > 0);
    const from = performance.now();
    await held.stop();
    expect(performance.now() - from).to.be.lessThan(1_000);
  });
});
