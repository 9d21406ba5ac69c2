import { expect } from 'chai';
import { stopMirror } from '../../src/inbox/mirror-conversation.js';
import { sweepMirrors } from '../../src/workers/mirror.js';
import { eachEngine } from '../support/engines.js';
import { waitFor } from '../support/wait-for.js';
import { type MirrorWorld, openMirrorWorld, place } from './mirror-world.js';

eachEngine((_name, open) => {
  describe('a mirrored conversation', () => {
    let w: MirrorWorld;
    beforeEach(async () => {
      w = await openMirrorWorld(await open());
      await w.says('m1', 'My brake squeaks');
    });
    afterEach(() => w.close());

    /** Between the head and the words that it is mirrored; what came before stands first. */
    const talk = (): string[] => w.posted().slice(1).filter((text) => !text.startsWith('· ')).map((text) => text.split('\n').slice(1).join(' '));
    const outs = async () => (await w.messages()).filter((message) => message.kind === 'out');
    const rested = () => waitFor(async () => (await w.mirror())?.behind === false, { what: 'a mirror with nothing left to post' });

    it('begins with a head and what was said before, and goes on with every message, once and in order', async () => {
      const row = await w.start();
      expect(row.mirror).to.deep.equal({ channelId: 'team', place });
      await w.shows('My brake squeaks');
      await w.says('m2', 'It is the front one');
      await w.actions.reply(w.lena, row._id, { text: 'Please come by.', attachmentIds: [], clientId: 'client-1', force: true });
      await w.actions.note(w.lena, row._id, { text: 'A regular', attachmentIds: [], clientId: 'client-2', mentions: [] });
      const thread = await w.shows('A regular');
      await rested();
      expect(talk()).to.deep.equal(['My brake squeaks', 'It is the front one', 'Please come by.', 'A regular']);
      expect(w.posted()[0]).to.include('Ines Sommer').and.to.include('Web chat');
      expect(new Set(w.slack.accepted.slice(1).map((entry) => entry.threadTs))).to.deep.equal(new Set([thread]));
      expect((await w.start()).mirror, 'the same again changes nothing').to.deep.equal(row.mirror);
      expect((await w.messages()).filter((message) => message.step?.type === 'mirrored').length).to.equal(1);
    });

    it('is never begun in an imported one: answers from the thread would reach nobody', async () => {
      const row = await w.conversation();
      if (row === undefined) throw new Error('no conversation');
      await w.core.store.now.conversations.change(row._id, {}, { set: { facts: { ...row.facts, imported: true } } });
      const refused = await w.start().then(() => undefined, (error: unknown) => error);
      expect(String(refused)).to.include('it is history');
      expect(await w.mirror()).to.equal(undefined);
    });

    it('is answered from the thread, as the agent whose address Slack vouches for, through the outbox', async () => {
      w.slack.users.set('U0JANA', { name: 'jana', email: 'Lena@velowerk.example' });
      await w.start();
      const thread = await w.shows('My brake squeaks');
      const post = await w.writes(thread, 'Bring it *today*');
      await waitFor(() => w.far.ledger.length === 1, { what: 'the answer at the customer' });
      expect(w.far.ledger[0]?.text).to.equal('Bring it **today**');
      await rested();
      const [answer] = await outs();
      expect(answer?.author).to.deep.equal({ type: 'agent', id: 'lena', name: 'Lena Meyer' });
      expect(answer?.delivery?.state).to.equal('sent');
      await waitFor(async () => (await w.conversation())?.waitId === undefined, { what: 'the end of the wait' });
      expect((await w.conversation())).to.include({ assigneeId: 'lena' }).and.not.to.have.property('waitingSince');
      await post.again();
      await w.jobs.idle();
      expect((await outs()).length, 'the same post in another delivery').to.equal(1);
      expect(talk(), 'what was written in the thread is not posted there').to.deep.equal(['My brake squeaks']);
    });

    it('is answered by a colleague without an account of ours under their name in Slack, and their wait ends all the same', async () => {
      w.slack.users.set('U0JANA', { name: 'Jana Winter', email: 'jana@elsewhere.example' });
      await w.start();
      await w.writes(await w.shows('My brake squeaks'), 'Hello');
      await waitFor(async () => (await outs())[0]?.delivery?.state === 'sent', { what: 'the sent answer' });
      expect((await outs())[0]?.author).to.deep.equal({ type: 'outside', name: 'Jana Winter' });
      await waitFor(async () => (await w.c.waits.get('chat:m1'))?.answer?.by === 'outside', { what: 'the end of the wait' });
    });

    it('keeps a note inside', async () => {
      await w.start();
      await w.writes(await w.shows('My brake squeaks'), '// she came last week, too');
      await waitFor(async () => (await w.messages()).some((message) => message.kind === 'note'), { what: 'the note' });
      expect((await w.messages()).find((message) => message.kind === 'note')?.text).to.equal('she came last week, too');
      expect(w.far.ledger).to.deep.equal([]);
      expect((await w.conversation()).waitingSince).to.be.a('number');
    });

    it('takes files along, fetched before the answer goes out', async () => {
      await w.start();
      const file = w.slack.addFile({ name: 'map.pdf', mime: 'application/pdf', bytes: Buffer.from('the way to us') });
      await w.writes(await w.shows('My brake squeaks'), 'Here is the way', { files: [file] });
      await waitFor(() => w.far.ledger.length === 1, { what: 'the answer' });
      const [attachment] = (await outs())[0]?.attachments ?? [];
      expect(attachment).to.include({ name: 'map.pdf', size: 13 });
      expect((await w.blobs.get(attachment?.id ?? ''))?.toString()).to.equal('the way to us');
    });

    it('says in the thread when the answer did not know of something, and when it was not delivered', async () => {
      await w.start();
      const thread = await w.shows('My brake squeaks');
      await rested();
      w.state.on = false;
      await w.says('m2', 'Forget it, it is fine now');
      w.far.next.push({ result: 'rejected', reason: 'they have left' });
      await w.writes(thread, 'We open at nine');
      w.state.on = true;
      await waitFor(async () => (await outs())[0]?.delivery?.state === 'failed', { what: 'the failed answer' });
      w.time.offset += 61_000;
      await sweepMirrors(w.core, 10);
      await w.shows('before the newest message of Ines Sommer stood there');
      await w.shows('was not delivered: they have left');
    });

    it('ends with the word that answers end, and takes none after it', async () => {
      const row = await w.start();
      const thread = await w.shows('My brake squeaks');
      expect((await stopMirror(w.core, w.lena, row._id)).mirror).to.equal(undefined);
      await w.shows('ended the mirroring');
      await waitFor(async () => (await w.mirror())?.state === 'ended', { what: 'the end' });
      await w.says('m2', 'Still there?');
      await w.writes(thread, 'Too late');
      await w.jobs.idle();
      expect(await outs()).to.deep.equal([]);
      expect(w.posted().some((text) => text.includes('Still there'))).to.equal(false);
      expect((await w.c.ledger.page({ channelId: 'team', limit: 10 }))[0]).to.include({ state: 'ignored' });
    });

    it('that the platform refuses says so and goes on without', async () => {
      w.slack.failNext({ error: 'is_archived' });
      await w.start();
      await waitFor(async () => (await w.conversation()).mirror?.failed !== undefined, { what: 'the failure in the row' });
      expect((await w.messages()).at(-1)?.text).to.include('The channel is archived');
      await w.says('m2', 'Hello?');
      expect(w.posted()).to.deep.equal([]);
      await w.start();
      await w.shows('Hello?');
    });

    it('of bad weather shows everything once', async () => {
      for (const weather of ['lost', { status: 500 }, { status: 429, retryAfter: 1 }, 'reset'] as const) w.slack.failNext(weather);
      await w.start();
      for (let n = 2; n < 6; n += 1) await w.says(`m${n}`, `Message ${n}`);
      await waitFor(async () => {
        w.time.offset += 2_000;
        await sweepMirrors(w.core, 10);
        return w.posted().some((text) => text.includes('Message 5'));
      }, { what: 'the last message', everyMs: 100, timeoutMs: 20_000 });
      expect(talk()).to.deep.equal(['My brake squeaks', 'Message 2', 'Message 3', 'Message 4', 'Message 5']);
    });

    it('delays no answer to the customer while Slack hangs', async () => {
      w.slack.failNext('hang');
      const row = await w.start();
      await w.actions.reply(w.lena, row._id, { text: 'Please come by.', attachmentIds: [], clientId: 'client-1', force: true });
      await waitFor(() => w.far.ledger.length === 1, { what: 'the answer at the customer', timeoutMs: 2_000 });
      expect(w.posted()).to.deep.equal([]);
    });

    for (const point of ['mirror-taken', 'mirror-answered', 'mirror-advanced']) {
      for (const part of ['head', 'message']) {
        it(`shows its ${part} once after a death at “${point}”`, async () => {
          if (part === 'head') {
            const dead = w.dieAt(point);
            await w.start().catch(() => undefined);
            await dead;
          } else {
            await w.start();
            await w.shows('mirrors this conversation');
            await rested();
            const dead = w.dieAt(point);
            await w.says('m2', 'And the light').catch(() => undefined);
            await dead;
          }
          await w.jobs.idle();
          await w.restart();
          const wanted = part === 'head' ? ['My brake squeaks'] : ['My brake squeaks', 'And the light'];
          await w.shows(wanted.at(-1) ?? '');
          await w.jobs.idle();
          expect(talk()).to.deep.equal(wanted);
          expect(w.posted().filter((text) => text.includes('*Ines Sommer* · ')).length, 'heads').to.equal(1);
        });
      }
    }

    for (const point of ['ledger-written', 'event-durable', 'mirror-reply-taken', 'reply-outbox-written', 'reply-message-written', 'mirror-reply-written']) {
      it(`passes a reply on once after a death at “${point}”`, async () => {
        await w.start();
        const thread = await w.shows('mirrors this conversation');
        await rested();
        const dead = w.dieAt(point);
        const post = w.writes(thread, 'At nine');
        await Promise.all([dead, post.catch(() => undefined)]);
        await w.jobs.idle();
        await w.restart();
        for (const row of await w.c.ledger.unfinished(10)) w.core.jobs.add('apply', row._id);
        await w.jobs.idle();
        if ((await w.c.mirrorReplies.due(Number.MAX_SAFE_INTEGER, 1)).length === 0 && (await outs()).length === 0) await w.writes(thread, 'At nine');
        await waitFor(async () => {
          for (const row of await w.c.outbox.due(w.core.clock(), 10)) w.core.jobs.add('deliver', row._id);
          return w.far.ledger.length > 0;
        }, { what: 'the answer' });
        await w.jobs.idle();
        expect(w.far.ledger.map((sent) => sent.text)).to.deep.equal(['At nine']);
        expect((await outs()).length).to.equal(1);
        expect(await w.c.mirrorReplies.due(Number.MAX_SAFE_INTEGER, 1)).to.deep.equal([]);
      });
    }

    it('finds a reply whose thread was not known yet', async () => {
      const dead = w.dieAt('mirror-answered');
      await w.start().catch(() => undefined);
      await dead;
      await w.jobs.idle();
      w.core.crashAt = () => undefined;
      const thread = w.slack.accepted[0]?.ts ?? '';
      await w.writes(thread, 'I have it');
      expect(await outs()).to.deep.equal([]);
      await w.restart();
      await waitFor(() => w.far.ledger.length === 1, { what: 'the answer' });
      expect(w.far.ledger[0]?.text).to.equal('I have it');
    });
  });
});
