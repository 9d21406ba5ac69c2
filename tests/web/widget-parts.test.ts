import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
// @ts-expect-error a build script without types
import { buildWidget } from '../../web/widget/build.mjs';
import type { VisitorReply, VisitorSession } from '../../src/http/visitor/frames.js';
import type { VisitorFrame } from '../../src/adapters/contract/visitors.js';
import { formatsFor } from '../../web/widget/format.js';
import { linkify } from '../../web/widget/linkify.js';
import type { ClientFrame, Message, ServerFrame, Session } from '../../web/widget/protocol.js';
import { textsFor } from '../../web/widget/texts/texts.js';
import { Timeline, type Row } from '../../web/widget/timeline.js';

/** The bubble is built without the server's types; these lines do not compile when the two differ. */
const bothWays: [(frame: VisitorReply) => ServerFrame, (frame: ServerFrame) => { type: VisitorReply['type'] }, (frame: VisitorFrame) => ClientFrame, (frame: ClientFrame) => VisitorFrame, (session: VisitorSession) => Session, (session: Session) => VisitorSession] = [
  (frame) => frame, (frame) => frame, (frame) => frame, (frame) => frame, (session) => session, (session) => session,
];

const noon = new Date(2026, 10, 9, 12).getTime();

function message(seq: number, change: Partial<Message> = {}): Message {
  return { conversationId: 'c1', seq, by: 'you', text: `message ${seq}`, at: noon + seq * 1000, ...change };
}

function outgoing(clientId: string, at = noon): Parameters<Timeline['addOutgoing']>[0] {
  return { clientId, text: clientId, uploads: [], at, state: 'waiting' };
}

const dayOf = (at: number): string => new Date(at).toDateString();
const kinds = (rows: Row[]): string[] => rows.map((row) => (row.kind === 'message' ? row.message.text : row.kind === 'line' ? row.line : row.kind));

describe('The bubble as it is built', () => {
  it('is one classic script under 30 KB gzipped that asks no other host for anything', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rapport-bubble-'));
    const outfile = join(folder, 'widget.js');
    await (buildWidget as (options: { outfile: string }) => Promise<void>)({ outfile });
    const script = await readFile(outfile, 'utf8');
    await rm(folder, { recursive: true });
    expect(gzipSync(script, { level: 9 }).length).to.be.lessThan(30 * 1024);
    expect(script).to.match(/^"use strict";\s*\(\(\)\s*=>/).and.not.match(/^\s*(import|export)\s/m);
    expect(script.match(/https?:\/\/[\w.]+/g)?.filter((address) => !address.includes('www.w3.org'))).to.satisfy((left: string[] | undefined) => left === undefined || left.length === 0);
    expect(script).to.not.match(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/);
    expect(bothWays).to.have.length(6);
  });

  it('says the same things in every language, with the same gaps to fill', () => {
    const english = textsFor('en');
    for (const language of ['de', 'es', 'fr']) {
      const texts = textsFor(language);
      expect(Object.keys(texts)).to.deep.equal(Object.keys(english));
      for (const key of Object.keys(english) as (keyof typeof english)[]) {
        expect(texts[key].match(/\{\w+\}/g) ?? [], `${language} ${key}`).to.deep.equal(english[key].match(/\{\w+\}/g) ?? []);
        expect(texts[key], `${language} ${key}`).to.not.equal('').and.not.include('!');
      }
    }
    expect(textsFor('tlh')).to.equal(english);
  });

  it('tells times as the visitor is used to them', () => {
    const formats = formatsFor('en', 'en-GB');
    expect(formats.time(noon)).to.equal('12:00');
    expect(formatsFor('en', 'de-DE').minutes(27)).to.equal('27 minutes');
    expect(formatsFor('de', 'de-AT').minutes(120)).to.equal('2 Stunden');
    expect(formats.day(noon, noon + 3_600_000)).to.equal('Today');
    expect(formats.day(noon, noon + 24 * 3_600_000)).to.equal('Yesterday');
    expect(formats.day(noon, noon + 40 * 24 * 3_600_000)).to.equal('9 November');
    expect(formats.size(10)).to.equal('1 kB');
    expect(formats.size(10 * 1024 * 1024)).to.equal('10 MB');
  });
});

describe('What was said, in order', () => {
  it('is the same however it arrives: in any order, doubled, with its own messages still on the way', () => {
    const all = [...Array.from({ length: 12 }, (_, n) => message(n + 1, n % 3 === 0 ? { clientId: `client-${n}` } : { by: 'agent', name: 'Lena' })), ...Array.from({ length: 5 }, (_, n) => message(n + 1, { conversationId: 'c2', text: `later ${n}` }))];
    const conversations = [{ id: 'c2', startedAt: 2, seenSeq: 0, readSeq: 0 }, { id: 'c1', startedAt: 1, seenSeq: 0, readSeq: 0 }];
    const expected = new Timeline();
    expected.setConversations(conversations);
    for (const one of all) expected.add(one);
    fc.assert(fc.property(fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 }), fc.nat(20), (order, when) => {
      const timeline = new Timeline();
      for (const one of all) if (one.clientId !== undefined) timeline.addOutgoing(outgoing(one.clientId));
      order.forEach((one, at) => {
        if (at === when) timeline.setConversations(conversations);
        timeline.add(one);
        if (one.clientId !== undefined) timeline.addOutgoing(outgoing(one.clientId));
      });
      timeline.setConversations(conversations);
      expect(kinds(timeline.rows(dayOf))).to.deep.equal(kinds(expected.rows(dayOf)));
      expect(timeline.cursor()?.split(',').sort().join()).to.equal('c1:12,c2:5');
    }), { numRuns: 300 });
  });

  it('keeps what is on the way at its end, until its answer comes', () => {
    const timeline = new Timeline();
    timeline.addOutgoing(outgoing('a-1'));
    timeline.add(message(1, { by: 'agent', name: 'Lena' }));
    expect(kinds(timeline.rows(dayOf)).at(-1)).to.equal('outgoing');
    const before = timeline.rows(dayOf).at(-1)?.key;
    timeline.add(message(2, { clientId: 'a-1' }));
    expect(kinds(timeline.rows(dayOf))).to.deep.equal(['day', 'message 1', 'message 2']);
    expect(timeline.rows(dayOf).at(-1)?.key).to.equal(before);
  });

  it('says once when a person takes over, and when another one does', () => {
    const timeline = new Timeline();
    timeline.setConversations([{ id: 'c1', startedAt: 1, seenSeq: 0, readSeq: 0 }]);
    [message(1), message(2, { by: 'bot', name: 'Assistant' }), message(3), message(4, { by: 'agent', name: 'Lena' }), message(5, { by: 'agent', name: 'Lena' }), message(6), message(7, { by: 'agent', name: 'Tom' })].forEach((one) => timeline.add(one));
    expect(kinds(timeline.rows(dayOf))).to.deep.equal(['day', 'message 1', 'message 2', 'message 3', 'takes_over', 'message 4', 'message 5', 'message 6', 'takes_over', 'message 7']);
  });

  it('says it with the name alone where somebody was to take over anyway', () => {
    const timeline = new Timeline();
    [message(1), message(2, { by: 'bot' }), message(3, { by: 'line', line: 'handed_over' })].forEach((one) => timeline.add(one));
    expect(kinds(timeline.rows(dayOf)).at(-1)).to.equal('handed_over');
    timeline.add(message(4, { by: 'agent', name: 'Lena' }));
    expect(kinds(timeline.rows(dayOf))).to.deep.equal(['day', 'message 1', 'message 2', 'takes_over', 'message 4']);
  });

  it('offers quick replies only while nobody has answered', () => {
    const timeline = new Timeline();
    timeline.add(message(1, { by: 'bot', choices: ['yes', 'no'] }));
    expect(kinds(timeline.rows(dayOf)).at(-1)).to.equal('choices');
    timeline.addOutgoing(outgoing('yes'));
    expect(kinds(timeline.rows(dayOf))).to.not.include('choices');
    timeline.add(message(2, { clientId: 'yes' }));
    expect(kinds(timeline.rows(dayOf))).to.not.include('choices');
  });

  it('counts as unread what others said after what was read', () => {
    const timeline = new Timeline();
    timeline.setConversations([{ id: 'c1', startedAt: 1, seenSeq: 0, readSeq: 2 }]);
    [message(1, { by: 'bot' }), message(2, { by: 'agent' }), message(3), message(4, { by: 'agent' }), message(5, { by: 'line', line: 'resolved' }), message(6, { by: 'agent' })].forEach((one) => timeline.add(one));
    expect(timeline.unread()).to.equal(2);
    expect(timeline.unreadEnds()).to.deep.equal([{ conversationId: 'c1', seq: 6 }]);
    timeline.markRead('c1', 6);
    timeline.setConversations([{ id: 'c1', startedAt: 1, seenSeq: 0, readSeq: 2 }]);
    expect(timeline.unread()).to.equal(0);
  });
});

describe('Addresses in a text', () => {
  const links = (text: string): string[] => linkify(text).flatMap(({ href }) => (href === undefined ? [] : [href]));

  it('become links without the full stop behind them', () => {
    expect(links('See https://courier.example/track?id=48213. Or (www.velowerk.example/a_(b)), please')).to.deep.equal(['https://courier.example/track?id=48213', 'https://www.velowerk.example/a_(b)']);
    expect(linkify('a https://x.example b')).to.deep.equal([{ text: 'a ' }, { text: 'https://x.example', href: 'https://x.example/' }, { text: ' b' }]);
  });

  it('never lead anywhere but to the web, nor hide a name before the host', () => {
    for (const text of ['javascript:alert(1)', 'data:text/html,x', 'https://bank.example@evil.example/', 'http://', 'https://a', 'ftp://x.example', 'xhttps://x.example', '"https://x.example"onclick=alert(1)']) {
      for (const href of links(text)) expect(href).to.match(/^https?:\/\/x\.example\/$/);
    }
    expect(links('https://bank.example@evil.example/')).to.deep.equal([]);
  });

  it('leave every text as it was, and take no longer for nasty ones', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.array(fc.constantFrom('https://', 'www.', 'x.example', ')', '(', '.', ' ', '@', '<')).map((parts) => parts.join(''))), (text) => {
      expect(linkify(text).map((piece) => piece.text).join('')).to.equal(text);
    }), { numRuns: 3000 });
    const began = performance.now();
    for (const nasty of ['https://'.repeat(20_000), `https://x.example/${')'.repeat(100_000)}`, 'www.'.repeat(50_000), `https://${'('.repeat(100_000)}`]) linkify(nasty);
    expect(performance.now() - began).to.be.lessThan(1_000);
  });
});
