import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import type { ParseFacts } from '../../../src/adapters/slack/envelope.js';
import { readMirrored } from '../../../src/adapters/slack/mirrored.js';
import { healthOf, parse } from '../../../src/adapters/slack/parse.js';
import type { InboundEvent } from '../../../src/inbox/model/event.js';
import { facts } from '../../contract/adapters/slack.js';

const fixture = (name: string): Record<string, unknown> => JSON.parse(readFileSync(new URL(`../../fixtures/slack/${name}.json`, import.meta.url), 'utf8')) as Record<string, unknown>;

function read(name: string, more: Partial<ParseFacts> = {}): InboundEvent {
  const [event, ...rest] = parse(fixture(name), { ...facts, ...more });
  expect(rest).to.deep.equal([]);
  if (event === undefined) throw new Error('nothing was read');
  return event;
}

describe('what Slack tells', () => {
  it('a direct message is one conversation, whatever it is written in', () => {
    expect(read('message-direct')).to.deep.include({
      type: 'message', direction: 'in', externalId: 'D0INES:1763800001.000100', occurredAt: 1_763_800_001_000, text: 'Hallo, mein Rad **quietscht** & ich wei<ss> nicht warum 🚲',
      sender: { kind: 'slack', scope: 'T0VELOWERK', externalUserId: 'U0INES', proof: 'channel', aliases: [] }, thread: { key: 'D0INES', keyIs: 'exact', handle: { channel: 'D0INES' } },
    });
  });

  it('in a channel each thread is one, begun by its root', () => {
    const key = 'C0HELP:1763800002.000200';
    expect(read('message-channel')).to.deep.include({ text: 'Who can help with order [4711](https://velowerk.example/o/4711)? cc @U0TAREK', thread: { key, keyIs: 'exact', handle: { channel: 'C0HELP', threadTs: '1763800002.000200' } } });
    expect(read('message-thread-reply')).to.have.nested.property('thread.key', key);
  });

  it('one post that comes as message and as app_mention is one post in two deliveries', () => {
    const [mention, message] = [read('app-mention'), read('message-of-the-mention')];
    expect(mention.eventId).not.to.equal(message.eventId);
    expect({ ...mention, eventId: '' }).to.deep.equal({ ...message, eventId: '' });
    expect(mention).to.include({ text: 'where is my *frame*?' });
  });

  it('files come with their address, those that lie elsewhere as a link, those of a shared channel by id', () => {
    expect(read('file-share')).to.deep.include({
      text: 'Measurements: https://drive.velowerk.example/d/1',
      remoteFiles: [
        { name: 'brake.jpg', mime: 'image/jpeg', size: 48_211, source: { id: 'F0BRAKE', url: 'https://files.slack.com/files-pri/T0VELOWERK-F0BRAKE/download/brake.jpg' } },
        { name: 'file 3', source: { id: 'F0CONNECT' } },
      ],
    });
  });

  it('an edit has the time of the edit as its revision; a preview of a link is none', () => {
    expect(read('message-changed')).to.deep.include({ type: 'edit', target: 'D0INES:1763800001.000100', threadKey: 'D0INES', revision: '1763800006.000000', text: 'Hallo, mein Rad ~~quietscht~~ klappert' });
    expect(read('message-unfurled')).to.include({ type: 'ignored' });
  });

  it('a deletion is one, also that of a thread’s root, which comes as a change', () => {
    expect(read('message-deleted')).to.deep.include({ type: 'delete', target: 'C0HELP:1763800003.000300', threadKey: 'C0HELP:1763800002.000200', by: 'author' });
    expect(read('thread-root-deleted')).to.deep.include({ type: 'delete', target: 'C0HELP:1763800002.000200', threadKey: 'C0HELP:1763800002.000200' });
  });

  it('reactions have characters, and names where there is none', () => {
    expect(read('reaction-added')).to.deep.include({ type: 'reaction', op: 'add', emoji: '👍🏼', target: 'C0HELP:1763800003.000300' });
    expect(read('reaction-removed')).to.deep.include({ op: 'remove', emoji: ':velowerk_party:', threadKey: 'D0INES' });
  });

  it('bots ask nobody; lines of the system are none of ours', () => {
    expect(read('bot-message')).to.include({ type: 'message', silent: 'a bot wrote this', text: 'Shop is up again' });
    expect(read('channel-join')).to.include({ type: 'ignored', reason: 'line of the system: channel_join' });
  });

  it('our own post is known by the id it carries, a file by the one it was sent with', () => {
    expect(read('own-echo')).to.include({ direction: 'out', echoOf: 'msg_1' });
    const body = fixture('own-echo');
    const event = body['event'] as Record<string, unknown>;
    const [file] = parse({ ...body, event: { ...event, metadata: undefined, subtype: 'file_share', files: [{ id: 'F7', name: 'plan.png' }] } }, { ...facts, messageOfFile: (id) => (id === 'file:F7' ? 'msg_2' : undefined) });
    expect(file).to.deep.include({ echoOf: 'msg_2', otherIds: ['file:F7'] });
  });

  it('metadata of a stranger with our name in it is no echo', () => {
    const body = fixture('own-echo');
    const event = body['event'] as Record<string, unknown>;
    const [forged] = parse({ ...body, event: { ...event, user: 'U0INES', app_id: 'A0OTHER', bot_profile: undefined } }, facts);
    expect(forged).to.include({ direction: 'in' }).and.not.have.property('echoOf');
  });

  it('a colleague who answers in a thread answered the customer; their own posts answer nobody', () => {
    expect(read('colleague-in-thread')).to.have.nested.property('recipient.externalUserId', 'U0INES');
    expect(read('message-channel', { colleagues: new Set(['U0INES']) })).to.include({ type: 'ignored' });
    expect(read('message-channel', { ownWorkspaceIsUs: true })).to.include({ type: 'ignored' });
    expect(read('message-direct', { colleagues: new Set(['U0INES']) }), 'to the app itself anybody is a customer').to.include({ direction: 'in' });
  });

  it('somebody of another company in a shared channel belongs to our workspace’s account', () => {
    const event = read('shared-channel', { ownWorkspaceIsUs: true });
    expect(event).to.include({ direction: 'in', text: 'Our pallets are @here late, see 22 November' });
    expect(event).to.have.nested.property('sender.scope', 'T0VELOWERK');
    expect(event).to.have.nested.property('sender.displayName', 'Mila Brandt');
  });

  it('only the channels that were chosen count; direct messages always do', () => {
    const channels = new Set(['C0OTHER']);
    expect(read('message-channel', { channels })).to.include({ type: 'ignored' });
    expect(read('message-direct', { channels })).to.include({ type: 'message' });
  });

  it('a pressed button says what stands on it', () => {
    expect(read('button-pressed')).to.deep.include({ type: 'message', direction: 'in', text: 'The \\*red* one', externalId: 'D0INES:choice:1763800022.002200' });
  });

  it('what is written in a team’s channel is never a customer’s word', () => {
    expect(readMirrored(read('mirror-reply'))).to.deep.include({ place: 'C0TEAM', thread: '1763800000.000001', text: 'The frame ships **tomorrow**.', note: false, by: { externalUserId: 'U0COLLEAGUE' }, externalId: 'C0TEAM:1763800017.001700' });
    expect(readMirrored(read('mirror-note'))).to.deep.include({ text: 'ask the workshop first', note: true });
    for (const name of ['mirror-reply', 'mirror-note', 'mirror-talk']) expect(read(name).type).to.equal('ignored');
    expect(readMirrored(read('mirror-talk'))).to.equal(undefined);
    expect(readMirrored(read('channel-join'))).to.equal(undefined);
  });

  it('a member who is known and changes is told; a stranger is not', () => {
    expect(read('user-change', { personName: () => 'Ines Kern' })).to.deep.include({ type: 'identity' }).and.have.nested.property('sender.aliases').deep.equal([{ type: 'email', value: 'ines@velowerk.example', proof: 'channel' }]);
    expect(read('user-change')).to.include({ type: 'ignored' });
  });

  it('what is not known is kept whole', () => {
    expect(read('unknown-kind')).to.deep.include({ type: 'ignored', reason: 'unknown kind bicycle_bell_rung', native: fixture('unknown-kind') });
  });

  it('the end of a token, and Slack holding back, are matters of health', () => {
    expect(healthOf(fixture('tokens-revoked'))).to.include({ state: 'broken' });
    expect(healthOf(fixture('app-rate-limited'))).to.include({ state: 'trouble' });
    expect(healthOf(fixture('message-direct'))).to.equal(undefined);
  });
});
