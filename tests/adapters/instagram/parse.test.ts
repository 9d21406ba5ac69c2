import { expect } from 'chai';
import { createInstagramAdapter } from '../../../src/adapters/instagram/index.js';
import { parseDirect } from '../../../src/adapters/meta/direct/parse.js';
import type { InboundEvent, MessageEvent } from '../../../src/inbox/model/event.js';
import { accountOf, outboundOf, toolsOf } from '../../support/fakes/outbound.js';
import { fixture } from '../meta/support.js';

const facts = { kind: 'instagram' as const, channelId: 'chan1', receivedAt: 1_763_000_001_000, accountId: '17841400000000099', appId: '4711000000000001' };
const parsed = (name: string): InboundEvent[] => parseDirect(fixture('instagram', name), facts).events;

function message(name: string): MessageEvent {
  const [event] = parsed(name);
  if (event?.type !== 'message') throw new Error(`${name} is ${event?.type ?? 'nothing'}`);
  return event;
}

describe('Instagram’s webhook', () => {
  it('a mention in a story is said, and its picture fetched', () => {
    const event = message('story-mention');
    expect(event.text).to.equal('Mentioned you in their story');
    expect(event.remoteFiles).to.have.length(1);
  });

  it('an answer to our story keeps the words and the story it is about', () => {
    const event = message('story-reply');
    expect(event).to.include({ text: 'How much is it?', quoted: 'In answer to your story' });
    expect(event.remoteFiles?.[0]?.name).to.equal('story');
  });

  it('unsend takes the message back', () => {
    expect(parsed('unsend')[0]).to.include({ type: 'delete', target: 'aWdfZAG1faXRlbTox01', by: 'author' });
  });

  it('a shared reel is words, its title, and the film', () => {
    expect(message('shared-post').text).to.equal('Like this\nShared a reel: Tour along the Rhine');
  });

  it('what Instagram does not pass on is shown as unreadable', () => {
    expect(message('unsupported').unreadable).to.contain('Instagram');
  });

  it('“seen” is told by message', () => {
    expect(parsed('seen')[0]).to.include({ type: 'receipt', state: 'read', upToId: 'aWdfZAG1faXRlbTox90' });
  });

  it('a reaction goes when it is taken back', () => {
    const [set, back] = parsed('reaction-and-back');
    expect(set).to.include({ type: 'reaction', op: 'set', emoji: '❤' });
    expect(back).to.include({ type: 'reaction', op: 'set' }).and.not.to.have.property('emoji');
  });

  it('an echo without an app is an answer from the phone', () => {
    expect(message('echo-app')).to.include({ direction: 'out' });
    expect(message('echo-app').sender.displayName).to.equal('Instagram');
  });

  it('a question about a product names it', () => {
    expect(message('product').quoted).to.equal('About the product 5001');
  });

  it('the dashboard’s test button arrives', () => {
    expect(message('test-button')).to.include({ text: 'random_text', externalId: 'random_mid' });
  });

  it('every new message comes as an edit as well, that changed nothing', () => {
    const body = { object: 'instagram', entry: [{ id: facts.accountId, messaging: [{ sender: { id: '1' }, recipient: { id: facts.accountId }, message_edit: { mid: 'x', num_edit: 0, text: 'same' } }] }] };
    expect(parseDirect(body, facts).events[0]).to.include({ type: 'ignored' });
  });
});

describe('sending by Instagram', () => {
  const sent = async (settings: object): Promise<string[]> => {
    const asked: string[] = [];
    const adapter = createInstagramAdapter({ clock: () => 0, fetch: (url) => {
      asked.push(url);
      return Promise.resolve({ status: 200, headers: {}, body: Buffer.from('{"recipient_id":"1","message_id":"m_1"}') });
    } });
    const given = adapter.settings.parse({ instagramId: '17841400000000099', appId: '4711', appSecret: 'app-secret-1', accessToken: 'IGAAtoken', verifyToken: '0123456789abcdef', ...settings });
    await adapter.deliver(outboundOf({ text: 'Yes', threadKey: '1' }), accountOf('instagram', given), toolsOf());
    return asked;
  };

  it('asks Instagram’s own API by the account, without a proof, and Facebook’s by the linked page, with one', async () => {
    expect(await sent({})).to.deep.equal(['https://graph.instagram.com/v24.0/17841400000000099/messages']);
    const [linked] = await sent({ pageId: '102030405060708', baseUrl: 'https://graph.facebook.com/' });
    expect(linked).to.match(/^https:\/\/graph\.facebook\.com\/v24\.0\/102030405060708\/messages\?appsecret_proof=[0-9a-f]{64}$/u);
  });
});
