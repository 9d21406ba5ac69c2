import { expect } from 'chai';
import { clearDue } from '../../../src/inbox/targets/due.js';
import { retargetAll, runRetarget } from '../../../src/inbox/targets/retarget-all.js';
import { retarget } from '../../../src/inbox/targets/retarget.js';
import { recordMissedDeadlines } from '../../../src/workers/target-timers.js';
import { eachEngine } from '../../support/engines.js';
import { waitFor } from '../../support/wait-for.js';
import { hour, minute, openWaitingWorld, target, type WaitingWorld } from './waiting-world.js';

let databases = 0;

eachEngine((name, open) => {
  describe('the deadline of a wait', () => {
    let t: WaitingWorld;
    let database: string;
    beforeEach(async () => {
      databases += 1;
      database = `deadlines_${name}_${databases}`;
      t = await openWaitingWorld(await open({ database }), { targets: [target('half an hour')] });
    });
    afterEach(() => t.close());

    /** The process is gone; another one starts on the same database at that time. */
    const startAgainAt = async (now: number): Promise<void> => {
      const { rules } = t;
      await t.close();
      t = await openWaitingWorld(await open({ database }), rules, now);
    };
    const breachedAt = async (id: string): Promise<number | undefined> => (await t.c.waits.get(`chat:${id}`))?.breachedAt;

    it('is warned of when the share has passed, once, and nothing is breached then', async () => {
      const wait = await t.addWaiting('ines');
      t.time.now += 15 * minute - 1;
      await t.sweep();
      expect(await t.stepsOf('c-ines')).to.deep.equal([]);
      t.time.now += 1;
      await t.sweep();
      t.time.now += minute;
      await t.sweep();
      const steps = await t.stepsOf('c-ines');
      expect(steps.map((step) => step.type)).to.deep.equal(['target_warned']);
      expect(steps[0]?.reason).to.equal('the deadline is near: half an hour, 30 m round the clock');
      expect(await t.c.waits.get(wait._id)).to.include({ warnedAt: wait.from + 15 * minute }).and.not.to.have.property('breachedAt');
    });

    it('is breached at the deadline itself, on the wait and on the row, with one step that says so', async () => {
      const wait = await t.addWaiting('ines');
      const before = await t.row('c-ines');
      t.time.now += 30 * minute - 1;
      await t.sweep();
      expect(await breachedAt('ines')).to.equal(undefined);
      t.time.now += 5_000;
      const told: string[] = [];
      const stop = t.core.live.subscribe((notice) => { if (notice.kind === 'conversation') told.push(`${notice.conversation._id} ${notice.conversation.breachedAt ?? ''}`); });
      await t.sweep();
      await t.sweep();
      stop();
      const deadline = wait.from + 30 * minute;
      const kept = await t.c.waits.get(wait._id);
      expect(kept?.breachedAt).to.equal(deadline);
      expect(kept?.changeSeq).to.be.greaterThan(wait.changeSeq);
      expect(kept?.state).to.equal('open');
      const row = await t.row('c-ines');
      expect(row.breachedAt).to.equal(deadline);
      expect(row.changeSeq).to.be.greaterThan(before.changeSeq);
      expect(told).to.deep.equal([`c-ines ${deadline}`]);
      expect((await t.stepsOf('c-ines')).map((step) => step.type)).to.deep.equal(['target_warned', 'target_breached']);
      expect((await t.stepsOf('c-ines'))[1]).to.deep.include({ reason: 'nobody has answered within the target: half an hour, 30 m round the clock', data: { target: 'half an hour', dueAt: deadline, ms: 30 * minute, hours: 'calendar' } });
      expect(await t.c.timers.due(Number.MAX_SAFE_INTEGER, 10)).to.deep.equal([]);
    });

    it('does not move what the customer has read or written, nor the order of the list', async () => {
      await t.addWaiting('ines');
      const before = await t.row('c-ines');
      t.time.now += hour;
      await t.sweep();
      expect(await t.row('c-ines')).to.include({ lastMessageAt: before.lastMessageAt, talkedAt: before.talkedAt, lastInSeq: before.lastInSeq, readSeq: before.readSeq });
    });

    it('that passes while the process is down is written down at the start, with its own time', async () => {
      const wait = await t.addWaiting('ines');
      await startAgainAt(wait.from + 9 * hour);
      expect(await recordMissedDeadlines(t.core)).to.be.greaterThan(0);
      expect(await breachedAt('ines')).to.equal(wait.from + 30 * minute);
      expect((await t.row('c-ines')).breachedAt).to.equal(wait.from + 30 * minute);
      expect((await t.stepsOf('c-ines')).map((step) => step.type)).to.deep.equal(['target_breached']);
    });

    it('is in its turn: several that passed meanwhile are written down in the order of their deadlines', async () => {
      // Warned early and due late, warned late and due early: the deadlines decide.
      t.rules.targets = [target('long', { minutes: 240, warnAtShare: 0.1, priorities: ['low'] }), target('short', { minutes: 60, warnAtShare: 0.99, priorities: ['normal'] }), target('mid', { minutes: 120, priorities: ['high'] })];
      await t.addWaiting('long', { conversation: { priority: 'low' } });
      await t.addWaiting('mid', { conversation: { priority: 'high' } });
      await t.addWaiting('short');
      await startAgainAt(t.time.now + 10 * hour);
      await recordMissedDeadlines(t.core);
      const waits = (await t.c.waits.changedAfter(0, 10)).filter((wait) => wait.breachedAt !== undefined);
      expect(waits.map((wait) => wait._id)).to.deep.equal(['chat:short', 'chat:mid', 'chat:long']);
    });

    it('is kept in order by the sweeper as well', async () => {
      t.rules.targets = [target('long', { minutes: 240, warnAtShare: 0.1, priorities: ['low'] }), target('short', { minutes: 60, warnAtShare: 0.9, priorities: ['normal'] })];
      await t.addWaiting('long', { conversation: { priority: 'low' } });
      await t.addWaiting('short');
      t.time.now += 10 * hour;
      await t.sweep();
      const waits = (await t.c.waits.changedAfter(0, 10)).filter((wait) => wait.breachedAt !== undefined);
      expect(waits.map((wait) => wait._id)).to.deep.equal(['chat:short', 'chat:long']);
    });

    it('is left alone by an answer a moment before it', async () => {
      const wait = await t.addWaiting('ines');
      const to = wait.from + 30 * minute - 1;
      await t.c.waits.change(wait._id, { set: { state: 'answered', to } });
      await clearDue({ c: t.c }, wait._id);
      t.time.now = wait.from + hour;
      await t.sweep();
      expect(await breachedAt('ines')).to.equal(undefined);
      expect(await t.stepsOf('c-ines')).to.deep.equal([]);
    });

    it('is left alone by a timer that was forgotten when the answer came', async () => {
      const wait = await t.addWaiting('ines');
      await t.c.waits.change(wait._id, { set: { state: 'answered', to: wait.from + minute } });
      t.time.now = wait.from + hour;
      await t.sweep();
      expect(await breachedAt('ines')).to.equal(undefined);
      expect(await t.c.timers.due(Number.MAX_SAFE_INTEGER, 10)).to.deep.equal([]);
    });

    it('has passed a moment after it, and an answer that comes then finds the breach there', async () => {
      const wait = await t.addWaiting('ines');
      t.time.now = wait.from + 30 * minute;
      await t.sweep();
      await t.c.waits.change(wait._id, { set: { state: 'answered', to: t.time.now + 1 } });
      expect(await breachedAt('ines')).to.equal(wait.from + 30 * minute);
    });

    for (const status of ['snoozed', 'resolved', 'pending'] as const) {
      it(`passes for a conversation that is ${status}: the customer waits all the same`, async () => {
        const wait = await t.addWaiting('ines', { conversation: { status, shelf: status === 'pending' ? 'active' : status } });
        t.time.now += hour;
        await t.sweep();
        expect(await breachedAt('ines')).to.equal(wait.from + 30 * minute);
        expect(await t.row('c-ines')).to.include({ status, breachedAt: wait.from + 30 * minute });
      });
    }

    it('does not count for what was imported, nor for what turned out to be no wait', async () => {
      await t.addWaiting('old', { wait: { imported: true } });
      await t.addWaiting('none', { wait: { void: true } });
      t.time.now += hour;
      await t.sweep();
      expect([await breachedAt('old'), await breachedAt('none')]).to.deep.equal([undefined, undefined]);
    });

    it('is mended when the process died between the wait and the step', async () => {
      const wait = await t.addWaiting('ines');
      await t.c.waits.change(wait._id, { set: { breachedAt: wait.from + 30 * minute } });
      t.time.now += hour;
      await t.sweep();
      expect((await t.stepsOf('c-ines')).map((step) => step.type)).to.deep.equal(['target_breached']);
      expect((await t.row('c-ines')).breachedAt).to.equal(wait.from + 30 * minute);
    });

    it('is not held up by another one that cannot be written down', async () => {
      await t.addWaiting('ines');
      await t.c.timers.set({ _id: 'retarget', kind: 'retarget', ref: 'no JSON at all', dueAt: t.time.now });
      t.time.now += hour;
      await t.sweep();
      expect(await breachedAt('ines')).to.be.a('number');
      const [failed] = await t.c.timers.due(Number.MAX_SAFE_INTEGER, 10);
      expect(failed).to.include({ _id: 'retarget', ref: 'no JSON at all' });
      expect(failed?.dueAt).to.be.greaterThan(t.time.now);
    });
  });

  describe('a change of targets', () => {
    it('reaches all that is open, also when the process stops in the middle of it', async () => {
      databases += 1;
      const database = `retarget_${name}_${databases}`;
      const t = await openWaitingWorld(await open({ database }), { targets: [target('old', { minutes: 300 })] });
      const count = 230;
      await Promise.all(Array.from({ length: count }, (_, each) => t.addWaiting(`w${each}`)));
      t.rules.targets = [target('new', { minutes: 200 })];
      await retargetAll(t.core, t.c);
      const [first] = await t.c.timers.ofKind('retarget', 1);
      if (first === undefined) throw new Error('no job was set');
      await runRetarget(t.core, first);
      const done = async (world: WaitingWorld) => (await world.c.waits.openAfter(0, 1_000)).filter((wait) => wait.target?.id === 'new').length;
      expect(await done(t)).to.equal(200);
      await t.close();
      const next = await openWaitingWorld(await open({ database }), t.rules, t.time.now + minute);
      await waitFor(async () => {
        await next.sweep();
        return (await next.c.timers.ofKind('retarget', 1)).length === 0;
      }, { timeoutMs: 30_000 });
      expect(await done(next)).to.equal(count);
      expect((await next.c.timers.ofKind('target', 1_000)).every((timer) => timer.dueAt === t.time.now + 100 * minute)).to.equal(true);
      await next.close();
    });
  });

  describe('handing a customer on', () => {
    let t: WaitingWorld;
    beforeEach(async () => {
      t = await openWaitingWorld(await open(), { targets: [target('normal', { minutes: 120 }), target('hotline', { minutes: 20, teamIds: ['hotline'] }), target('urgent', { minutes: 5, priorities: ['urgent'] }), target('vip', { minutes: 10, customerTags: ['vip'] })] });
    });
    afterEach(() => t.close());

    const move = async (id: string, to: { teamId?: string; priority?: 'urgent' }): Promise<void> => {
      const changed = await t.c.conversations.change(`c-${id}`, {}, { set: to });
      const wait = await t.c.waits.get(`chat:${id}`);
      if (changed === undefined || wait === undefined) throw new Error('nothing to move');
      await t.inWork((work) => retarget(t.core, work, changed.after, wait));
    };

    it('to a team with a stricter target moves the deadline, on the wait, the row and the timer', async () => {
      const wait = await t.addWaiting('ines');
      t.time.now += 12 * minute;
      await move('ines', { teamId: 'hotline' });
      expect((await t.row('c-ines')).due).to.include({ id: 'hotline', dueAt: wait.from + 20 * minute, why: 'strictest of 2: hotline, 20 m round the clock' });
      t.time.now = wait.from + 20 * minute;
      await t.sweep();
      expect((await t.c.waits.get(wait._id))?.breachedAt).to.equal(wait.from + 20 * minute);
    });

    it('after the stricter deadline has passed already is over at once, with that deadline', async () => {
      const wait = await t.addWaiting('ines');
      t.time.now += 60 * minute;
      await move('ines', { priority: 'urgent' });
      await t.sweep();
      expect((await t.c.waits.get(wait._id))?.breachedAt).to.equal(wait.from + 5 * minute);
    });

    it('back to a laxer target in time takes the deadline back', async () => {
      const wait = await t.addWaiting('ines', { conversation: { teamId: 'hotline' } });
      t.time.now += 10 * minute;
      await move('ines', { teamId: 'office' });
      t.time.now = wait.from + hour;
      await t.sweep();
      expect((await t.c.waits.get(wait._id))?.breachedAt).to.equal(undefined);
      t.time.now = wait.from + 2 * hour;
      await t.sweep();
      expect((await t.c.waits.get(wait._id))?.breachedAt).to.equal(wait.from + 2 * hour);
    });

    it('undoes no breach', async () => {
      const wait = await t.addWaiting('ines', { conversation: { teamId: 'hotline' } });
      t.time.now += 30 * minute;
      await t.sweep();
      await move('ines', { teamId: 'office' });
      expect(await t.c.waits.get(wait._id)).to.have.nested.property('target.id', 'hotline');
      expect((await t.c.waits.get(wait._id))?.breachedAt).to.equal(wait.from + 20 * minute);
    });

    it('counts the tags of the person, also where the wait stands under a joined record', async () => {
      const wait = await t.addWaiting('ines');
      await t.c.customers.change('k-ines', { set: { joinedInto: 'k-root' } });
      await t.addWaiting('root', { customerTags: ['vip'] });
      await move('ines', { teamId: 'office' });
      expect(await t.c.waits.get(wait._id)).to.have.nested.property('target.id', 'vip');
    });
  });
});
