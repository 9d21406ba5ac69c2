import { expect } from 'chai';
import { createWhatsAppAdapter } from '../../../src/adapters/whatsapp/index.js';
import type { Outbound } from '../../../src/adapters/contract.js';
import type { Attachment } from '../../../src/inbox/model/message.js';
import { startWhatsApp } from '../../support/fakes/meta-whatsapp.js';
import { accountOf, outboundOf, toolsOf } from '../../support/fakes/outbound.js';
import { guardedFor } from '../meta/support.js';

const mega = 1024 * 1024;
const file = (name: string, mime: string, kind: Attachment['kind'], size = 1_000): Attachment => ({ id: name, name, mime, kind, size });

describe('sending by WhatsApp', () => {
  let far: Awaited<ReturnType<typeof startWhatsApp>>;
  let fetch: ReturnType<typeof guardedFor>;

  const setUp = () => {
    const adapter = createWhatsAppAdapter({ fetch, clock: Date.now });
    return { adapter, account: accountOf('whatsapp', adapter.settings.parse({ ...far.settings, ...far.secrets })) };
  };
  const send = (what: Partial<Outbound> & { text: string }) => {
    const { adapter, account } = setUp();
    return adapter.deliver(outboundOf({ threadKey: 'DE.1', to: { identityId: 'whatsapp:1:DE.1', externalUserId: 'DE.1' }, handle: { waId: '4915112345678', userId: 'DE.1', last: 'wamid.in1' }, ...what }), account, toolsOf());
  };
  const body = (at = 0): Record<string, unknown> => far.ledger[at]?.body ?? {};

  beforeEach(async () => {
    far = await startWhatsApp();
    fetch = guardedFor(far.graph.host);
  });
  afterEach(async () => {
    await fetch.close();
    await far.stop();
  });

  it('goes to the number where it is known, with our message’s id and WhatsApp’s formatting', async () => {
    expect(await send({ text: 'It is **ready**, ~~today~~ _tomorrow_: [map](https://velowerk.example/map)' })).to.have.property('result', 'sent');
    expect(body()).to.deep.include({ to: '4915112345678', biz_opaque_callback_data: 'chan1:out-agent1-1', text: { body: 'It is *ready*, ~today~ _tomorrow_: map (https://velowerk.example/map)', preview_url: false } });
    expect(body()).not.to.have.property('recipient');
  });

  it('goes to the user id where that is all there is, and to a group as such', async () => {
    await send({ text: 'Hello', handle: { userId: 'DE.1' } });
    await send({ text: 'Hello all', handle: { userId: 'DE.1', group: 'Y2Fw' } });
    expect(body(0)).to.include({ recipient: 'DE.1', recipient_type: 'individual' }).and.not.to.have.property('to');
    expect(body(1)).to.include({ to: 'Y2Fw', recipient_type: 'group' });
  });

  it('up to three choices are buttons, more are a list, and equal-looking ones are told apart', async () => {
    await send({ text: 'When?', choices: ['Friday', 'Pick it up at the workshop in Freiburg', 'Pick it up at the workshop in Basel'] });
    await send({ text: 'When?', choices: ['Mon', 'Tue', 'Wed', 'Thu'] });
    const buttons = (body(0)['interactive'] as { type: string; action: { buttons: { reply: { id: string; title: string } }[] } });
    expect(buttons.action.buttons.map((button) => button.reply.title)).to.deep.equal(['Friday', 'Pick it up at the w…', 'Pick it up at th (2)']);
    expect(buttons.action.buttons[1]?.reply.id).to.equal('choice:Pick it up at the workshop in Freiburg');
    expect(body(1)['interactive']).to.have.property('type', 'list');
  });

  it('one picture and few words are one message; what WhatsApp takes as no picture goes as a document', async () => {
    await send({ text: 'The plan', attachments: [file('plan.png', 'image/png', 'image')] });
    await send({ text: 'Two', attachments: [file('large.png', 'image/png', 'image', 6 * mega), file('drawing.svg', 'image/svg+xml', 'image')] });
    expect(far.ledger.map((row) => row.body['type'])).to.deep.equal(['image', 'document', 'document', 'text']);
    expect(body(0)['image']).to.have.property('caption', 'The plan');
    expect(body(2)['document']).to.have.property('filename', 'drawing.svg');
  });

  it('an upload that fails is tried again, as nobody has seen anything of it', async () => {
    const { adapter, account } = setUp();
    const outcome = await adapter.deliver(outboundOf({ text: '', threadKey: 'x', attachments: [file('a.pdf', 'application/pdf', 'file')] }), account, { ...toolsOf(), readFile: () => Promise.reject(new Error('disk')) });
    expect(outcome).to.have.property('result', 'retry');
    expect(far.ledger).to.deep.equal([]);
  });

  it('offers the templates that can be filled in with a list of texts, and sends one', async () => {
    far.templates.push(
      { name: 'order_ready', language: 'en', status: 'APPROVED', components: [{ type: 'BODY', text: 'Hello {{1}}, order {{2}} is ready. See you, {{1}}!' }, { type: 'FOOTER', text: 'Velowerk' }] },
      { name: 'with_picture', language: 'en', status: 'APPROVED', components: [{ type: 'HEADER', format: 'IMAGE' }, { type: 'BODY', text: 'Look' }] },
      { name: 'named', language: 'en', status: 'APPROVED', parameter_format: 'NAMED', components: [{ type: 'BODY', text: 'Hello {{name}}' }] },
      { name: 'tracking', language: 'en', status: 'APPROVED', components: [{ type: 'BODY', text: 'On its way' }, { type: 'BUTTONS', buttons: [{ type: 'URL', url: 'https://velowerk.example/{{1}}' }] }] },
      { name: 'waiting', language: 'en', status: 'PENDING', components: [{ type: 'BODY', text: 'Not yet' }] },
    );
    const { adapter, account } = setUp();
    expect(await adapter.templates(account)).to.deep.equal([{ name: 'order_ready', language: 'en', text: 'Hello {{1}}, order {{2}} is ready. See you, {{1}}!\nVelowerk', values: 2 }]);
    await send({ text: 'Hello Ines, order 417 is ready.', template: { name: 'order_ready', language: 'en', values: ['Ines', '417'] } });
    expect(body()['template']).to.deep.equal({ name: 'order_ready', language: { code: 'en' }, components: [{ type: 'body', parameters: [{ type: 'text', text: 'Ines' }, { type: 'text', text: '417' }] }] });
  });

  it('reacts, tells “seen”, and shows that somebody writes by the customer’s last message', async () => {
    const { adapter, account } = setUp();
    const context = { threadKey: 'DE.1', handle: { waId: '4915112345678', last: 'wamid.in9' }, to: { identityId: 'x', externalUserId: 'DE.1' } };
    for (const action of [{ type: 'react', target: 'wamid.in1', emoji: '👍', on: true }, { type: 'read', target: 'wamid.in1' }, { type: 'typing', on: true }, { type: 'typing', on: false }] as const) {
      expect(await adapter.act(action, context, account)).to.have.property('result', 'sent');
    }
    expect(far.actions).to.have.length(3);
    expect(far.actions[2]).to.deep.include({ message_id: 'wamid.in9', typing_indicator: { type: 'text' } });
  });

  it('media come in two steps, both with the token; what is too large or gone is not asked again', async () => {
    const { adapter, account } = setUp();
    far.graph.media.set('500001', { bytes: Buffer.from('picture'), mime: 'image/jpeg' });
    const found = await adapter.fetchFile({ mediaId: '500001' }, account, { maxBytes: 1_000 });
    expect('bytes' in found && [found.bytes.toString(), found.mime]).to.deep.equal(['picture', 'image/jpeg']);
    expect(await adapter.fetchFile({ mediaId: '500001' }, account, { maxBytes: 3 })).to.have.property('gone');
    expect(await adapter.fetchFile({ mediaId: '999' }, account, { maxBytes: 1_000 })).to.have.property('gone');
    expect(await adapter.fetchFile({ mediaId: '../me' }, account, { maxBytes: 1_000 })).to.have.property('gone');
  });

  it('“test connection” proves number, token and webhook', async () => {
    const { adapter, account } = setUp();
    const report = await adapter.test(account.settings);
    expect(report.steps.map((step) => [step.name, step.ok])).to.deep.equal([['Number', true], ['Access token', true], ['Webhook', true]]);
    const wrong = await adapter.test(adapter.settings.parse({ ...far.settings, ...far.secrets, appSecret: 'another secret' }));
    expect(wrong.ok).to.equal(false);
  });
});
