import { expect } from 'chai';
import type { Viewer } from '../../src/inbox/api.js';
import { applyBotActions } from '../../src/inbox/apply-bot-actions.js';
import { routeByHistory } from '../../src/compose/thinking.js';
import { continueByEmail } from '../../src/inbox/mark-delivery.js';
import { deliver } from '../../src/workers/deliver.js';
import { chatMessage, mail, openTestCore, type TestCore } from '../support/core.js';
import { eachEngine } from '../support/engines.js';
import { createFarEnd } from '../support/far-end.js';

eachEngine((_name, open) => {
  describe('a person on several channels', () => {
    let t: TestCore;
    let lena: Viewer;
    beforeEach(async () => {
      t = await openTestCore(await open(), { botActions: () => [] });
      await t.addChannel({ _id: 'chat', kind: 'webchat', name: 'Web chat' });
      await t.addChannel({ _id: 'mailbox', kind: 'email', name: 'support@', settings: { address: 'support@velowerk.example' } });
      lena = await t.addAgent({ _id: 'lena', name: 'Lena Maurer', role: 'administrator' });
    });
    afterEach(() => t.close());

    const ines = (proof: 'claimed' | 'channel') => [{ type: 'email' as const, value: 'ines@posteo.example', proof }];
    const conversationOn = async (channelId: string) => (await t.c.conversations.list({ view: 'open', agentId: 'x', limit: 20 })).find((row) => row.channelId === channelId);
    const person = async () => {
      const row = await conversationOn('chat');
      return t.reads.person(lena, row?.customerId ?? '');
    };

    it('is joined when both channels vouch for the address, and one story results', async () => {
      await t.receive(mail('one', 'The fork is wrong'));
      await t.receive(chatMessage('m1', 'Any news?', { aliases: ines('channel') }));
      const found = await person();
      expect(found?.identities.map((identity) => identity.kind).sort()).to.deep.equal(['email', 'webchat']);
      expect(found?.joins[0]).to.have.nested.property('join.state', 'joined');
      expect(found?.joins[0]?.join.reasons[0]).to.contain('both have proved');
      const story = await t.reads.timeline(lena, found?.customer._id ?? '', { limit: 10 });
      expect(story.messages.map((message) => message.text)).to.include.members(['The fork is wrong', 'Any news?']);
    });

    it('is only suggested when the address was typed, and joined when an agent says so', async () => {
      await t.receive(mail('one', 'The fork is wrong'));
      await t.receive(chatMessage('m1', 'Any news?', { aliases: ines('claimed') }));
      const before = await person();
      expect(before?.identities.length).to.equal(1);
      expect(before?.joins[0]).to.have.nested.property('join.state', 'suggested');
      await t.actions.decideJoin(lena, before?.joins[0]?.join._id ?? '', 'join');
      expect((await person())?.identities.length).to.equal(2);
    });

    it('comes apart again when a join is undone, each with all that it had', async () => {
      await t.receive(mail('one', 'The fork is wrong'));
      await t.receive(chatMessage('m1', 'Any news?', { aliases: ines('channel') }));
      const joined = await person();
      await t.actions.decideJoin(lena, joined?.joins[0]?.join._id ?? '', 'undo');
      const chat = await person();
      expect(chat?.identities.map((identity) => identity.kind)).to.deep.equal(['webchat']);
      expect(chat?.history.length).to.equal(1);
      const mailRow = await conversationOn('mailbox');
      expect((await t.reads.person(lena, mailRow?.customerId ?? ''))?.identities.map((identity) => identity.kind)).to.deep.equal(['email']);
    });

    it('stays apart when an agent has rejected the suggestion, also after the next message', async () => {
      await t.receive(mail('one', 'The fork is wrong'));
      await t.receive(chatMessage('m1', 'Any news?', { aliases: ines('claimed') }));
      await t.actions.decideJoin(lena, (await person())?.joins[0]?.join._id ?? '', 'reject');
      await t.receive(mail('two', 'Hello?', { repliesTo: ['<one@posteo.example>'] }));
      expect((await person())?.joins).to.deep.equal([]);
    });

    it('who left the chat gets the answer by mail, and answering it proves the address and brings both together', async () => {
      const far = createFarEnd(t);
      await t.receive(mail('one', 'The fork is wrong'));
      await t.receive(chatMessage('m1', 'Any news?', { aliases: ines('claimed') }));
      const chat = await conversationOn('chat');
      const { message } = await t.actions.reply(lena, chat?._id ?? '', { text: 'It ships today.', attachmentIds: [], clientId: 'client-1' });
      await deliver(far.deps, message._id);
      t.time.now += 3 * 60_000;
      await continueByEmail(t.core, { conversationId: chat?._id ?? '', mailboxId: 'mailbox', mayContinue: () => true });
      const page = await t.c.messages.page(chat?._id ?? '', { limit: 20 });
      const step = page.find((item) => item.step?.type === 'continued_by_email');
      await deliver(far.deps, step?._id ?? '');
      expect(far.ledger.at(-1)).to.include({ to: 'ines@posteo.example', text: 'It ships today.' });
      await t.receive(mail('reply', 'Thank you, and the invoice?', { repliesTo: [far.ledger.at(-1)?.externalId ?? ''], proof: 'claimed', dmarc: 'none', subject: 'Re: Your conversation with Velowerk' }));
      const row = await t.c.conversations.get(chat?._id ?? '');
      expect(row?.lastInSeq).to.be.greaterThan(step?.seq ?? 99);
      expect(row?.answerOn?.channelId).to.equal('mailbox');
      const found = await person();
      expect(found?.identities.flatMap((identity) => identity.aliases).every((alias) => alias.proof !== 'claimed')).to.equal(true);
      expect(found?.joins[0]).to.have.nested.property('join.state', 'joined');
    });

    it('is not answered by the bot once a human has spoken, even when its turn had begun before', async () => {
      await t.receive(chatMessage('m1', 'Hello'));
      const chat = await conversationOn('chat');
      const message = await t.c.messages.get('chat:m1');
      await t.actions.reply(lena, chat?._id ?? '', { text: 'Hello, I am Lena.', attachmentIds: [], clientId: 'client-1' });
      if (message === undefined) throw new Error('no message');
      await applyBotActions(t.core, { message, underOwnership: 0, actions: [{ type: 'say', text: 'Which order is it about?' }], botName: 'Assistant', decide: routeByHistory(t.core.times), routeNow: false });
      const page = await t.c.messages.page(chat?._id ?? '', { limit: 20 });
      expect(page.filter((item) => item.author.type === 'bot')).to.deep.equal([]);
    });

    it('goes to who knew them before, with the reason in the conversation', async () => {
      await t.addAgent({ _id: 'ana', name: 'Ana Nowak' });
      const pieter = await t.addAgent({ _id: 'pieter', name: 'Pieter Claes' });
      await t.receive(mail('one', 'The fork is wrong'));
      const first = await conversationOn('mailbox');
      await t.actions.reply(pieter, first?._id ?? '', { text: 'A new one comes', attachmentIds: [], clientId: 'client-1' });
      await t.actions.setStatus(lena, first?._id ?? '', 'resolved');
      await t.c.settings.change({ set: { botOn: false } });
      await t.receive(mail('other', 'Now the brakes', { subject: 'Brakes' }));
      await t.jobs.idle();
      const second = (await t.c.conversations.list({ view: 'open', agentId: 'x', limit: 5 })).find((row) => row.subject === 'Brakes');
      expect(second?.assigneeId).to.equal('pieter');
      expect(second?.routeReason).to.match(/Pieter Claes/u);
      const page = await t.c.messages.page(second?._id ?? '', { limit: 10 });
      expect(page.find((item) => item.step?.type === 'routed')?.step?.reason).to.equal(second?.routeReason);
    });

    it('is found by name, by address, and by anything they said', async () => {
      await t.receive(mail('one', 'The replacement fork has the wrong axle', { sender: { ...mail('x', '').sender, displayName: 'Inés Bauer' } }));
      expect((await t.reads.people(lena, { text: 'ines b', limit: 10 })).items.map((customer) => customer.name)).to.deep.equal(['Inés Bauer']);
      expect((await t.reads.people(lena, { text: 'ines@posteo.example', limit: 10 })).items.length).to.equal(1);
      const hits = await t.reads.search(lena, { text: 'axle from:ines', limit: 10 });
      expect(hits.messages.map((message) => message.text)).to.deep.equal(['The replacement fork has the wrong axle']);
    });
  });
});
