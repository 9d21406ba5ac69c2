import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { parse, type Parsed } from '../../../src/adapters/botframework/parse.js';
import { readHandle, render } from '../../../src/adapters/botframework/render.js';
import type { MessageEvent } from '../../../src/inbox/model/event.js';

const read = (name: string): Parsed => parse(JSON.parse(readFileSync(new URL(`../../fixtures/botframework/${name}.json`, import.meta.url), 'utf8')), { channelId: 'chan1', receivedAt: Date.UTC(2026, 9, 5, 9) });
function message(name: string): MessageEvent {
  const event = read(name).events[0];
  if (event?.type !== 'message') throw new Error(`${name} is ${event?.type ?? 'nothing'}`);
  return event;
}

describe('Bot Framework: what comes in', () => {
  it('Teams: a person is the directory’s, in their tenant; the second copy of the text is no file', () => {
    const event = message('teams-personal');
    expect(event.text).to.equal('Mein Rad quietscht & klappert');
    expect(event.remoteFiles).to.equal(undefined);
    expect(event.sender).to.deep.include({ scope: 'b2e7c1f0-1111-4000-8000-000000000001', externalUserId: '0aa1b2c3-2222-4000-8000-000000000002', displayName: 'Ines Kern', proof: 'channel', language: 'de-DE' });
    expect(event.thread).to.deep.include({ key: 'a:1personal', keyIs: 'exact' });
    expect(event.externalId).to.equal('a:1personal/1759654770123');
    expect(Math.floor(event.occurredAt ?? 0)).to.equal(Date.UTC(2026, 9, 5, 8, 59, 30, 123));
  });

  it('Teams: a channel’s thread is a conversation; our name is taken out, others stay', () => {
    const event = message('teams-channel-mention');
    expect(event.text).to.equal('wann öffnet @Tarek Aydin die Werkstatt?');
    expect(event.thread).to.deep.include({ key: '19:abc@thread.tacv2;messageid=1759654770123', subject: 'Kunden › Hilfe' });
    expect(event.externalId).to.equal('19:abc@thread.tacv2/1759654770123');
    expect(event.thread.handle).to.deep.include({ serviceUrl: 'https://smba.trafficmanager.net/emea/', channelId: 'msteams' });
  });

  it('Teams: formatting is read from the copy, files by their own links', () => {
    expect(message('teams-formatted').text).to.equal('Das ist **wirklich** *laut*, siehe `log.txt`\n\n- vorne\n- hinten');
    expect(message('teams-file').remoteFiles).to.deep.equal([{ name: 'rechnung.pdf', source: { url: 'https://velowerk.sharepoint.com/personal/ines/_layouts/15/download.aspx?UniqueId=1&tempauth=x' } }]);
  });

  it('Teams: edits, deletions, reactions and read receipts are about the post’s own id', () => {
    expect(read('teams-edit').events[0]).to.deep.include({ type: 'edit', target: 'a:1personal/1759654770123', revision: '2026-10-05T09:10:00.0000000Z', text: 'Mein Rad quietscht nicht mehr' });
    expect(read('teams-delete').events[0]).to.deep.include({ type: 'delete', target: 'a:1personal/1759654770123' });
    expect(read('teams-reaction').events[0]).to.deep.include({ type: 'reaction', target: 'a:1personal/1759654770200', emoji: '❤️', op: 'add' });
    expect(read('teams-read').events[0]).to.deep.include({ type: 'receipt', state: 'read', upToId: 'a:1personal/1759654770200' });
  });

  it('Web Chat: who somebody is counts only in that conversation, what the client sent again is the same message', () => {
    const event = message('webchat-message');
    expect(event.text).to.equal('Hallo **Velowerk**');
    expect(event.sender).to.deep.include({ scope: 'webchat.AbC123', externalUserId: 'r_user7' });
    expect(event.externalId).to.equal('AbC123/1759654770abc');
    expect(event.otherIds).to.deep.equal(['AbC123/AbC123|0000001']);
    const native = JSON.parse(readFileSync(new URL('../../fixtures/botframework/webchat-message.json', import.meta.url), 'utf8')) as Record<string, unknown>;
    const again = parse({ ...native, id: 'AbC123|0000009' }, { channelId: 'chan1', receivedAt: 0 }).events[0];
    expect(again).to.deep.include({ externalId: event.externalId });
    expect(again?.eventId).not.to.equal(event.eventId);
    expect(read('webchat-typing')).to.deep.equal({ events: [], typing: [{ channelId: 'chan1', threadKey: 'AbC123', on: true }] });
  });

  it('Direct Line: an id that is bound to a token counts everywhere', () => {
    const event = message('directline-image');
    expect(event.sender).to.deep.include({ scope: 'directline', externalUserId: 'dl_0815' });
    expect(event.remoteFiles?.[0]).to.deep.include({ name: 'rad.png', mime: 'image/png' });
    expect(event.text).to.equal('');
  });

  it('what a button sent is shown; members and invokes are ignored with their kind', () => {
    expect(message('card-submit').text.replaceAll('\\', '')).to.equal('{"choice":"Werkstatt"}');
    expect(read('teams-members').events[0]).to.deep.include({ type: 'ignored', reason: 'conversationUpdate: not a message' });
    expect(read('teams-invoke').events[0]).to.deep.include({ type: 'ignored', reason: 'invoke: not a message' });
  });
});

describe('Bot Framework: what goes out', () => {
  const handle = (channelId: string, isGroup = false) => ({ serviceUrl: 'https://smba.trafficmanager.net/emea/', channelId, conversation: { id: 'c1', isGroup }, bot: { id: 'b', name: 'Velowerk' }, user: { id: 'u', name: 'Ines' } });
  const text = '**Hallo** `x<y`, siehe [Seite](https://velowerk.example/?a=1&b=2)\n<at>Alle</at> _so_ 2 < 3';

  it('Teams gets its HTML subset, in which nobody is called', () => {
    expect(render({ text }, handle('msteams'))[0]).to.deep.include({
      textFormat: 'xml', text: '<strong>Hallo</strong> <code>x&lt;y</code>, siehe <a href="https://velowerk.example/?a=1&amp;b=2">Seite</a><br>&lt;at&gt;Alle&lt;/at&gt; <em>so</em> 2 &lt; 3',
    });
  });

  it('others get Markdown, in which somebody’s signs stay signs', () => {
    expect(render({ text: '**Hallo** snake_case\n# kein Titel\n1. keine Liste <b>' }, handle('webchat'))[0]).to.deep.include({ textFormat: 'markdown', text: '**Hallo** snake\\_case  \n\\# kein Titel  \n\\1. keine Liste &lt;b>' });
  });

  it('choices are buttons in a personal chat and lines in a group', () => {
    const choices = ['Werkstatt', 'Verkauf'];
    expect(render({ text: 'Wohin?', choices }, handle('msteams'))[0]?.suggestedActions?.actions.map(({ title }) => title)).to.deep.equal(choices);
    const [inGroup] = render({ text: 'Wohin?', choices }, handle('msteams', true));
    expect(inGroup?.suggestedActions).to.equal(undefined);
    expect(inGroup?.text).to.equal('Wohin?<br><br>- Werkstatt<br>- Verkauf');
  });

  it('a handle that says nothing of a place is none', () => {
    for (const wrong of [undefined, null, 'x', {}, { ...handle('msteams'), serviceUrl: 'nowhere' }, { ...handle('msteams'), conversation: {} }]) expect(readHandle(wrong)).to.equal(undefined);
    expect(readHandle(handle('msteams'))).to.deep.equal(handle('msteams'));
  });
});
