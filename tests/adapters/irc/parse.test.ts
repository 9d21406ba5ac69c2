import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { foldName } from '../../../src/adapters/irc/casemap.js';
import { formattingToMarks } from '../../../src/adapters/irc/formatting.js';
import { parse } from '../../../src/adapters/irc/parse.js';
import { People } from '../../../src/adapters/irc/people.js';
import { renderLines, roomFor } from '../../../src/adapters/irc/render.js';
import type { InboundEvent } from '../../../src/inbox/model/event.js';
import { ircContext } from '../../contract/adapters/irc.js';

const fixture = (name: string): unknown => JSON.parse(readFileSync(new URL(`../../fixtures/irc/${name}.json`, import.meta.url), 'utf8'));
const only = (name: string, context = ircContext): InboundEvent => {
  const [event] = parse(fixture(name), context).events;
  if (event === undefined) throw new Error(`${name} gave no event`);
  return event;
};
const self = { nick: 'velowerk', user: '~rapport', host: 'shop.velowerk.example' };

describe('IRC lines', () => {
  it('a nick is only claimed; an account that the network names is a person, and the line’s own id and time count', () => {
    expect(only('private-message')).to.deep.include({ type: 'message', text: 'Hello, my **new** bike squeaks 🚲' });
    expect(only('private-message')).to.have.nested.property('sender.proof', 'claimed');
    expect(only('with-tags')).to.deep.include({ externalId: 'msgid 63E1033A051D4B41B1AB1FA3CF4B243E', occurredAt: Date.UTC(2026, 10, 20, 9, 0, 0, 123) });
    expect(only('with-tags')).to.have.nested.property('sender.externalUserId', 'account~miral');
    expect(only('with-tags')).to.have.nested.property('sender.proof', 'channel');
  });

  it('in a channel only lines that name us count, and they are public', () => {
    expect(only('channel-addressed')).to.have.nested.property('thread.audience', 'public');
    expect(only('channel-not-addressed')).to.deep.include({ type: 'ignored', reason: 'not addressed to us' });
    expect(only('channel-not-addressed', { ...ircContext, channelLines: 'all' })).to.deep.include({ type: 'message' });
    expect(only('private-message', { ...ircContext, privateMessages: false })).to.have.property('type', 'ignored');
  });

  it('actions are said, CTCP questions are not, notices ask nobody', () => {
    expect(only('action')).to.have.property('text', '* mira waves');
    expect(only('ctcp-version')).to.have.property('type', 'ignored');
    expect(only('notice')).to.have.property('silent');
    expect(only('unknown')).to.deep.include({ type: 'ignored', reason: 'unknown kind DANCE' });
  });

  it('our own line that comes back is ours, typing is told, a redaction deletes', () => {
    expect(only('own-echo', { ...ircContext, echoOf: () => 'chan1:out-1' })).to.deep.include({ direction: 'out', echoOf: 'chan1:out-1' });
    expect(parse(fixture('typing'), ircContext).typing).to.deep.equal({ channelId: 'chan1', threadKey: 'talk nick~mira', on: true });
    expect(only('redact')).to.deep.include({ type: 'delete', target: 'msgid 63E1033A051D4B41B1AB1FA3CF4B243E' });
  });

  it('folds names as the network does', () => {
    expect(foldName('Nick[A]^', 'rfc1459')).to.equal('nick{a}~');
    expect(foldName('Nick[A]^', 'strict-rfc1459')).to.equal('nick{a}^');
    expect(foldName('Nick[A]^', 'ascii')).to.equal('nick[a]^');
  });

  it('somebody who takes another nick stays who they were, and their old nick is free', () => {
    const people = new People();
    people.renamed('Mira', 'mira_away');
    expect(people.personOf('MIRA_AWAY')).to.equal('nick~mira');
    expect(people.nickOf('nick~mira')).to.equal('mira_away');
    people.left('mira_away');
    expect(people.personOf('mira_away')).to.equal('nick~mira_away');
  });

  it('every line fits into 512 bytes with the prefix that others see, and no character is torn', () => {
    const text = `${'Fährräder und 👩🏽‍🔧 '.repeat(60)}`.trim();
    const lines = renderLines({ text }, { target: '#werkstatt' }, self);
    expect(lines.length).to.be.greaterThan(2);
    for (const line of lines) expect(Buffer.byteLength(`:velowerk!~rapport@shop.velowerk.example PRIVMSG #werkstatt :${line}\r\n`)).to.be.at.most(512);
    expect(lines.join(' ').replaceAll(/\s+/gu, ' ')).to.equal(text.replaceAll(/\s+/gu, ' '));
    expect(roomFor('mira', { nick: 'velowerk', user: '~rapport' }), 'an unknown host counts as the longest').to.be.lessThan(roomFor('mira', self));
  });

  it('nothing in a text can begin a command of its own, or a CTCP request', () => {
    expect(renderLines({ text: 'Hi\r\nQUIT :bye\u0000\u0001VERSION\u0001' }, { target: 'mira' }, self)).to.deep.equal(['Hi', 'QUIT :bye  VERSION']);
  });

  it('mIRC’s codes become marks; colours go', () => {
    expect(formattingToMarks('\u0002bold \u001dboth\u000f plain \u000304red\u0003 \u0011code_x\u0011')).to.equal('**bold** ***both*** plain red `code_x`');
  });
});
