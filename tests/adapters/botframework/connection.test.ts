import { expect } from 'chai';
import { createBotFrameworkAdapter } from '../../../src/adapters/botframework/index.js';
import type { OutboundFetch } from '../../../src/adapters/contract.js';
import { createGuardedFetch } from '../../../src/http/outbound/guarded-fetch.js';
import { accountOf, answerOf, noteParts } from '../../support/collecting-host.js';
import { startBotFramework } from '../../support/fakes/botframework.js';

describe('Bot Framework: answers through CloudAdapter', () => {
  const closing: (() => Promise<void>)[] = [];
  const open = async () => {
    const far = await startBotFramework();
    const guarded = createGuardedFetch({ allow: far.allow });
    const asked: string[] = [];
    const fetch: OutboundFetch = (url, request) => {
      asked.push(`${request.method} ${new URL(url).pathname}`);
      return guarded(url, request);
    };
    const adapter = createBotFrameworkAdapter({ fetch, clock: Date.now });
    const account = accountOf('botframework', adapter.settings.parse({ ...far.settings, ...far.secrets }));
    const handle = { serviceUrl: far.server.serviceUrl, channelId: 'msteams', conversation: { id: 'a:1;messageid=7', isGroup: false }, bot: { id: 'b', name: 'Velowerk' }, user: { id: 'u', name: 'Ines' } };
    closing.push(() => guarded.close(), () => far.stop());
    return { far, adapter, account, handle, asked };
  };
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  it('every request of the SDK goes through the guarded client: one for the token, one for each answer', async () => {
    const { far, adapter, account, handle, asked } = await open();
    for (const text of ['One', 'Two']) expect((await adapter.deliver(answerOf(text, { handle }), account, noteParts())).result).to.equal('sent');
    expect(asked).to.deep.equal(['POST /velowerk.example/oauth2/v2.0/token', 'POST /emea/v3/conversations/a%3A1%3Bmessageid%3D7/activities', 'POST /emea/v3/conversations/a%3A1%3Bmessageid%3D7/activities']);
    expect(far.server.calls.length).to.equal(asked.length);
    expect(far.server.sent.map(({ activity }) => activity.text)).to.deep.equal(['One', 'Two']);
    expect(far.server.sent[0]?.conversation).to.equal('a:1;messageid=7');
  });

  it('nothing goes to a service URL that is not known, not even for a token', async () => {
    const { far, adapter, account, handle, asked } = await open();
    for (const serviceUrl of ['https://evil.example/', 'http://169.254.169.254/', 'http://127.0.0.1:1/', 'https://evil.trafficmanager.net/']) {
      expect(await adapter.deliver(answerOf('Secret', { handle: { ...handle, serviceUrl } }), account, noteParts()), serviceUrl).to.deep.include({ result: 'rejected' });
    }
    expect(asked).to.deep.equal([]);
    expect(far.server.tokensGiven).to.equal(0);
  });

  it('the SDK’s own retries are off: a failing channel is asked once an attempt', async () => {
    const { far, adapter, account, handle, asked } = await open();
    for (const [status, result] of [[502, 'retry'], [504, 'retry'], [412, 'retry'], [503, 'retry'], [500, 'unknown']] as const) {
      asked.length = 0;
      far.server.failNext = { status, code: 'ServiceError', message: 'Unknown' };
      expect((await adapter.deliver(answerOf('One', { handle }), account, noteParts())).result, String(status)).to.equal(result);
      expect(asked.filter((one) => one.includes('/activities')).length).to.equal(1);
    }
    expect(far.server.sent.length).to.equal(0);
  });

  it('goes on behind the parts that were taken, and tells each', async () => {
    const { far, adapter, account, handle } = await open();
    const outbound = answerOf('Ein längerer Satz über Fahrräder. '.repeat(700), { handle });
    const tools = noteParts();
    expect((await adapter.deliver(outbound, account, tools)).result).to.equal('sent');
    expect(tools.parts.length).to.equal(3);
    expect(tools.parts[0]).to.match(/^a:1\/\d+$/u);
    const again = await adapter.deliver({ ...outbound, sentParts: tools.parts.slice(0, 2) }, account, noteParts());
    expect(again.result).to.equal('sent');
    expect(far.server.sent.length).to.equal(4);
    expect(far.server.sent[3]?.activity.text).to.equal(far.server.sent[2]?.activity.text);
  });

  it('edits, deletes and shows that somebody types', async () => {
    const { far, adapter, account, handle } = await open();
    const about = { threadKey: 'a:1', handle, to: { identityId: 'x', externalUserId: 'u' } };
    expect((await adapter.act({ type: 'edit', target: 'a:1/17', text: '**new**' }, about, account)).result).to.equal('sent');
    expect((await adapter.act({ type: 'delete', target: 'a:1/17' }, about, account)).result).to.equal('sent');
    expect((await adapter.act({ type: 'typing', on: true }, about, account)).result).to.equal('sent');
    expect((await adapter.act({ type: 'react', target: 'a:1/17', emoji: '👍', on: true }, about, account)).result).to.equal('rejected');
    expect(far.server.updated).to.deep.equal([{ id: '17', text: '<strong>new</strong>' }]);
    expect(far.server.deleted).to.deep.equal(['17']);
    expect(far.server.typing).to.deep.equal(['a:1;messageid=7']);
  });

  it('our token goes to the channel’s host only, files elsewhere are read without it or not at all', async () => {
    const { far, adapter, account, asked } = await open();
    far.server.files.set('7', Buffer.from('a picture'));
    expect(await adapter.fetchFile({ url: `${far.server.serviceUrl}v3/attachments/7` }, account, { maxBytes: 1_000 })).to.have.property('bytes');
    asked.length = 0;
    for (const url of ['https://evil.example/x.png', 'http://velowerk.sharepoint.com/x', 'http://127.0.0.1:1/x', 'https://sharepoint.com.evil.example/x']) expect(await adapter.fetchFile({ url }, account, { maxBytes: 1_000 }), url).to.have.property('gone');
    expect(asked).to.deep.equal([]);
  });

  it('the test of a connection says what is wrong with the secret', async () => {
    const { far, adapter, account } = await open();
    expect((await adapter.test(account.settings)).ok).to.equal(true);
    far.server.failLogin = { status: 401, code: 'invalid_client', message: 'AADSTS7000222: The provided client secret keys are expired.\r\nTrace ID: x' };
    const report = await adapter.test(account.settings);
    expect(report.ok).to.equal(false);
    expect(report.steps.at(-1)?.detail).to.contain('has run out').and.not.to.contain('Trace');
    const { handle } = await open();
    expect(await adapter.deliver(answerOf('x', { handle: { ...handle, serviceUrl: far.server.serviceUrl } }), accountOf('botframework', { ...(account.settings as object) }), noteParts())).to.deep.include({ result: 'rejected', because: 'auth', channelBroken: true });
  });
});
