import { expect } from 'chai';
import { createTelegramAdapter } from '../../../src/adapters/telegram/index.js';
import { AppError } from '../../../src/errors.js';
import { createGuardedFetch, type GuardedFetch } from '../../../src/http/outbound/guarded-fetch.js';
import { accountOf, outboundOf, toolsOf } from '../../support/fakes/outbound.js';
import { startTelegram } from '../../support/fakes/telegram.js';

describe('An answer to Telegram', () => {
  let telegram: Awaited<ReturnType<typeof startTelegram>>;
  let fetch: GuardedFetch;
  let adapter: ReturnType<typeof createTelegramAdapter>;
  let account: ReturnType<typeof accountOf>;

  beforeEach(async () => {
    telegram = await startTelegram({ chats: 'group' });
    fetch = createGuardedFetch({ allow: telegram.allow });
    adapter = createTelegramAdapter({ fetch, clock: Date.now });
    account = accountOf('telegram', adapter.settings.parse({ ...telegram.settings, ...telegram.secrets }));
  });
  afterEach(async () => {
    await fetch.close();
    await telegram.stop();
  });

  const send = (what: Parameters<typeof outboundOf>[0], tools = toolsOf()) => adapter.deliver(outboundOf(what), account, tools);
  const calls = () => telegram.server.calls;

  it('goes to the topic, and quotes the question so that it is seen in a group', async () => {
    await send({ text: 'Here', threadKey: '-100500#t77', answers: { messageId: 'm', externalId: '-100500/301', at: 1, name: 'Anna', text: '?' } });
    expect(calls()[0]?.payload).to.deep.include({ chat_id: -100500, message_thread_id: 77, text: 'Here', reply_parameters: { message_id: 301, allow_sending_without_reply: true } });
  });

  it('goes through the business connection it came by', async () => {
    const outcome = await send({ text: 'Here', threadKey: 'bYkz_9/441201' });
    expect(calls()[0]?.payload).to.deep.include({ chat_id: 441201, business_connection_id: 'Ykz_9' });
    expect(outcome).to.deep.equal({ result: 'sent', externalIds: ['bYkz_9/441201/41'] });
  });

  it('finds a group under its new number, in the same attempt', async () => {
    telegram.state.moved.set(-4455, -100777);
    const outcome = await send({ text: 'Still here?', threadKey: '-4455' });
    expect(outcome).to.deep.equal({ result: 'sent', externalIds: ['-100777/41'] });
    expect(calls().map((call) => call.payload['chat_id'])).to.deep.equal([-4455, -100777]);
  });

  it('carries its words under the first file, and each file by itself', async () => {
    const attachments = [{ id: 'a', name: 'plan.png', mime: 'image/png', size: 10, kind: 'image' as const }, { id: 'b', name: 'invoice.pdf', mime: 'application/pdf', size: 10, kind: 'file' as const }];
    const tools = toolsOf();
    const outcome = await send({ text: 'See **both**', threadKey: '5', attachments }, tools);
    expect(calls().map((call) => [call.method, call.payload['caption'] ?? null])).to.deep.equal([['sendPhoto', 'See both'], ['sendDocument', null]]);
    expect(telegram.received().map((one) => one.files[0]?.name)).to.deep.equal(['plan.png', 'invoice.pdf']);
    expect(outcome).to.deep.equal({ result: 'sent', externalIds: ['5/41', '5/42'] });
    expect(tools.parts).to.deep.equal(['5/41']);
  });

  it('sends as a file what Telegram does not take as a picture', async () => {
    telegram.failNext('server_error');
    const attachments = [{ id: 'a', name: 'wide.png', mime: 'image/png', size: 10, kind: 'image' as const }];
    expect((await send({ text: '', threadKey: '5', attachments })).result).to.equal('retry');
    telegram.refuse('Bad Request: PHOTO_INVALID_DIMENSIONS');
    expect((await send({ text: '', threadKey: '5', attachments })).result).to.equal('sent');
    expect(calls().map((call) => call.method)).to.deep.equal(['sendPhoto', 'sendPhoto', 'sendDocument']);
  });

  it('goes on behind the parts that an earlier attempt got through', async () => {
    const text = 'word '.repeat(1_500);
    telegram.failNext('rate_limited');
    const first = await send({ text, threadKey: '5' });
    expect(first).to.deep.include({ result: 'retry', afterMs: 3_000 });
    const whole = await send({ text, threadKey: '5', sentParts: ['5/41'] });
    expect(whole.result === 'sent' && whole.externalIds?.[0]).to.equal('5/41');
    expect(telegram.received()).to.have.length(1);
  });

  it('ends when a file is no more, and waits when it cannot be read just now', async () => {
    const attachments = [{ id: 'a', name: 'a.pdf', mime: 'application/pdf', size: 10, kind: 'file' as const }];
    const failing = (error: Error) => ({ ...toolsOf(), readFile: () => Promise.reject(error) });
    expect(await send({ text: '', threadKey: '5', attachments }, failing(new AppError('gone', 'a.pdf is not stored any more')))).to.include({ result: 'rejected', because: 'invalid' });
    expect((await send({ text: '', threadKey: '5', attachments }, failing(new Error('EIO')))).result).to.equal('retry');
    expect(calls()).to.deep.equal([]);
  });

  it('leaves the parts that might take too long to the next attempt', async () => {
    let now = 0;
    const slow = createTelegramAdapter({ fetch, clock: () => (now += 5_000) });
    const attachments = ['a', 'b'].map((id) => ({ id, name: `${id}.pdf`, mime: 'application/pdf', size: 10, kind: 'file' as const }));
    const tools = toolsOf();
    expect((await slow.deliver(outboundOf({ text: '', threadKey: '5', attachments }), account, tools)).result).to.equal('retry');
    expect(await slow.deliver(outboundOf({ text: '', threadKey: '5', attachments, sentParts: tools.parts }), account, tools)).to.deep.equal({ result: 'sent', externalIds: ['5/41', '5/42'] });
    expect(telegram.received()).to.have.length(2);
  });

  it('offers the bot’s choices as keys in a private chat, and as a list elsewhere', async () => {
    await send({ text: 'Which?', threadKey: '5', choices: ['Blue', 'Green'] });
    await send({ text: 'Which?', threadKey: '-100500', choices: ['Blue', 'Green'] });
    expect(calls()[0]?.payload['reply_markup']).to.deep.include({ keyboard: [[{ text: 'Blue' }], [{ text: 'Green' }]] });
    expect(calls()[1]?.payload['text']).to.equal('Which?\n- Blue\n- Green');
  });

  it('is unknown when a gateway answers in Telegram’s place', async () => {
    telegram.answerOnce('gateway page');
    expect((await send({ text: 'Hello', threadKey: '5' })).result).to.equal('unknown');
  });

  it('never shows the token in what it says of an error', async () => {
    telegram.failNext('lost_answer');
    expect(JSON.stringify(await send({ text: 'Hello', threadKey: '5' }))).not.to.contain('AAFakeToken');
  });

  it('is edited, taken back and reacted to; a second time is no error', async () => {
    const context = { threadKey: '-100500', to: { identityId: 'x', externalUserId: 'x' } };
    expect((await adapter.act({ type: 'edit', target: '-100500/9', text: 'now *so*' }, context, account)).result).to.equal('sent');
    telegram.refuse('Bad Request: message is not modified');
    expect((await adapter.act({ type: 'edit', target: '-100500/9', text: 'now *so*' }, context, account)).result).to.equal('sent');
    telegram.refuse('Bad Request: there is no text in the message to edit');
    await adapter.act({ type: 'edit', target: '-100500/9', text: 'caption' }, context, account);
    await adapter.act({ type: 'delete', target: 'bYk/5/9' }, context, account);
    await adapter.act({ type: 'react', target: '-100500/9', emoji: '👍', on: true }, context, account);
    await adapter.act({ type: 'typing', on: true }, { ...context, threadKey: '-100500#t77' }, account);
    expect(calls().map((call) => call.method)).to.deep.equal(['editMessageText', 'editMessageText', 'editMessageText', 'editMessageCaption', 'deleteBusinessMessages', 'setMessageReaction', 'sendChatAction']);
    expect(calls()[0]?.payload['entities']).to.deep.equal([{ type: 'italic', offset: 4, length: 2 }]);
  });

  it('has its files fetched; of one over 20 MB it says so plainly', async () => {
    telegram.files.set('documents/f1', Buffer.from('pdf'));
    expect(await adapter.fetchFile({ fileId: 'f1' }, account, { maxBytes: 1_000 })).to.deep.equal({ bytes: Buffer.from('pdf') });
    telegram.refuse('Bad Request: file is too big', 'getFile');
    const large = await adapter.fetchFile({ fileId: 'f2' }, account, { maxBytes: 1_000 });
    expect('gone' in large && large.gone).to.contain('20 MB');
    expect(await adapter.fetchFile({ fileId: 'nowhere' }, account, { maxBytes: 1_000 })).to.have.property('gone');
    expect(await adapter.fetchFile({ fileId: 'f1' }, account, { maxBytes: 2 })).to.have.property('gone');
  });

  it('is tried out in Settings step by step', async () => {
    const report = await adapter.test(account.settings);
    expect(report.ok).to.equal(true);
    expect(report.steps.map((step) => step.name)).to.deep.equal(['Bot token', 'Groups', 'Business accounts', 'How messages arrive']);
    const wrong = await adapter.test(adapter.settings.parse({ ...telegram.settings, ...telegram.secrets, token: '7310042:AAanotherTokenThatNobodyKnows000000' }));
    expect(wrong.ok).to.equal(false);
    expect(wrong.steps[0]?.detail).to.contain('BotFather');
  });
});
