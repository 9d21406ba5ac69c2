import { expect } from 'chai';
import { checkedGateway } from '../../../src/adapters/discord/verify.js';
import type { DeliveryTools, Outbound } from '../../../src/adapters/contract.js';
import type { Attachment } from '../../../src/inbox/model/message.js';
import type { Json } from '../../../src/inbox/model/common.js';
import { colleague, ids } from '../../support/fakes/discord-world.js';
import { discordTests, type holdDiscord, keep } from './held-discord.js';

const customer = { id: '712345678901234567', username: 'anna', global_name: 'Anna', discriminator: '0' };

describe('sending to Discord', () => {
  const { far, hold } = discordTests();
  const parts: string[] = [];
  const tools: DeliveryTools = {
    partSent: (id) => {
      parts.push(id);
      return Promise.resolve();
    },
    readFile: (file: Attachment) => Promise.resolve(Buffer.alloc(file.size, 7)),
  };
  const outbound = (given: Partial<Outbound>): Outbound => ({
    messageId: 'chan1:out-1', conversationId: 'c', seq: 1, attempt: 1, text: 'Hello', author: { type: 'agent', name: 'Jana' }, isAutomatic: false, attachments: [],
    to: { identityId: `discord:discord.com:${customer.id}`, externalUserId: customer.id }, threadKey: ids.support, sentParts: [], companyName: 'Velowerk', ...given,
  });
  let held: Awaited<ReturnType<typeof holdDiscord>>;
  beforeEach(async () => {
    parts.length = 0;
    held = await hold(keep());
  });
  const deliver = (given: Partial<Outbound>) => held.adapter.deliver(outbound(given), held.account, tools);
  const act = (action: Parameters<NonNullable<typeof held.adapter.act>>[0]) => held.adapter.act(action, { threadKey: ids.support, to: { identityId: 'x', externalUserId: customer.id } }, held.account);

  it('pings nobody, carries a nonce of at most 25 characters, and has it kept to', async () => {
    const outcome = await deliver({ text: '@everyone <@712345678901234567>', handle: { guild: ids.guild, thread: false }, answers: { messageId: 'm', externalId: '1441900000000000001', at: 0, name: 'Anna', text: '?' } });
    expect(outcome.result).to.equal('sent');
    const body = far().rest.ledger[0]?.body ?? {};
    expect(body['allowed_mentions']).to.deep.equal({ parse: [], replied_user: false });
    expect(body['enforce_nonce']).to.equal(true);
    expect(String(body['nonce'])).to.match(/^[\w-]{25}$/u);
    expect(body['message_reference']).to.deep.equal({ message_id: '1441900000000000001', fail_if_not_exists: false });
  });

  it('the same message twice within minutes is one message', async () => {
    const [one, two] = [await deliver({}), await deliver({ attempt: 2 })];
    expect(far().rest.ledger.length).to.equal(1);
    expect(one).to.deep.equal(two);
  });

  it('goes on behind the parts that an earlier attempt got through', async () => {
    const text = `${'word '.repeat(700)}end`;
    far().rest.state.bucket = false;
    const whole = await deliver({ text, attachments: [{ id: 'a', name: 'a.png', mime: 'image/png', size: 50, kind: 'image' }] });
    if (whole.result !== 'sent' || whole.externalIds === undefined) throw new Error(JSON.stringify(whole));
    expect(parts).to.deep.equal(whole.externalIds);
    const rest = await deliver({ messageId: 'chan1:out-2', text, sentParts: whole.externalIds.slice(0, 1) });
    expect(far().rest.ledger.length).to.equal(3);
    expect(rest).to.have.nested.property('externalIds[0]', whole.externalIds[0]);
    expect(far().rest.ledger[1]?.files).to.deep.equal([{ name: 'a.png', bytes: 50 }]);
  });

  it('opens direct messages with somebody there is no thread with', async () => {
    expect((await deliver({ threadKey: 'discord:discord.com:712345678901234567' })).result).to.equal('sent');
    expect(far().rest.ledger[0]?.conversation).to.equal(String(far().world.direct(customer)['id']));
  });

  it('asks again once when the answer is lost; lost twice, nobody knows', async () => {
    far().failNext('lost_answer');
    expect((await deliver({})).result).to.equal('sent');
    expect(far().rest.ledger.length).to.equal(1);
    far().rest.failNextWith('hang up');
    far().rest.failNextWith('hang up');
    expect((await deliver({ messageId: 'chan1:out-2' })).result).to.equal('unknown');
  });

  for (const [name, status, json, expected] of [
    ['no direct messages', 403, { code: 50_007, message: 'Cannot send messages to this user' }, { result: 'rejected', because: 'blocked' }],
    ['no common server', 403, { code: 50_278, message: 'Cannot send messages to this user due to having no mutual guilds' }, { result: 'rejected', because: 'blocked' }],
    ['no right to write', 403, { code: 50_013, message: 'Missing Permissions' }, { result: 'rejected' }],
    ['opening direct messages too fast', 403, { code: 40_003, message: 'You are opening direct messages too fast' }, { result: 'retry' }],
    ['a busy resource', 503, { code: 130_000, message: 'API resource is currently overloaded' }, { result: 'retry' }],
    ['a gateway that did not answer in time', 504, {}, { result: 'sent' }],
    ['files that are too large', 413, { code: 40_005, message: 'Request entity too large' }, { result: 'rejected', because: 'too_long' }],
    ['a page of a proxy', 403, undefined, { result: 'rejected', because: 'invalid' }],
  ] as [string, number, Json | undefined, object][]) {
    it(`${name}: ${JSON.stringify(expected)}`, async () => {
      far().rest.failNextWith({ status, ...(json === undefined ? { bytes: Buffer.from('<html>'), headers: { 'content-type': 'text/html' } } : { json }) });
      expect(await deliver({})).to.include(expected);
    });
  }

  it('a limit for all of the bot holds back the whole account', async () => {
    far().rest.failNextWith({ status: 429, json: { message: 'rate limited', retry_after: 3, global: true }, headers: { 'retry-after': '3', 'x-ratelimit-global': 'true', 'x-ratelimit-scope': 'global' } });
    const outcome = await deliver({});
    expect(outcome).to.include({ result: 'retry', scope: 'account' });
    expect(outcome).to.have.property('afterMs').that.is.at.least(2_900);
  });

  it('an empty bucket is kept to without asking Discord', async () => {
    for (let n = 0; n < 5; n += 1) expect((await deliver({ messageId: `chan1:n${n}` })).result).to.equal('sent');
    const before = far().rest.calls.length;
    const outcome = await deliver({ messageId: 'chan1:n5' });
    expect(outcome.result).to.equal('retry');
    expect(far().rest.calls.length).to.equal(before);
  });

  it('edits, deletes (twice is once), reacts and types', async () => {
    const sent = await deliver({});
    const target = sent.result === 'sent' ? sent.externalIds?.[0] ?? '' : '';
    expect((await act({ type: 'edit', target, text: 'Hello, **Anna**' })).result).to.equal('sent');
    expect(far().world.messages.get(target)).to.include({ content: 'Hello, **Anna**' });
    expect((await act({ type: 'react', target, emoji: '👍', on: true })).result).to.equal('sent');
    expect(far().rest.calls.at(-1)).to.include({ method: 'PUT', path: `/channels/${ids.support}/messages/${target}/reactions/👍/@me` });
    expect((await act({ type: 'typing', on: true })).result).to.equal('sent');
    expect((await act({ type: 'delete', target })).result).to.equal('sent');
    expect((await act({ type: 'delete', target })).result).to.equal('sent');
    expect(await act({ type: 'edit', target, text: 'x' })).to.include({ result: 'rejected', because: 'not_found' });
    expect(await act({ type: 'edit', target: '../../@me', text: 'x' })).to.include({ result: 'rejected' });
  });

  describe('files', () => {
    const source = (given: Record<string, Json>): Json => given;
    const fetchFile = (given: Json, maxBytes = 1_000_000) => held.adapter.fetchFile(given, held.account, { maxBytes });

    it('are fetched without our token, and asked for anew when their address has expired', async () => {
      const { message } = far().post(ids.support, colleague, { attachments: far().world.attachments([{ name: 'a.png', mime: 'image/png', bytes: Buffer.from('abc') }]) });
      const [file] = message['attachments'] as { id: string; url: string }[];
      if (file === undefined) throw new Error('no file');
      const at = { attachment: file.id, channel: ids.support, message: String(message['id']) };
      expect(await fetchFile(source({ url: file.url, ...at }))).to.deep.include({ bytes: Buffer.from('abc') });
      expect(far().rest.calls.at(-1)?.authorization).to.equal('');
      expect(await fetchFile(source({ url: file.url.replace(/ex=\w+/u, 'ex=1'), ...at }))).to.deep.include({ bytes: Buffer.from('abc') });
      expect(await fetchFile(source({ url: file.url, ...at }), 2)).to.have.property('gone');
      far().world.messages.delete(String(message['id']));
      expect(await fetchFile(source({ url: file.url.replace(/ex=\w+/u, 'ex=1'), ...at }))).to.have.property('gone');
    });

    it('are fetched from nowhere else', async () => {
      for (const url of ['https://cdn.discordapp.com.evil.example/a', 'http://cdn.discordapp.com/a', 'https://169.254.169.254/a', 'file:///etc/passwd', 'https://cdn.discordapp.com:8443/a']) {
        expect(await fetchFile(source({ url })), url).to.have.property('gone');
      }
    });
  });

  it('a test of the connection names each step, and what is wrong', async () => {
    const given = { ...far().settings, ...far().secrets };
    expect((await held.adapter.test(given)).steps.map(({ name, ok }) => [name, ok])).to.deep.equal([
      ['Bot token', true], ['Message Content Intent', true], ['Gateway', true], [`Channel ${ids.support}`, true], [`Channel ${ids.forum}`, true], [`Channel ${ids.closed}`, true],
    ]);
    far().rest.state.intentFlags = 0;
    far().rest.state.hidden.add(ids.closed);
    far().state.gatewayUrl = 'wss://gateway.evil.example';
    const report = await held.adapter.test(given);
    expect(report.ok).to.equal(false);
    expect(report.steps.filter(({ ok }) => !ok).map(({ name }) => name)).to.deep.equal(['Message Content Intent', 'Gateway', `Channel ${ids.closed}`]);
    const refused = await held.adapter.test({ ...given, token: 'A.token.that.was.reset.long.ago' });
    expect(refused.steps).to.have.length(1);
    expect(refused.steps[0]?.detail).to.contain('Reset Token');
  });

  it('the gap is read again on request, and known direct messages with it', async () => {
    const seen: string[] = [];
    const since = Date.now() - 60_000;
    far().post(ids.support, customer, { content: 'Long unread' });
    const result = await held.adapter.backFill(since, held.account, (events) => {
      seen.push(...events.map((event) => event.eventId));
      return Promise.resolve();
    });
    expect(result.found).to.equal(1);
    expect(seen).to.have.length(1);
  });

  it('only Discord’s own gateways, or the host that was typed, are signed in to', () => {
    const official = 'https://discord.com/api';
    for (const url of ['wss://gateway.discord.gg', 'wss://gateway-us-east1-b.discord.gg/']) expect(checkedGateway(url, official)).to.match(/^wss:\/\/gateway[\w-]*\.discord\.gg$/u);
    for (const url of ['ws://gateway.discord.gg', 'wss://discord.gg.evil.example', 'wss://gateway.discord.gg:1234', 'wss://x@gateway.discord.gg', 'wss://127.0.0.1', 'nonsense', undefined]) {
      expect(() => checkedGateway(url, official), String(url)).to.throw('gateway address');
    }
    expect(checkedGateway('wss://proxy.velowerk.example:8443/gateway', 'https://proxy.velowerk.example:8443/api')).to.equal('wss://proxy.velowerk.example:8443/gateway');
    expect(() => checkedGateway('ws://proxy.velowerk.example:8443/gateway', 'https://proxy.velowerk.example:8443/api')).to.throw();
    expect(() => checkedGateway('wss://gateway.discord.gg', 'https://proxy.velowerk.example/api')).to.throw();
  });
});
