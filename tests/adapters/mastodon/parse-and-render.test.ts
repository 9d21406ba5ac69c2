import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { parseNotification, type ParseContext } from '../../../src/adapters/mastodon/parse.js';
import { render, readHandle } from '../../../src/adapters/mastodon/render.js';
import { measure } from '../../../src/adapters/lib/measure.js';
import type { MessageEvent } from '../../../src/inbox/model/event.js';

const context: ParseContext = {
  channelId: 'chan1', receivedAt: Date.UTC(2026, 9, 5, 9), scope: 'velowerk.example', domain: 'velowerk.example',
  me: { accountId: '100', acct: 'velowerk', profileUrl: 'https://velowerk.example/@velowerk' }, roots: new Map([['5003', '4000']]),
};
const fixture = (name: string): unknown => JSON.parse(readFileSync(new URL(`../../fixtures/mastodon/${name}.json`, import.meta.url), 'utf8'));
function message(name: string): MessageEvent {
  const event = parseNotification(fixture(name), context);
  if (event.type !== 'message') throw new Error(`${name} is ${event.type}`);
  return event;
}

describe('Mastodon: what comes in', () => {
  it('a public mention is a public conversation; our own name in front is no text', () => {
    const event = message('mention-public');
    expect(event.text).to.equal('mein Rad quietscht & klappert.\nWas nun?\n\nMehr: https://velowerk.example/hilfe/bremsen-einstellen');
    expect(event.thread).to.deep.include({ key: '5001:200', keyIs: 'exact', audience: 'public' });
    expect(event.sender).to.deep.include({ scope: 'velowerk.example', externalUserId: '200', displayName: 'Ines Kern', proof: 'channel' });
    expect(event.sender.aliases).to.deep.equal([{ type: 'username', value: 'ines@rad.example', proof: 'channel' }]);
    expect(event.occurredAt).to.equal(Date.UTC(2026, 9, 5, 8, 59, 30));
  });

  it('a direct message is private, and one thread with that person whatever it answers', () => {
    const event = message('mention-direct');
    expect(event.thread.audience).to.equal(undefined);
    expect(event.thread.key).to.equal('direct:200');
    expect(readHandle(event.thread.handle)?.visibility).to.equal('direct');
  });

  it('an answer belongs to the thread whose root was looked up; other people’s names stay', () => {
    const event = message('mention-reply');
    expect(event.thread).to.deep.include({ key: '4000:200', audience: 'unlisted' });
    expect(event.text).to.equal('@tarek@rad.example bei mir auch');
  });

  it('formatting becomes marks, a content warning stands first', () => {
    expect(message('mention-formatted').text).to.equal('**Geräusche**\n\ndas ist **wirklich** *laut*, siehe `log.txt`\n\n- vorne\n- hinten\n\n> Zitat');
  });

  it('pictures are named, bots are silent, favourites are reactions, follows are ignored', () => {
    expect(message('mention-media').remoteFiles).to.deep.equal([{ name: 'rad.jpg', source: { url: 'https://files.velowerk.example/media/77/original/rad.jpg' } }]);
    expect(message('mention-bot').silent).to.equal('written by a bot');
    expect(parseNotification(fixture('favourite'), context)).to.deep.include({ type: 'reaction', target: '6001', op: 'add', emoji: '⭐' });
    expect(parseNotification(fixture('update'), context)).to.deep.include({ type: 'edit', target: '5001', revision: '2026-10-05T09:10:00.000Z', text: 'mein Rad quietscht nicht mehr.' });
    expect(parseNotification(fixture('follow'), context)).to.deep.include({ type: 'ignored', reason: 'follow: not a message' });
  });
});

describe('Mastodon: what goes out', () => {
  const handle = { statusId: '5002', visibility: 'direct', mention: 'ines@rad.example' };
  const facts = { textMax: 500, perUrl: 23 };

  it('names the person and keeps the audience and the content warning in every part', () => {
    const posts = render({ text: 'Wort '.repeat(300) }, { ...handle, spoiler: 'Rad' }, facts);
    expect(posts.length).to.be.greaterThan(2);
    for (const post of posts) {
      expect(post.status).to.match(/^@ines@rad\.example /u);
      expect(post).to.deep.include({ visibility: 'direct', spoiler_text: 'Rad' });
      expect(measure(post.status, 'grapheme')).to.be.at.most(500);
    }
  });

  it('writes marks as plain words and calls nobody else', () => {
    const [post] = render({ text: '**Please** ask @mila or @tarek@rad.example, see [the page](https://velowerk.example/a); info@velowerk.example' }, handle, facts);
    expect(post?.status).to.equal('@ines@rad.example Please ask @\u200bmila or @\u200btarek@rad.example, see the page (https://velowerk.example/a); info@velowerk.example');
  });

  it('counts a short link as long as the server does', () => {
    const posts = render({ text: `${'a'.repeat(460)} http://a.bc` }, handle, facts);
    expect(posts.length).to.equal(2);
  });

  it('takes no handle whose mention is none', () => {
    for (const mention of ['', 'a b', '@x', 'x@y z', 'ines @everyone']) expect(readHandle({ statusId: '1', visibility: 'direct', mention }), mention).to.equal(undefined);
    expect(readHandle({ statusId: '1', visibility: 'everybody', mention: 'ines' })).to.equal(undefined);
  });
});
