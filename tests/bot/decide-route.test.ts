import { expect } from 'chai';
import fc from 'fast-check';
import { decideRoute, type RouteAgent, type RouteInput } from '../../src/bot/decide-route.js';
import { hour, monday } from './support/people.js';

const agent = (name: string, changes: Partial<RouteAgent> = {}): RouteAgent => ({
  _id: name.toLowerCase(), name, state: 'active', presence: 'online', capacity: 5, load: 0, teamIds: ['orders'], ...changes,
});

const input = (agents: RouteAgent[], changes: Partial<RouteInput> = {}): RouteInput => ({
  conversation: { channelId: 'chan-1', channelKind: 'webchat', tags: [] }, customer: {}, agents,
  teams: [{ _id: 'orders', name: 'Orders' }, { _id: 'billing', name: 'Billing' }], channelTeamId: 'orders', rules: [], opening: { openNow: true, timeZone: 'Europe/Berlin' }, now: monday, ...changes,
});

const jonasKnows = { customer: { lastAgentId: 'jonas' } };

const cases: [string, RouteInput, { assigneeId?: string; teamId?: string; reason: string }][] = [
  ['to who knew this customer, although others have less to do', input([agent('Jonas', { load: 4 }), agent('Lena')], jonasKnows), { teamId: 'orders', assigneeId: 'jonas', reason: 'Jonas knows this customer' }],
  ['to nobody while who knew them is only away, and says whom it waits for', input([agent('Jonas', { presence: 'away' }), agent('Lena')], jonasKnows), { teamId: 'orders', reason: 'Jonas knows this customer and is away; waits in the queue of Orders' }],
  ['to nobody while who knew them is away, and says when it opens', input([agent('Jonas', { presence: 'away' })], { ...jonasKnows, opening: { openNow: false, opensAt: monday + 23 * hour, timeZone: 'Europe/Berlin' } }), { teamId: 'orders', reason: 'Jonas knows this customer and is away; waits in the queue of Orders, opens tomorrow at 09:00' }],
  ['to a colleague when who knew them has no room', input([agent('Jonas', { load: 5 }), agent('Lena')], jonasKnows), { teamId: 'orders', assigneeId: 'lena', reason: 'Lena is the only one free; Jonas, who knows this customer, has no room' }],
  ['to a colleague when who knew them is in another team', input([agent('Jonas', { teamIds: ['billing'] }), agent('Lena')], jonasKnows), { teamId: 'orders', assigneeId: 'lena', reason: 'Lena is the only one free; Jonas, who knows this customer, is in another team' }],
  ['to a colleague when who knew them has left', input([agent('Jonas', { state: 'disabled' }), agent('Lena')], jonasKnows), { teamId: 'orders', assigneeId: 'lena', reason: 'Lena is the only one free' }],
  ['to who has the least to do', input([agent('Jonas', { load: 2 }), agent('Lena', { load: 1 })]), { teamId: 'orders', assigneeId: 'lena', reason: 'Lena has the least to do' }],
  ['to who has the least to do for their capacity', input([agent('Jonas', { load: 2, capacity: 10 }), agent('Lena', { load: 1, capacity: 2 })]), { teamId: 'orders', assigneeId: 'jonas', reason: 'Jonas has the least to do' }],
  ['to who has been free the longest', input([agent('Jonas', { lastAssignedAt: 2_000 }), agent('Lena', { lastAssignedAt: 1_000 })]), { teamId: 'orders', assigneeId: 'lena', reason: 'Lena has been free the longest' }],
  ['to who never had one before those who had', input([agent('Jonas', { lastAssignedAt: 1 }), agent('Zoe')]), { teamId: 'orders', assigneeId: 'zoe', reason: 'Zoe has been free the longest' }],
  ['to the queue when nobody is online, and says when it opens', input([agent('Jonas', { presence: 'away' })], { opening: { openNow: false, opensAt: monday + 4 * hour, timeZone: 'Europe/Berlin' } }), { teamId: 'orders', reason: 'nobody is online; waits in the queue of Orders, opens today at 14:00' }],
  ['to the queue outside hours that never come', input([agent('Jonas', { presence: 'away' })], { opening: { openNow: false, timeZone: 'Europe/Berlin' } }), { teamId: 'orders', reason: 'nobody is online; waits in the queue of Orders, outside business hours' }],
  ['to somebody who is online although it is closed', input([agent('Jonas')], { opening: { openNow: false, opensAt: monday + 4 * hour, timeZone: 'Europe/Berlin' } }), { teamId: 'orders', assigneeId: 'jonas', reason: 'Jonas is the only one free' }],
  ['to the queue when everybody has enough', input([agent('Jonas', { load: 5 }), agent('Lena', { presence: 'away' })]), { teamId: 'orders', reason: 'everybody online has as much as they can take; waits in the queue of Orders' }],
  ['to the queue of a team that nobody is in', input([agent('Jonas', { teamIds: [] })]), { teamId: 'orders', reason: 'nobody is in Orders; waits in the queue of Orders' }],
  ['to anybody when the channel has no team', { ...input([agent('Jonas', { teamIds: [] })]), channelTeamId: undefined } as unknown as RouteInput, { assigneeId: 'jonas', reason: 'Jonas is the only one free' }],
  ['to the queue of a workspace without agents', { ...input([]), channelTeamId: undefined } as unknown as RouteInput, { reason: 'nobody is in the workspace; waits in the queue' }],
  ['to the team of the first rule that holds', input([agent('Jonas'), agent('Lena', { teamIds: ['billing'] })], {
    conversation: { channelId: 'chan-1', channelKind: 'email', tags: [], language: 'de' },
    rules: [{ name: 'Spanish', teamId: 'orders', when: { languages: ['es'] } }, { name: 'German mail', teamId: 'billing', when: { languages: ['de'], channelKinds: ['email'] } }],
  }), { teamId: 'billing', assigneeId: 'lena', reason: 'Lena is the only one free; Billing by the rule “German mail”' }],
  ['to the team that somebody has set, whatever the rules say', input([agent('Jonas'), agent('Lena', { teamIds: ['billing'] })], {
    conversation: { channelId: 'chan-1', channelKind: 'email', tags: [], teamId: 'orders' }, rules: [{ name: 'all', teamId: 'billing', when: {} }],
  }), { teamId: 'orders', assigneeId: 'jonas', reason: 'Jonas is the only one free' }],
];

const agentArbitrary = fc.record({
  _id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), state: fc.constantFrom<RouteAgent['state']>('active', 'invited', 'disabled'), presence: fc.constantFrom<RouteAgent['presence']>('online', 'away'),
  capacity: fc.integer({ min: 0, max: 3 }), load: fc.integer({ min: 0, max: 4 }), lastAssignedAt: fc.integer({ min: 0, max: 3 }), teamIds: fc.subarray(['orders', 'billing']),
}).map((facts): RouteAgent => ({ ...facts, name: facts._id.toUpperCase() }));
const agentsArbitrary = fc.uniqueArray(agentArbitrary, { selector: (each) => each._id, maxLength: 6 });
const inputArbitrary = fc.record({ agents: agentsArbitrary, knower: fc.constantFrom(undefined, 'a', 'b', 'gone'), team: fc.constantFrom(undefined, 'orders', 'billing') })
  .map(({ agents, knower, team }): RouteInput => {
    const { channelTeamId: _none, ...base } = input(agents);
    return { ...base, customer: knower === undefined ? {} : { lastAgentId: knower }, ...(team === undefined ? {} : { channelTeamId: team }) };
  });

describe('A conversation is routed', () => {
  for (const [name, given, expected] of cases) {
    it(name, () => {
      const { considered: _all, ...decision } = decideRoute(given);
      expect(decision).to.deep.equal(expected);
    });
  }

  it('with everybody who was looked at and why, the best first', () => {
    const { considered } = decideRoute(input([agent('Ana', { teamIds: ['billing'], load: 2 }), agent('Jonas', { load: 1 }), agent('Lena'), agent('Malik', { presence: 'away', load: 3 }), agent('Tom', { load: 5 }), agent('Zoe', { state: 'disabled', load: 6, capacity: 5 })]));
    expect(considered.map((entry) => `${entry.name} ${entry.outcome}`)).to.deep.equal(['Lena chosen', 'Jonas possible', 'Ana other_team', 'Malik away', 'Tom full', 'Zoe inactive']);
  });

  it('never to somebody who is away, disabled, in another team or full', () => {
    fc.assert(fc.property(inputArbitrary, (given) => {
      const { assigneeId, teamId } = decideRoute(given);
      const chosen = given.agents.find((each) => each._id === assigneeId);
      if (assigneeId === undefined) return;
      expect(chosen).to.include({ state: 'active', presence: 'online' });
      expect(chosen?.load).to.be.lessThan(chosen?.capacity ?? 0);
      if (teamId !== undefined) expect(chosen?.teamIds).to.include(teamId);
    }), { numRuns: 1_000 });
  });

  it('to somebody whenever somebody may have it and nobody who knew them is only away', () => {
    fc.assert(fc.property(inputArbitrary, (given) => {
      const fits = (each: RouteAgent): boolean => each.state === 'active' && (given.channelTeamId === undefined || each.teamIds.includes(given.channelTeamId));
      const awaited = given.agents.some((each) => each._id === given.customer.lastAgentId && fits(each) && each.presence === 'away');
      const possible = given.agents.some((each) => fits(each) && each.presence === 'online' && each.load < each.capacity);
      expect(decideRoute(given).assigneeId !== undefined).to.equal(possible && !awaited);
    }), { numRuns: 1_000 });
  });

  it('the same way in whatever order the agents come, and every time', () => {
    fc.assert(fc.property(inputArbitrary, fc.nat(), (given, turns) => {
      const agents = [...given.agents];
      for (let step = 0; step < turns % 6; step += 1) agents.push(...agents.splice(0, 1));
      const once = decideRoute(given);
      expect(decideRoute({ ...given, agents: agents.toReversed() })).to.deep.equal(once);
      expect(decideRoute(given)).to.deep.equal(once);
      expect(once.reason).to.not.equal('');
    }), { numRuns: 500 });
  });
});
