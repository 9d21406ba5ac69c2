import { expect } from 'chai';
import { createSmsAdapter } from '../../../src/adapters/sms/index.js';
import { createGuardedFetch, type GuardedFetch } from '../../../src/http/outbound/guarded-fetch.js';
import type { InboundEvent } from '../../../src/inbox/model/event.js';
import { accountOf, outboundOf, toolsOf } from '../../support/fakes/outbound.js';
import { accountSid, hookUrl, ourNumber, startTwilio } from '../../support/fakes/twilio.js';

const threadKey = `${ourNumber}/+4915155500001`;

describe('An answer by SMS', () => {
  let twilio: Awaited<ReturnType<typeof startTwilio>>;
  let fetch: GuardedFetch;
  let adapter: ReturnType<typeof createSmsAdapter>;
  let account: ReturnType<typeof accountOf>;

  beforeEach(async () => {
    twilio = await startTwilio();
    fetch = createGuardedFetch({ allow: twilio.allow });
    adapter = createSmsAdapter({ fetch, clock: Date.now });
    account = accountOf('sms', adapter.settings.parse({ ...twilio.settings, ...twilio.secrets }));
  });
  afterEach(async () => {
    await fetch.close();
    await twilio.stop();
  });

  const send = (text: string, more: { attempt?: number; messageId?: string } = {}) => adapter.deliver(outboundOf({ text, threadKey, ...more }), account, toolsOf());
  const posts = () => twilio.server.requests.filter((request) => request.method === 'POST');

  it('goes from the number that was written to, as words without marks, and asks to be told', async () => {
    expect((await send('**Ready** at 5, see [the shop](https://velowerk.example)')).result).to.equal('sent');
    expect(Object.fromEntries(posts()[0]?.form ?? [])).to.deep.equal({ To: '+4915155500001', From: ourNumber, Body: 'Ready at 5, see the shop (https://velowerk.example)', StatusCallback: `${hookUrl}?m=out-agent1-1` });
  });

  it('lets a messaging service choose the sender where one is set', async () => {
    const service = accountOf('sms', adapter.settings.parse({ ...twilio.settings, ...twilio.secrets, messagingService: 'MG0123456789abcdef0123456789abcdef' }));
    await adapter.deliver(outboundOf({ text: 'Hello', threadKey }), service, toolsOf());
    expect(posts()[0]?.form.get('MessagingServiceSid')).to.equal('MG0123456789abcdef0123456789abcdef');
  });

  it('is found in the account’s list when its answer is lost, and not sent twice', async () => {
    twilio.failNext('lost_answer');
    expect(await send('Lost and found')).to.deep.equal({ result: 'sent', externalIds: [twilio.ledger[0]?.externalId] });
    expect(posts()).to.have.length(1);
  });

  it('ends as unknown while the list does not show it; the agent’s retry finds it', async () => {
    twilio.state.lists = false;
    twilio.failNext('lost_answer');
    expect((await send('Late in the list')).result).to.equal('unknown');
    twilio.state.lists = true;
    expect(await send('Late in the list', { attempt: 2 })).to.deep.equal({ result: 'sent', externalIds: [twilio.ledger[0]?.externalId] });
    expect(posts()).to.have.length(1);
  });

  it('is sent by the agent’s retry when it never arrived', async () => {
    twilio.failNext('server_error');
    expect((await send('Once more')).result).to.equal('retry');
    expect((await send('Once more', { attempt: 2 })).result).to.equal('sent');
    expect(twilio.ledger).to.have.length(1);
  });

  it('is not mistaken for an earlier message with the same words', async () => {
    await send('ok', { messageId: 'chan1:out-agent1-1' });
    twilio.failNext('server_error');
    expect((await send('ok', { messageId: 'chan1:out-agent1-2' })).result).to.equal('retry');
    expect((await send('ok', { messageId: 'chan1:out-agent1-2', attempt: 2 })).result).to.equal('sent');
    expect(twilio.ledger.map((row) => row.text)).to.deep.equal(['ok', 'ok']);
  });

  it('is not sent with files, which Twilio would fetch from a public address', async () => {
    const outcome = await adapter.deliver(outboundOf({ text: 'x', threadKey, attachments: [{ id: 'a', name: 'a.png', mime: 'image/png', size: 1, kind: 'image' }] }), account, toolsOf());
    expect(outcome.result).to.equal('rejected');
    expect(posts()).to.deep.equal([]);
  });

  it('holds the whole account back when Twilio has too much of it, or its queue is full', async () => {
    twilio.failNext('rate_limited');
    expect(await send('x')).to.include({ result: 'retry', afterMs: 3_000, scope: 'account' });
    twilio.answerOnce({ status: 400, body: { code: 21611, message: 'This From number has exceeded the maximum number of queued messages', status: 400 } });
    expect(await send('x')).to.include({ result: 'retry', afterMs: 600_000, scope: 'account' });
  });

  it('is unknown when a gateway answers in Twilio’s place and the list shows nothing', async () => {
    twilio.answerOnce({ status: 502, bytes: Buffer.from('<html>Bad Gateway</html>'), type: 'text/html' });
    expect((await send('x')).result).to.equal('unknown');
  });

  it('never shows the auth token in what it says of an error', async () => {
    twilio.state.lists = false;
    twilio.failNext('lost_answer');
    expect(JSON.stringify(await send('x'))).not.to.contain(twilio.secrets['authToken']);
  });

  it('has media fetched with the account’s password, from Twilio’s addresses only', async () => {
    const path = `/2010-04-01/Accounts/${accountSid}/Messages/MM1/Media/ME1`;
    twilio.media.set(path, { bytes: Buffer.from('jpeg'), mime: 'image/jpeg' });
    expect(await adapter.fetchFile({ url: `${twilio.server.url}${path}` }, account, { maxBytes: 100 })).to.deep.equal({ bytes: Buffer.from('jpeg'), mime: 'image/jpeg' });
    expect(await adapter.fetchFile({ url: `${twilio.server.url}${path}` }, account, { maxBytes: 2 })).to.have.property('gone');
    const asked = twilio.server.requests.length;
    for (const url of ['https://evil.example/x', 'https://api.twilio.com.evil.example/x', 'http://api.twilio.com/x', 'https://api.twilio.com:8443/x', 'https://u:p@evil.example/', 'file:///etc/passwd', '']) {
      expect(await adapter.fetchFile({ url }, account, { maxBytes: 100 }), url).to.have.property('gone');
    }
    expect(twilio.server.requests).to.have.length(asked);
  });

  it('is tried out in Settings: account, number, and where Twilio posts', async () => {
    expect((await adapter.test(account.settings)).steps.map((step) => [step.name, step.ok])).to.deep.equal([['Account', true], ['Number', true], ['Webhook', true]]);
    twilio.state.hookUrl = 'https://old.example/sms';
    const report = await adapter.test(account.settings);
    expect(report.ok).to.equal(false);
    expect(report.steps.at(-1)?.detail).to.contain('https://old.example/sms').and.to.contain(hookUrl);
    const wrong = await adapter.test(adapter.settings.parse({ ...twilio.settings, authToken: '00000000000000000000000000000000' }));
    expect(wrong.steps).to.have.length(1);
    expect(wrong.steps[0]?.detail).to.contain('20003');
  });

  it('back-fills what came while nobody listened, under the ids that the webhook has', async () => {
    const first = await twilio.says({ conversation: 'c1', from: { id: 'i', name: 'Ines' }, text: 'one' });
    await twilio.says({ conversation: 'c1', from: { id: 'i', name: 'Ines' }, text: 'two' });
    const events: InboundEvent[] = [];
    const result = await adapter.backFill(Date.now() - 60_000, account, (more) => {
      events.push(...more);
      return Promise.resolve();
    });
    expect(result).to.deep.equal({ found: 2, complete: true });
    expect(events.map((event) => event.type === 'message' && event.text)).to.deep.equal(['one', 'two']);
    expect(events[0]?.eventId).to.equal(`in:${first.externalId}`);
  });
});
