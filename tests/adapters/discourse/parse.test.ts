import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { type Facts, parse } from '../../../src/adapters/discourse/parse.js';
import type { InboundEvent, MessageEvent } from '../../../src/inbox/model/event.js';

const facts: Facts = {
  channelId: 'chan1', receivedAt: 5, verifiedBy: 'signature', scope: 'community.velowerk.example', apiUsername: 'velowerksupport', staff: new Set(), staffByRole: true, privateMessages: true,
};

function read(name: string, event: string | undefined, more: Partial<Facts> & { instance?: string; id?: string } = {}): InboundEvent {
  const { instance, id = '70001', ...rest } = more;
  const body: unknown = JSON.parse(readFileSync(new URL(`../../fixtures/discourse/${name}.json`, import.meta.url), 'utf8'));
  const [found] = parse(body, { event, id, instance }, { ...facts, ...rest });
  if (found === undefined) throw new Error('no event');
  return found;
}

function message(name: string, more: Partial<Facts> = {}): MessageEvent {
  const event = read(name, 'post_created', more);
  if (event.type !== 'message') throw new Error(`${name} is ${event.type}: ${'reason' in event ? event.reason : ''}`);
  return event;
}

describe('what a Discourse community tells', () => {
  it('a post in a topic is a message in public, with the topic’s title', () => {
    const event = message('post-created');
    expect(event.text).to.equal('Seit gestern springt die Kette. **Immer** im dritten Gang, auch mit `index 3`.\n\n- neu geölt\n- Schaltauge gerade');
    expect(event.thread).to.deep.equal({ key: 'topic:905', keyIs: 'exact', audience: 'public', subject: 'Kette springt im dritten Gang', handle: { postNumber: 1 } });
    expect(event.sender).to.deep.equal({ kind: 'discourse', scope: 'community.velowerk.example', externalUserId: '101', proof: 'channel', displayName: 'Ines Kern', aliases: [{ type: 'username', value: 'ines_kern', proof: 'channel' }] });
    expect(event).to.deep.include({ direction: 'in', externalId: '4101', occurredAt: Date.parse('2026-09-14T09:30:12.345Z') });
  });

  it('quotes are folded, uploads become files, and other Markdown becomes our marks', () => {
    const event = message('post-with-quote-and-uploads');
    expect(event.text).to.equal('So sah es bei mir aus:\n\nUnd **danach** war\\_es #gut.');
    expect(event.quoted).to.equal('ines_kern: Immer im dritten Gang');
    expect(event.remoteFiles).to.deep.equal([{ name: 'Ritzel von oben.jpeg', source: { upload: 'aB3dE5fG7h.jpeg' } }, { name: 'plan_B.pdf', source: { upload: 'xY9zW8vU7t.pdf' } }]);
  });

  it('one post is one event, whatever the delivery’s number; each change is another, also with the version unchanged', () => {
    const ids = [read('post-created', 'post_created', { id: '1' }), read('post-created', 'post_created', { id: '2' }), read('post-edited-in-first-minutes', 'post_edited'), read('post-edited-later', 'post_edited')].map((event) => event.eventId);
    expect(new Set(ids).size).to.equal(3);
    expect(ids[0]).to.equal(ids[1]);
  });

  it('a later change has the greater revision', () => {
    const [first, later] = [read('post-edited-in-first-minutes', 'post_edited'), read('post-edited-later', 'post_edited')];
    if (first.type !== 'edit' || later.type !== 'edit') throw new Error('no edits');
    expect(later.revision > first.revision).to.equal(true);
    expect(first).to.deep.include({ target: '4101', threadKey: 'topic:905', text: 'Seit vorgestern springt die Kette.' });
  });

  it('a deletion says whose it was', () => {
    expect(read('post-destroyed', 'post_destroyed')).to.include({ type: 'delete', target: '4101', by: 'author' });
    expect(read('post-destroyed-by-staff', 'post_destroyed')).to.include({ type: 'delete', target: '4102', by: 'provider' });
  });

  it('staff, listed colleagues and our own user write as us; other people do not', () => {
    const staff = message('staff-answer');
    expect(staff.direction).to.equal('out');
    expect(staff.recipient?.externalUserId).to.equal('101');
    expect(staff.thread).not.to.have.property('handle');
    expect(message('own-answer').direction).to.equal('out');
    expect(message('own-answer', { staffByRole: false }).direction).to.equal('out');
    expect(message('staff-answer', { staffByRole: false }).direction).to.equal('in');
    expect(message('staff-answer', { staffByRole: false, staff: new Set(['jonas_w']) }).direction).to.equal('out');
  });

  it('a topic that a colleague began makes no customer of them', () => {
    expect(read('staff-topic', 'post_created')).to.include({ type: 'ignored' });
  });

  it('a private message is private; where those are off, not a word of it is kept', () => {
    expect(message('private-message').thread.audience).to.equal('private');
    const off = read('private-message', 'post_created', { privateMessages: false });
    expect(off.type).to.equal('ignored');
    expect(JSON.stringify(off)).not.to.contain('4711');
    expect(JSON.stringify(read('private-message', 'post_edited', { privateMessages: false }))).not.to.contain('4711');
  });

  it('whispers are ignored; the site’s notes and bots ask nobody', () => {
    expect(read('whisper', 'post_created').type).to.equal('ignored');
    expect(message('small-action', { staffByRole: false })).to.include({ silent: 'a note of the site', text: 'closed.enabled' });
    expect(message('bot').silent).to.equal('a bot of the site');
  });

  it('a like is a reaction; our own is not', () => {
    expect(read('like', 'post_liked')).to.deep.include({ type: 'reaction', target: '4104', op: 'add', emoji: '❤️', threadKey: 'topic:905' });
    expect(read('like', 'post_liked', { apiUsername: 'ines_kern' }).type).to.equal('ignored');
  });

  it('a ping, a topic’s event and what another community sends are kept as ignored', () => {
    expect(read('ping', 'ping')).to.include({ type: 'ignored', reason: 'a test of the webhook' });
    expect(read('ping', undefined)).to.include({ reason: 'a test of the webhook' });
    expect(read('post-created', 'topic_created').type).to.equal('ignored');
    expect(read('post-created', 'post_created', { instance: 'https://other.example' })).to.include({ type: 'ignored', reason: 'from another community, https://other.example' });
    expect(read('post-created', 'post_created', { instance: 'https://community.velowerk.example' }).type).to.equal('message');
  });
});
