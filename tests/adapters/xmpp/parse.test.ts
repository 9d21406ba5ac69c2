import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { parse } from '../../../src/adapters/xmpp/parse.js';
import { stylingToMarks } from '../../../src/adapters/xmpp/styling.js';
import { readContent } from '../../../src/adapters/xmpp/read-content.js';
import { element, ns } from '../../../src/adapters/xmpp/stanza.js';
import type { InboundEvent } from '../../../src/inbox/model/event.js';
import { xmppContext } from '../../contract/adapters/xmpp.js';

const fixture = (name: string): unknown => JSON.parse(readFileSync(new URL(`../../fixtures/xmpp/${name}.json`, import.meta.url), 'utf8'));
const only = (name: string, context = xmppContext): InboundEvent => {
  const [event] = parse(fixture(name), context).events;
  if (event === undefined) throw new Error(`${name} gave no event`);
  return event;
};

describe('XMPP stanzas', () => {
  it('a chat message names its sender by the bare address and asks for a receipt', () => {
    const parsed = parse(fixture('chat-message'), xmppContext);
    expect(parsed.wantsReceipt).to.deep.equal({ to: 'mira.lindqvist@jabber.example/phone', id: '2f1c7a9e-11' });
    expect(parsed.events[0]).to.deep.include({ type: 'message', direction: 'in', text: 'My **new** bike squeaks 🚲', externalId: 'in mira.lindqvist@jabber.example 2f1c7a9e-11' });
    expect(parsed.events[0]).to.have.nested.property('sender.displayName', 'Mira Lindqvist');
    expect(parsed.events[0]).to.have.nested.property('sender.proof', 'channel');
  });

  it('a reply points at our message, and what it quotes for old clients is folded away', () => {
    expect(only('reply')).to.deep.include({ text: 'The blue one', quoted: 'Which bike?' });
    expect(only('reply')).to.have.nested.property('thread.repliesTo').that.deep.equals(['out mira.lindqvist@jabber.example chan1:out-jana-4711']);
  });

  it('corrections and retractions name posts of their own author and no others', () => {
    expect(only('correction')).to.deep.include({ type: 'edit', target: 'in mira.lindqvist@jabber.example 2f1c7a9e-11', text: 'My new bike squeaks badly' });
    expect(only('retraction')).to.deep.include({ type: 'delete', target: 'in mira.lindqvist@jabber.example 2f1c7a9e-11' });
  });

  it('receipts, markers, reactions, typing and errors become what they are', () => {
    expect(only('receipt')).to.deep.include({ type: 'delivery', state: 'delivered', targets: ['out mira.lindqvist@jabber.example chan1:out-jana-4711'] });
    expect(only('displayed')).to.deep.include({ type: 'receipt', state: 'read', upToId: 'out mira.lindqvist@jabber.example chan1:out-jana-4711' });
    expect(only('reaction')).to.deep.include({ type: 'reaction', op: 'set', emoji: '👍' });
    expect(parse(fixture('typing'), xmppContext)).to.deep.equal({ events: [], typing: { channelId: 'chan1', threadKey: 'chat mira.lindqvist@jabber.example', on: true } });
    expect(only('error')).to.deep.include({ type: 'delivery', state: 'failed' });
  });

  it('a file is fetched, not shown as a link; an encrypted message is shown as unreadable', () => {
    expect(only('file')).to.deep.include({ text: '', remoteFiles: [{ name: 'chain guard.jpg', source: { url: 'https://upload.jabber.example/f/chain%20guard.jpg' } }] });
    expect(only('omemo')).to.have.property('unreadable').that.contains('OMEMO');
  });

  it('what another device of ours sent is an answer; a copy that somebody else tells of is a forgery and nothing more', () => {
    expect(only('carbon-sent')).to.deep.include({ type: 'message', direction: 'out', text: 'Answered from my phone' });
    expect(only('carbon-forged')).to.deep.include({ type: 'ignored', reason: 'a copy that is not from our own account' });
  });

  it('in a room only what is said to us counts, the person is the occupant id, and history is left to the archive', () => {
    expect(only('room-addressed')).to.have.nested.property('sender.externalUserId', 'help@conference.velowerk.example/occ-mira-1');
    expect(only('room-addressed')).to.have.nested.property('thread.audience', 'public');
    expect(only('room-history')).to.deep.include({ type: 'ignored', reason: 'history of the room' });
    const said = fixture('room-addressed') as ReturnType<typeof element>;
    const chat = { ...said, children: [element('body', {}, 'good morning all'), ...said.children.slice(1)] };
    expect(parse(chat, xmppContext).events[0]).to.deep.include({ type: 'ignored', reason: 'not addressed to us' });
    expect(parse(chat, { ...xmppContext, roomMessages: 'all' }).events[0]).to.deep.include({ type: 'message' });
  });

  it('a post with an id that old clients use again and again is named by the archive', () => {
    const counted = element('message', { from: 'tarek@jabber.example/old', to: xmppContext.own, type: 'chat', id: '42' }, element('body', {}, 'Hi'), element('stanza-id', { xmlns: ns.sid, by: xmppContext.own, id: 'arc-9' }));
    expect(parse(counted, xmppContext).events[0]).to.deep.include({ externalId: 'by tarek@jabber.example arc-9', otherIds: ['in tarek@jabber.example 42'] });
  });

  it('control characters never reach the wire: one would end the session', () => {
    expect(element('body', {}, 'a\u0000b\u000cc\ud800d').children).to.deep.equal(['abc\uFFFDd']);
  });

  it('styling becomes marks, and signs that are none stay', () => {
    expect(stylingToMarks('*bold* _it_ ~no~ `x*y`').replaceAll('\\', '')).to.equal('**bold** *it* ~~no~~ `x*y`');
    expect(stylingToMarks('2 * 3 * 4 and snake_case_name')).to.equal('2 * 3 * 4 and snake_case_name');
    expect(readContent(element('message', {}, element('body', {}, '*not bold*'), element('unstyled', { xmlns: ns.unstyled }))).text).to.equal('\\*not bold*');
  });
});
