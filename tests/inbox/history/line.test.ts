import { expect } from 'chai';
import { type HistoryLine, readLine } from '../../../src/inbox/history/line.js';
import type { Channel } from '../../../src/inbox/model/channel.js';
import type { Agent, Team } from '../../../src/inbox/model/people.js';

const now = Date.UTC(2026, 9, 5, 9);
const channel = (_id: string, kind: Channel['kind'], name: string): Channel => ({ _id, kind, name, state: 'on', settings: {}, secrets: {}, createdAt: 0, changeSeq: 0 });
const lena: Agent = { _id: 'lena', name: 'Lena Sommer', email: 'lena@velowerk.example', role: 'agent', teamIds: [], state: 'active', presence: 'online', capacity: 1, load: 0, createdAt: 0 };
const repairs: Team = { _id: 't1', name: 'Repairs', createdAt: 0 };
const known = { channels: [channel('c1', 'email', 'Support mail'), channel('c2', 'email', 'Sales mail'), channel('c3', 'webchat', 'Shop chat')], teams: [repairs], agents: [lena], now };
const good = { channel: 'webchat', conversation: 'case-1', id: 'm1', customer: { id: 'p1' }, author: { kind: 'customer' }, at: '2025-03-31T09:15:00+02:00', text: 'Hello' };

const read = (change: object): ReturnType<typeof readLine> => readLine(JSON.stringify({ ...good, ...change }), known);
function line(change: object): HistoryLine {
  const result = read(change);
  if ('fault' in result) throw new Error(result.fault);
  return result;
}
function fault(change: object | string): string {
  const result = typeof change === 'string' ? readLine(change, known) : read(change);
  if (!('fault' in result)) throw new Error('this line is good');
  return result.fault;
}

describe('A line of past messages', () => {
  it('is faulty in words that say which field, and what to give instead', () => {
    const faults: [object | string, RegExp][] = [
      ['{"channel":', /^this is not JSON$/], ['[1]', /^a line must be one JSON object$/], ['null', /one JSON object/], ['"x"', /one JSON object/], ['['.repeat(100_000), /not JSON/],
      [{ channel: undefined }, /^channel is missing$/], [{ conversation: undefined }, /^conversation is missing$/], [{ conversation: '  ' }, /^conversation is empty$/],
      [{ id: undefined }, /^id is missing$/], [{ id: 'x'.repeat(501) }, /^id is too long: 501 characters, at most 500$/], [{ id: {} }, /^id must be text$/],
      [{ customer: undefined }, /^customer is missing$/], [{ customer: 'p1' }, /^customer must be an object$/], [{ customer: {} }, /^customer\.id is missing$/],
      [{ customer: { id: 'p1', email: 'no address' } }, /^customer\.email is no e-mail address$/], [{ customer: { id: 'p1', phone: '030 123' } }, /^customer\.phone must begin with \+/],
      [{ customer: { id: 'p1', language: 'German!' } }, /^customer\.language must be a code/],
      [{ author: undefined }, /^author is missing$/], [{ author: { kind: 'robot' } }, /^author\.kind must be one of customer, agent, bot, note, system$/], [{ author: { kind: 'agent' } }, /^author\.name is missing/],
      [{ type: 'merged' }, /^type must be one of message, assigned, resolved, reopened, snoozed$/],
      [{ text: undefined }, /^text is missing$/], [{ text: 7 }, /^text must be text$/], [{ text: 'x'.repeat(200_001) }, /^text is too long/],
      [{ text: 'a\0b' }, /^text holds a character that is none/], [{ text: 'a\ud800b' }, /^text holds a character that is none/], [{ id: 'a\udc00' }, /^id holds/],
      [{ at: undefined }, /^at is missing$/], [{ at: 'yesterday' }, /^at must be a time with its zone/], [{ at: '2025-03-31T09:15:00' }, /with its zone/], [{ at: '2025-02-30T09:15:00Z' }, /^at is no possible time$/],
      [{ at: '2025-13-01T09:15:00Z' }, /no possible time/], [{ at: '2025-03-31T25:00:00Z' }, /no possible time/], [{ at: '2025-03-31T09:15:00+17:00' }, /no possible zone/], [{ at: 1.5 }, /no possible time/], [{ at: 9e15 }, /no possible time/],
      [{ at: 1_743_405_300 }, /^at seems to be in seconds: give milliseconds$/], [{ at: true }, /must be a time/],
      [{ channel: 'fax' }, /^channel "fax" is not connected here; known: Support mail \(email\), Sales mail \(email\), Shop chat \(webchat\)$/],
      [{ channel: 'email' }, /^channel "email" could be "Support mail" \(c1\) or "Sales mail" \(c2\): give its id$/],
      [{ team: 'Returns' }, /^team "Returns" does not exist here; known: Repairs$/], [{ tags: 'x' }, /^tags must be a list of texts$/], [{ tags: Array.from({ length: 21 }, () => 'x') }, /^tags has 21 entries, at most 20$/],
      [{ type: 'assigned', to: 'Lena' }, /^to must be an object$/], [{ type: 'assigned', to: {} }, /^to\.name is missing$/],
    ];
    for (const [change, words] of faults) expect(fault(change), JSON.stringify(change).slice(0, 100)).to.match(words);
  });

  it('finds a channel by id, name or kind, a team by name, an agent by address', () => {
    expect(line({ channel: 'c2' }).channel._id).to.equal('c2');
    expect(line({ channel: 'support MAIL' }).channel._id).to.equal('c1');
    expect(line({ channel: 'webchat', team: 'repairs' })).to.deep.include({ team: repairs });
    expect(line({ author: { kind: 'agent', name: 'L. S.', email: 'Lena@velowerk.example' } })).to.deep.include({ author: { kind: 'agent', name: 'Lena Sommer', agent: lena } });
    expect(line({ author: { kind: 'agent', name: 'Tomás', email: 'tomas@elsewhere.example' } })).to.deep.include({ author: { kind: 'agent', name: 'Tomás' } });
  });

  it('reads times in any zone to the millisecond, and leaves fields aside that it does not know', () => {
    const at = Date.UTC(2025, 2, 31, 7, 15);
    for (const text of ['2025-03-31T09:15:00+02:00', '2025-03-31T07:15:00Z', '2025-03-31 07:15:00.000Z', '2025-03-31T02:45:00-04:30', '2025-03-31T09:15+0200']) expect(line({ at: text, rating: 5, nested: { a: [1] } }).at, text).to.equal(at);
    expect(line({ at: '2025-03-31T07:15:00.123456Z' }).at).to.equal(at + 123);
    expect(line({ at }).at).to.equal(at);
  });

  it('keeps a time that cannot be believed, and goes by now', () => {
    for (const at of ['1989-12-31T23:59:59Z', '2031-01-01T00:00:00Z', '0001-01-01T00:00:00Z']) expect(line({ at })).to.include({ at: now });
    expect(line({ at: now + 3_600_001 })).to.include({ at: now, givenAt: now + 3_600_001 });
    expect(line({ at: now + 60_000 })).to.include({ at: now }).and.not.to.have.property('givenAt');
  });

  it('takes numbers for ids, `null` for absent, and an inherited name for none', () => {
    expect(line({ id: 4711, conversation: 12, subject: null, team: null })).to.include({ id: '4711', key: '12' });
    expect(fault('{"__proto__":{"channel":"webchat"}}')).to.equal('channel is missing');
    expect(fault({ author: { kind: 'constructor' } })).to.match(/must be one of/);
  });
});
