import { expect } from 'chai';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { readRichText, richParts } from '../../../src/adapters/bluesky/facets.js';
import { recordKey, timeOf } from '../../../src/adapters/bluesky/ids.js';
import { parseNotification } from '../../../src/adapters/bluesky/parse.js';
import { parseLogEntry } from '../../../src/adapters/bluesky/parse-chat.js';
import { renderPosts } from '../../../src/adapters/bluesky/render.js';
import { createNewId } from '../../../src/compose/ids.js';
import type { MessageEvent } from '../../../src/inbox/model/event.js';

const context = { channelId: 'chan1', receivedAt: Date.UTC(2026, 9, 5, 9), did: 'did:plc:velowerkvelowerkvelowerk' };
const ines = 'did:plc:inesinesinesinesinesines';
const fixture = (name: string): unknown => JSON.parse(readFileSync(new URL(`../../fixtures/bluesky/${name}.json`, import.meta.url), 'utf8'));
function message(name: string): MessageEvent {
  const event = parseNotification(fixture(name), context);
  if (event.type !== 'message') throw new Error(`${name} is ${event.type}`);
  return event;
}

describe('Bluesky: what comes in', () => {
  it('a mention begins a public thread; our own name in front is no text, and the person is their DID', () => {
    const event = message('mention');
    expect(event.text).to.equal('mein Rad quietscht 🚲');
    expect(event.thread).to.deep.include({ key: `${event.externalId}|${ines}`, keyIs: 'exact', audience: 'public' });
    expect(event.sender).to.deep.include({ externalUserId: ines, displayName: 'Ines Kern', proof: 'channel', language: 'de' });
    expect(event.sender.aliases).to.deep.equal([{ type: 'username', value: 'ines.rad.example', proof: 'channel' }]);
  });

  it('links stand at bytes, not at letters', () => {
    expect(message('mention-with-link').text).to.equal('wär das was? 🚲 https://velowerk.example/hilfe');
  });

  it('an answer belongs to its root, and the next one answers it', () => {
    const event = message('reply');
    expect(event.thread.key).to.equal(`at://${context.did}/app.bsky.feed.post/3l5root222222|${ines}`);
    expect(event.thread.handle).to.have.nested.property('parent.uri', event.externalId);
    expect(event.thread.handle).to.have.nested.property('root.uri', `at://${context.did}/app.bsky.feed.post/3l5root222222`);
  });

  it('a quote shows what it quotes, a picture is to be fetched, a like is a reaction, a follow is ignored', () => {
    expect(message('quote').text).to.equal(`So geht Service\n\nhttps://bsky.app/profile/${context.did}/post/3l5root222222`);
    expect(message('mention-with-picture').remoteFiles?.[0]?.source).to.deep.equal({ did: ines, cid: `bafkrei${'b'.repeat(52)}` });
    expect(parseNotification(fixture('like'), context)).to.deep.include({ type: 'reaction', op: 'add', emoji: '❤️' });
    expect(parseNotification(fixture('follow'), context)).to.deep.include({ type: 'ignored', reason: 'follow: not a message' });
  });

  it('chats: messages and reactions, and what is no message says what it is', () => {
    const members = new Map([['3l5convo22222', [{ did: ines, handle: 'ines.rad.example', displayName: 'Ines Kern' }]]]);
    const read = (name: string) => parseLogEntry(fixture(name), context, members);
    expect(read('chat-message')).to.deep.include({ type: 'message', direction: 'in', externalId: 'chat/3l5convo22222/3l5msg2222222', text: 'Meine Bestellung 48213 ist nicht da.' });
    expect(read('chat-message')).to.have.nested.property('sender.displayName', 'Ines Kern');
    expect(read('chat-reaction')).to.deep.include({ type: 'reaction', op: 'add', emoji: '👍', target: 'chat/3l5convo22222/3l5msg2222223' });
    expect(read('chat-accept')).to.deep.include({ type: 'ignored', reason: 'logAcceptConvo: not a message' });
  });
});

describe('Bluesky: what goes out', () => {
  it('links are facets by UTF-8 bytes, also behind emoji and in a later part', () => {
    const [part] = richParts('🚲 für **dich**: [die Hilfe](https://velowerk.example/hilfe) oder https://velowerk.example/x.', { graphemes: 300, bytes: 3_000 });
    expect(part?.text).to.equal('🚲 für dich: die Hilfe oder https://velowerk.example/x.');
    const bytes = Buffer.from(part?.text ?? '');
    expect(part?.facets.map(({ index, features }) => [bytes.subarray(index.byteStart, index.byteEnd).toString(), features[0]?.uri])).to.deep.equal([
      ['die Hilfe', 'https://velowerk.example/hilfe'], ['https://velowerk.example/x', 'https://velowerk.example/x'],
    ]);
    const parts = richParts(`${'Wörter 🚲 '.repeat(60)} siehe [hier](https://velowerk.example/y)`, { graphemes: 300, bytes: 3_000 });
    const last = parts.at(-1);
    const facet = last?.facets[0];
    expect(Buffer.from(last?.text ?? '').subarray(facet?.index.byteStart, facet?.index.byteEnd).toString()).to.equal('hier');
  });

  it('what is written is read back the same, whatever stands around the link', () => {
    fc.assert(fc.property(fc.string({ maxLength: 40, unit: 'grapheme' }), fc.string({ maxLength: 40, unit: 'grapheme' }), (before, after) => {
      const plain = (text: string): string => text.replace(/[*_~`[\]()\\\s]/gu, '').replace(/https?:/gu, '');
      const [part] = richParts(`${plain(before)} [the page](https://velowerk.example/a) ${plain(after)}`, { graphemes: 300, bytes: 3_000 });
      expect(readRichText(part?.text ?? '', part?.facets, 'did:plc:x')).to.equal(`${plain(before)} [the page](https://velowerk.example/a) ${plain(after)}`.trim());
    }));
  });

  it('names in an answer call nobody', () => {
    const [part] = richParts('Ask @mila.rad.example or @everyone', { graphemes: 300, bytes: 3_000 });
    expect(part).to.deep.equal({ text: 'Ask @mila.rad.example or @everyone', facets: [] });
  });

  it('a key is a TID of the time the answer was written, the same for the same part and no other', () => {
    const now = Date.UTC(2026, 9, 5, 9);
    const newId = createNewId(() => now);
    const keys = new Set<string>();
    for (let n = 0; n < 500; n += 1) {
      const id = newId();
      expect(timeOf(id)).to.equal(now);
      for (const part of [0, 1]) {
        const key = recordKey(id, part);
        expect(key).to.match(/^[234567abcdefghij][234567a-z]{12}$/u);
        expect(recordKey(id, part)).to.equal(key);
        keys.add(key);
      }
    }
    expect(keys.size).to.be.greaterThan(990);
    expect(recordKey('no time in it')).to.match(/^[234567abcdefghij][234567a-z]{12}$/u);
  });

  it('the same answer is rendered to the very same records again', () => {
    const outbound = { messageId: createNewId(() => Date.UTC(2026, 9, 5, 9))(), text: 'Wort '.repeat(100) };
    expect(renderPosts(outbound, Date.UTC(2026, 9, 5, 10))).to.deep.equal(renderPosts(outbound, Date.UTC(2026, 9, 5, 11)));
  });
});
