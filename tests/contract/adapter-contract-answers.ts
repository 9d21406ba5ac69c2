import { expect } from 'chai';
import { measure } from '../../src/adapters/lib/measure.js';
import { waitFor } from '../support/wait-for.js';
import { ines, offered } from './adapter-contract-tools.js';
import type { AdapterWorld } from './adapter-world.js';
import type { AdapterUnderTest, Failure } from './fake-platform.js';

const words = (text: string): string => text.normalize('NFKC').replace(/[^\p{L}\p{N}]+/gu, '');

/** What goes out: once, in order, in the channel's own idiom, and with an honest end. */
export function answersContract(under: AdapterUnderTest, world: () => AdapterWorld): void {
  const begin = async (w: AdapterWorld): Promise<string> => (await w.arrived(await w.farEnd.says({ conversation: 'c1', from: ines, text: 'A question' }))).conversationId;

  it('an answer reaches the customer once, and their clock stops', async () => {
    const w = world();
    const conversationId = await begin(w);
    const sent = await w.answer(conversationId, 'The answer is yes.');
    expect(sent.delivery?.state).to.be.oneOf(['sent', 'delivered', 'read']);
    const received = await waitFor(() => (w.farEnd.received().length > 0 ? w.farEnd.received() : undefined));
    expect(received.map((one) => words(one.text))).to.deep.equal([words('The answer is yes.')]);
    expect(received[0]?.conversation).to.equal('c1');
    await w.settle();
    expect((await w.c.conversations.get(conversationId))?.waitingSince).to.equal(undefined);
  });

  it('answers go out in the order they were written', async function () {
    this.timeout(60_000);
    const w = world();
    const conversationId = await begin(w);
    const texts = ['One', 'Two', 'Three'];
    for (const text of texts) await w.actions.reply(w.viewer, conversationId, { text, attachmentIds: [], clientId: `order-${text}`, force: true });
    await waitFor(() => w.farEnd.received().length >= 3, { timeoutMs: 45_000, what: 'three answers' });
    expect(w.farEnd.received().map((one) => words(one.text))).to.deep.equal(texts);
  });

  it('a long answer is cut between graphemes, each part within the limit, and no word is lost', async function () {
    this.timeout(90_000);
    const w = world();
    const { textMax, textUnit, partsMax = 1 } = w.adapter.capabilities;
    if (partsMax < 2 || textMax > 50_000) offered(this, `one part of ${textMax} ${textUnit} is all the channel sends`, 'splitting');
    const conversationId = await begin(w);
    const word = textUnit === 'segment' ? 'Fahrrad ' : 'Fährräder 👩🏽‍🔧 ';
    const per = textUnit === 'segment' ? 153 : 1;
    let text = '';
    while (measure(text, textUnit) <= textMax * 1.4) text += word.repeat(Math.max(1, Math.ceil((textMax * per) / 60)));
    const sent = await w.answer(conversationId, text.trim(), { until: ['sent', 'delivered', 'read', 'failed', 'unknown'] });
    expect(sent.delivery?.state, sent.delivery?.reason).to.be.oneOf(['sent', 'delivered', 'read']);
    const parts = w.farEnd.received();
    expect(parts.length).to.be.greaterThan(1);
    for (const part of parts) {
      expect(measure(part.text, textUnit)).to.be.at.most(textMax);
      expect(part.text).not.to.match(/^[\u200d\ufe0f\u{1f3fb}-\u{1f3ff}]|[\ud800-\udbff]$/u);
    }
    expect(words(parts.map((part) => part.text).join(''))).to.equal(words(text));
    expect(sent.delivery?.ids?.length).to.equal(parts.length);
  });

  it('formatting survives the way out and back', async function () {
    const w = world();
    if (!w.adapter.capabilities.outbound.includes('formatting')) offered(this, 'the channel has no formatting', 'formatting');
    const saysBack = offered(this, w.farEnd.saysBack?.bind(w.farEnd) ?? 'the far end does not say it back', 'formatting');
    const conversationId = await begin(w);
    const text = 'This is **bold**, this is `code` and 2 < 3 & 4 > 1; snake_case and 2 * 3 * 4 stay.';
    await w.answer(conversationId, text);
    const received = await waitFor(() => w.farEnd.received()[0]);
    const back = await w.arrived(await saysBack(received, ines));
    expect(back.text.replaceAll('\\', '')).to.equal(text);
  });

  it('customer’s words that an agent quotes ping nobody', async () => {
    const w = world();
    const conversationId = await begin(w);
    const sent = await w.answer(conversationId, 'You wrote "@everyone <!channel> <@U1> @here". Fine.');
    expect(sent.delivery?.state, sent.delivery?.reason).to.be.oneOf(['sent', 'delivered', 'read']);
    expect(words(w.farEnd.received()[0]?.text ?? '')).to.contain(words('Fine'));
  });

  it('files go out with an answer', async function () {
    const w = world();
    if (!w.adapter.capabilities.outbound.includes('files')) offered(this, 'the channel carries no files out', 'files');
    const conversationId = await begin(w);
    const bytes = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64');
    const file = await w.actions.addUpload(w.viewer, { name: 'plan.png', maxBytes: 1_000_000, bytes: (async function* () { yield await Promise.resolve(bytes); })() });
    const sent = await w.answer(conversationId, 'See the plan', { attachmentIds: [file.id] });
    expect(sent.delivery?.state, sent.delivery?.reason).to.be.oneOf(['sent', 'delivered', 'read']);
    expect(w.farEnd.received().flatMap((one) => one.files.map((each) => each.bytes))).to.deep.equal([bytes.length]);
  });

  for (const order of ['before', 'after'] as const) {
    it(`our own message that comes back ${order} the send call’s answer is no second one`, async function () {
      const w = world();
      const echoes = offered(this, w.farEnd.echoes, 'echoes');
      const conversationId = await begin(w);
      echoes(order);
      const sent = await w.answer(conversationId, 'Only one of me, please, also when I come back.');
      const rowsBefore = (await w.ledger()).length;
      await waitFor(async () => (await w.ledger()).length >= Math.max(2, rowsBefore), { what: 'the echo in the ledger' });
      await w.settle();
      expect((await w.talk(conversationId)).filter((one) => one.kind === 'out').map((one) => one._id)).to.deep.equal([sent._id]);
    });
  }

  for (const state of ['delivered', 'read'] as const) {
    it(`the customer has ${state} it: the message says so`, async function () {
      const w = world();
      const receipt = offered(this, w.farEnd.receipt, 'receipts');
      if (!w.adapter.capabilities.inbound.includes(state)) offered(this, `the channel tells of no "${state}"`, 'receipts');
      const conversationId = await begin(w);
      const sent = await w.answer(conversationId, 'Did you see this?');
      const [received] = w.farEnd.received();
      if (received === undefined) throw new Error('nothing was received');
      await receipt(received, state);
      await waitFor(async () => (await w.c.messages.get(sent._id))?.delivery?.state === state, { what: state });
    });
  }

  for (const [failure, expected] of Object.entries(under.errors) as [Failure, NonNullable<(typeof under.errors)[Failure]>][]) {
    it(`an answer that meets “${failure}” ends as the platform means it`, async function () {
      this.timeout(60_000);
      const end = offered(this, expected, failure);
      const w = world();
      const conversationId = await begin(w);
      w.farEnd.failNext(failure);
      const from = Date.now();
      const done = await w.answer(conversationId, 'Through thick and thin', { until: end.result === 'rejected' ? ['failed'] : end.result === 'unknown' ? ['unknown'] : ['sent', 'delivered', 'read'] });
      if (end.retryAfterMs !== undefined) expect(Date.now() - from, 'it waited as long as it was told').to.be.at.least(end.retryAfterMs - 20);
      if (end.because !== undefined) expect(done.delivery?.because).to.equal(end.because);
      if (end.channelBroken === true) await waitFor(() => w.broken.length > 0, { what: 'the broken channel' });
      await w.settle();
      const taken = w.farEnd.received().length;
      expect(taken, 'accepted at the far end').to.equal(end.result === 'rejected' ? 0 : 1);
      if (end.result === 'unknown') expect((await w.c.outbox.ofConversation(conversationId)).length, 'never retried blindly').to.equal(0);
      const blocked = (await w.c.conversations.get(conversationId))?.replyBlocked;
      if (['window_closed', 'blocked', 'opted_out'].includes(end.because ?? '')) expect(blocked?.because).to.equal(end.because);
    });
  }
}
