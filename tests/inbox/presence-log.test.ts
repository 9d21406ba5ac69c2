import { expect } from 'chai';
import fc from 'fast-check';
import { longestSpanMs } from '../../src/inbox/model/presence.js';
import { type Here, presenceBeatMs, PresenceLog } from '../../src/inbox/presence-log.js';
import type { Engine } from '../../src/store/driver.js';
import { openTestCore, startOfTests, type TestCore } from '../support/core.js';
import { eachEngine } from '../support/engines.js';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const online: Here = { state: 'online', teamIds: ['orders'] };
const away: Here = { state: 'away', teamIds: ['orders'] };

eachEngine((name, open) => {
  describe('Who was there', () => {
    let engine: Engine;
    let t: TestCore;
    let log: PresenceLog;
    let here: Map<string, Here>;
    beforeEach(async () => {
      engine = await open();
      t = await openTestCore(engine);
      log = new PresenceLog(t.core);
      here = new Map();
    });
    afterEach(() => t.close());

    const turn = (ms: number): void => { t.time.now += ms; };
    const note = (agentId: string, how: Here | undefined): Promise<void> => {
      if (how === undefined) here.delete(agentId);
      else here.set(agentId, how);
      return log.note(agentId, () => Promise.resolve(here.get(agentId)));
    };
    const beat = (): Promise<void> => log.beat(() => Promise.resolve(here));
    /** As beats do while nothing else happens. */
    const pass = async (ms: number): Promise<void> => {
      for (let rest = ms; rest > 0; rest -= presenceBeatMs) {
        turn(Math.min(rest, presenceBeatMs));
        await beat();
      }
    };
    const kept = async (agentId = 'mia'): Promise<string[]> =>
      (await t.c.presence.ofAgent(agentId, { limit: 100 })).reverse().map((span) => `${(span.from - startOfTests) / minute}-${(span.to - startOfTests) / minute} ${span.state} ${span.teamIds.join('+')}`);

    it('is kept as one span for as long as somebody is there, whatever is noted meanwhile', async () => {
      await note('mia', online);
      await pass(30 * minute);
      await note('mia', online);
      await pass(10 * minute);
      turn(30 * second);
      await note('mia', undefined);
      expect(await kept()).to.deep.equal(['0-40.5 online orders']);
    });

    it('goes on over a short absence, and not over a longer one', async () => {
      await note('mia', online);
      await pass(10 * minute);
      await note('mia', undefined);
      turn(minute);
      await note('mia', online);
      await pass(10 * minute);
      await note('mia', undefined);
      turn(minute + second);
      await note('mia', online);
      await pass(3 * minute);
      expect(await kept()).to.deep.equal(['0-21 online orders', `${22 + 1 / 60}-${25 + 1 / 60} online orders`]);
    });

    it('is another span when they take nothing new for a while, or change teams', async () => {
      await note('mia', online);
      await pass(10 * minute);
      await note('mia', away);
      await pass(5 * minute);
      await note('mia', { ...online, teamIds: ['orders', 'billing'] });
      await pass(5 * minute);
      await note('mia', { ...online, teamIds: ['billing', 'orders'] });
      expect(await kept()).to.deep.equal(['0-10 online orders', '10-15 away orders', '15-20 online orders+billing']);
    });

    it('is known up to the last beat when the process dies, and nothing is counted twice after the restart', async () => {
      await note('mia', online);
      await pass(7 * minute);
      turn(30 * second);
      const after = new PresenceLog(t.core);
      log = after;
      turn(10 * second);
      await note('mia', online);
      await pass(2 * minute);
      // Back within the minute: one span. A later return begins another, where it begins.
      log = new PresenceLog(t.core);
      turn(20 * minute);
      await note('mia', online);
      await pass(4 * minute);
      expect(await kept()).to.deep.equal([`0-${9 + 40 / 60} online orders`, `${29 + 40 / 60}-${33 + 40 / 60} online orders`]);
    });

    it('is known to the moment when the process is stopped in order; what is noted then is left out', async () => {
      await note('mia', online);
      turn(90 * second);
      await log.stop();
      turn(30 * second);
      await note('mia', undefined);
      await note('tom', online);
      expect(await kept()).to.deep.equal(['0-1.5 online orders']);
      expect(await kept('tom')).to.deep.equal([]);
    });

    it('leaves out the time in which the machine was asleep', async () => {
      await note('mia', online);
      await pass(4 * minute);
      turn(3 * hour);
      await beat();
      await pass(2 * minute);
      expect(await kept()).to.deep.equal(['0-4 online orders', '184-186 online orders']);
    });

    it('takes nothing away when the clock goes back, and does not count that time again', async () => {
      await note('mia', online);
      await pass(30 * minute);
      turn(-20 * minute);
      await pass(10 * minute);
      await note('mia', undefined);
      await note('mia', online);
      await pass(30 * minute);
      expect(await kept()).to.deep.equal(['0-50 online orders']);
      // A clock that was a day ahead, and is set right: what it wrote stays, and the present is written.
      turn(24 * hour);
      await beat();
      turn(-24 * hour);
      await beat();
      await pass(2 * minute);
      expect(await kept()).to.deep.equal(['0-52 online orders', '1490-1490 online orders']);
    });

    it('is never one span for longer than half a day, so that a period can be read from the half day before it on', async () => {
      await note('mia', online);
      await pass(longestSpanMs + 10 * minute);
      expect(await kept()).to.deep.equal(['0-720 online orders', '720-730 online orders']);
    });

    it('is mended by the next beat when a note could not be written', async () => {
      const failed = await log.note('mia', () => Promise.reject(new Error('the store cannot answer'))).then(() => 'written', () => 'failed');
      expect(failed).to.equal('failed');
      here.set('mia', online);
      await beat();
      turn(minute);
      await beat();
      here.delete('mia');
      await beat();
      expect(await kept()).to.deep.equal(['0-1 online orders']);
    });

    it('is read by the time in which spans began, page by page, and since when anything is known', async () => {
      expect(await t.c.presence.knownSince()).to.equal(undefined);
      for (const agentId of ['mia', 'tom', 'ada']) await note(agentId, online);
      turn(hour);
      await note('lea', online);
      expect(await t.c.presence.knownSince()).to.equal(startOfTests);
      const first = await t.c.presence.begunIn(startOfTests, startOfTests + 2 * hour, { limit: 2 });
      const rest = await t.c.presence.begunIn(startOfTests, startOfTests + 2 * hour, { limit: 9, after: first[1] as (typeof first)[number] });
      expect([...first, ...rest].map((span) => span.agentId)).to.deep.equal(['ada', 'mia', 'tom', 'lea']);
      expect(await t.c.presence.begunIn(startOfTests, startOfTests + hour, { limit: 9 })).to.have.length(3);
      expect(await log.lastState('mia')).to.equal('online');
    });

    if (name === 'embedded') {
      it('writes as often as something changes, and once a beat for each who is there', async () => {
        let writes = 0;
        const counting = new PresenceLog({ ...t.core, store: { ...t.core.store, now: t.c, work: (task) => t.core.store.work((c) => task({ ...c, presence: counted(c.presence, () => { writes += 1; }) })) } });
        log = counting;
        await note('mia', online);
        for (let again = 0; again < 50; again += 1) await note('mia', online);
        expect(writes).to.equal(1);
        await beat();
        expect(writes).to.equal(2);
        await note('mia', undefined);
        await note('mia', undefined);
        expect(writes).to.equal(3);
      });

      it('never has two spans of one agent at one time, and never one that ends before it begins, however they come and go', async () => {
        const deed = fc.record({ agentId: fc.constantFrom('mia', 'tom'), after: fc.integer({ min: 0, max: 40 * minute }), how: fc.constantFrom<Here | undefined | 'restart'>(online, away, undefined, 'restart') });
        await fc.assert(fc.asyncProperty(fc.array(deed, { maxLength: 15 }), async (deeds) => {
          const own = await openTestCore(await open());
          t.time.now = startOfTests;
          own.time.now = startOfTests;
          const core = { ...own.core, clock: t.core.clock };
          log = new PresenceLog(core);
          here.clear();
          for (const { agentId, after, how } of deeds) {
            await pass(after);
            if (how === 'restart') log = new PresenceLog(core);
            else await note(agentId, how);
          }
          for (const agentId of ['mia', 'tom']) {
            const spans = (await own.c.presence.ofAgent(agentId, { limit: 500 })).reverse();
            spans.forEach((span, at) => {
              expect(span.to).to.be.at.least(span.from).and.at.most(t.time.now);
              if (at > 0) expect(span.from).to.be.at.least(spans[at - 1]?.to ?? 0);
            });
          }
          await own.close();
        }), { numRuns: 12 });
      });
    }
  });
});

function counted<T extends object>(store: T, count: () => void): T {
  return new Proxy(store, {
    get: (target, key) => {
      const found = Reflect.get(target, key) as unknown;
      if (typeof found !== 'function') return found;
      if (key === 'insert' || key === 'extend') count();
      return (found as (...words: unknown[]) => unknown).bind(target);
    },
  });
}
