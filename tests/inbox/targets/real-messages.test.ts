import { expect } from 'chai';
import type { Viewer } from '../../../src/inbox/api.js';
import type { Conversation } from '../../../src/inbox/model/conversation.js';
import type { Target } from '../../../src/inbox/model/target.js';
import { deliver } from '../../../src/workers/deliver.js';
import { recordMissedDeadlines } from '../../../src/workers/target-timers.js';
import { runDueTimers, type TimerDeps } from '../../../src/workers/timers.js';
import { changeTimes } from '../../../src/compose/target-desk.js';
import { chatMessage, openTestCore, startOfTests, type TestCore } from '../../support/core.js';
import { eachEngine } from '../../support/engines.js';
import { createFarEnd } from '../../support/far-end.js';
import { hour, minute, target } from './waiting-world.js';

eachEngine((_name, open) => {
  describe('targets, with messages that really come and go', () => {
    let t: TestCore;
    let lena: Viewer;
    beforeEach(async () => {
      t = await openTestCore(await open(), { botActions: () => [] });
      await t.addChannel({ _id: 'chat', kind: 'webchat', name: 'Web chat' });
      await t.addTeam('sales');
      await t.addTeam('hotline');
      lena = await t.addAgent({ _id: 'lena', name: 'Lena Maurer', role: 'administrator', teamIds: ['sales', 'hotline'] });
    });
    afterEach(() => t.close());

    const promise = async (...targets: Target[]): Promise<void> => {
      for (const each of targets) await t.c.targets.insert(each);
      await t.times.reload();
    };
    const sweep = (): Promise<number> => runDueTimers({ core: t.core } as TimerDeps, 500);
    const row = async (): Promise<Conversation> => {
      const [found] = await t.c.conversations.changedAfter(0, 1);
      if (found === undefined) throw new Error('nothing has come in');
      return found;
    };
    const wait = async () => (await t.c.waits.ofConversation((await row())._id)).at(-1);
    const stepTypes = async (): Promise<string[]> => (await t.c.messages.page((await row())._id, { limit: 50 })).flatMap((message) => message.step?.type ?? []);
    const ask = (): Promise<unknown> => t.receive(chatMessage('m1', 'Where is my order?'));
    const answer = async (): Promise<void> => {
      const far = createFarEnd(t);
      const { message } = await t.actions.reply(lena, (await row())._id, { text: 'On its way', attachmentIds: [], clientId: 'client-1' });
      await deliver(far.deps, message._id);
    };

    it('a message begins a wait with its target, and the row shows it', async () => {
      await promise(target('half an hour'));
      await ask();
      expect((await row()).due).to.include({ id: 'half an hour', dueAt: startOfTests + 30 * minute });
      expect((await t.c.timers.ofKind('target', 5)).map((timer) => timer.dueAt)).to.deep.equal([startOfTests + 15 * minute]);
    });

    it('an answer a moment before the deadline ends it within target; the timer is gone', async () => {
      await promise(target('half an hour'));
      await ask();
      t.time.now = startOfTests + 30 * minute - 1;
      await answer();
      t.time.now += hour;
      await sweep();
      expect(await wait()).to.include({ state: 'answered', to: startOfTests + 30 * minute - 1 }).and.not.to.have.property('breachedAt');
      expect(await stepTypes()).not.to.include('target_breached');
      expect(await t.c.timers.ofKind('target', 5)).to.deep.equal([]);
    });

    it('an answer a moment after it leaves the breach, whether or not somebody had looked in between', async () => {
      await promise(target('half an hour'));
      await ask();
      t.time.now = startOfTests + 30 * minute + 1;
      await answer();
      await sweep();
      expect(await wait()).to.include({ state: 'answered', breachedAt: startOfTests + 30 * minute });
    });

    it('what the sweeper wrote down stays when the answer comes, and the row is quiet again', async () => {
      await promise(target('half an hour'));
      await ask();
      t.time.now = startOfTests + 40 * minute;
      await recordMissedDeadlines(t.core);
      expect((await row()).breachedAt).to.equal(startOfTests + 30 * minute);
      await answer();
      expect(await wait()).to.include({ state: 'answered', breachedAt: startOfTests + 30 * minute });
      expect(await row()).not.to.have.any.keys('breachedAt', 'due', 'waitId');
    });

    it('snoozed and resolved, the customer still waits, and the deadline passes', async () => {
      await promise(target('half an hour'));
      await ask();
      await t.actions.snooze(lena, (await row())._id, startOfTests + 5 * hour);
      t.time.now = startOfTests + hour;
      await sweep();
      expect(await wait()).to.include({ state: 'open', breachedAt: startOfTests + 30 * minute });
      expect((await row()).status).to.equal('snoozed');
    });

    it('given to a team with a stricter target, or made urgent, it is held against that', async () => {
      await promise(target('usual', { minutes: 240 }), target('hotline', { minutes: 20, teamIds: ['hotline'] }), target('urgent', { minutes: 5, priorities: ['urgent'] }));
      await ask();
      const { _id: id } = await row();
      t.time.now = startOfTests + minute;
      await t.actions.assign(lena, id, { teamId: 'hotline' });
      expect((await row()).due).to.include({ id: 'hotline', dueAt: startOfTests + 20 * minute });
      await t.actions.setPriority(lena, id, 'urgent');
      expect((await row()).due).to.include({ id: 'urgent', dueAt: startOfTests + 5 * minute });
      t.time.now = startOfTests + 6 * minute;
      await sweep();
      await t.actions.setPriority(lena, id, 'low');
      expect(await wait()).to.have.nested.property('target.id', 'urgent');
      expect(await wait()).to.include({ breachedAt: startOfTests + 5 * minute });
    });

    it('when targets change, everything open is held against them in the background', async () => {
      for (let each = 0; each < 3; each += 1) await t.receive(chatMessage(`m${each}`, 'Hello?', { visitor: `v${each}` }));
      const before = await t.c.waits.openAfter(0, 10);
      expect(before.map((each) => each.target?.id)).to.deep.equal(['default', 'default', 'default']);
      await changeTimes(t.core, t.times, (c) => c.targets.insert(target('new', { minutes: 7 })));
      t.time.now += minute;
      await sweep();
      const waits = await t.c.waits.openAfter(0, 10);
      expect(waits.map((each) => [each.target?.id, each.target?.dueAt])).to.deep.equal(before.map((each) => ['new', each.from + 7 * minute]));
      expect(await t.c.timers.ofKind('retarget', 5)).to.deep.equal([]);
      const dues = (await t.c.conversations.getMany(waits.map((each) => each.conversationId))).map((each) => each.due?.id);
      expect(dues).to.deep.equal(['new', 'new', 'new']);
    });

    describe('of the whole conversation', () => {
      beforeEach(() => promise(target('solved in a day', { kind: 'final', minutes: 1_440, warnAtShare: 0.5 })));

      it('count from the first message; warned, then over, also after the customer was answered', async () => {
        await ask();
        expect((await row()).facts.target).to.include({ id: 'solved in a day', dueAt: startOfTests + 24 * hour });
        await answer();
        t.time.now = startOfTests + 13 * hour;
        await sweep();
        expect((await stepTypes()).filter((type) => type === 'target_warned')).to.have.length(1);
        expect((await row()).facts).not.to.have.property('breachedAt');
        t.time.now = startOfTests + 30 * hour;
        await sweep();
        expect((await row()).facts.breachedAt).to.equal(startOfTests + 24 * hour);
        const breach = (await t.c.messages.page((await row())._id, { limit: 50 })).find((message) => message.step?.type === 'target_breached' && message.step.data?.['final'] === true);
        expect(breach?.step?.reason).to.equal('it was not resolved within the target: solved in a day, 24 h round the clock');
      });

      it('rest when it is resolved, and go on when it is opened again before that held', async () => {
        await ask();
        await answer();
        const { _id: id } = await row();
        await t.actions.setStatus(lena, id, 'resolved');
        expect(await t.c.timers.ofKind('final_target', 5)).to.deep.equal([]);
        t.time.now = startOfTests + 20 * hour;
        await sweep();
        await t.actions.setStatus(lena, id, 'open');
        expect((await row()).facts.target).to.include({ dueAt: startOfTests + 24 * hour });
        t.time.now = startOfTests + 25 * hour;
        await sweep();
        expect((await row()).facts.breachedAt).to.equal(startOfTests + 24 * hour);
      });

      it('begin anew when it is opened again after a resolve that had held', async () => {
        await ask();
        await answer();
        const { _id: id } = await row();
        await t.actions.setStatus(lena, id, 'resolved');
        const reopened = startOfTests + 30 * 24 * hour;
        t.time.now = reopened;
        await t.actions.setStatus(lena, id, 'open');
        expect((await row()).facts.target).to.include({ dueAt: reopened + 24 * hour, from: reopened });
        await t.actions.setPriority(lena, id, 'high');
        expect((await row()).facts.target).to.include({ dueAt: reopened + 24 * hour });
        t.time.now = reopened + 25 * hour;
        await sweep();
        expect((await row()).facts.breachedAt).to.equal(reopened + 24 * hour);
      });

      it('are given to what is open already when such a target is made', async () => {
        await t.c.targets.remove('solved in a day');
        await t.times.reload();
        await ask();
        expect((await row()).facts).not.to.have.property('target');
        await changeTimes(t.core, t.times, (c) => c.targets.insert(target('two days', { kind: 'final', minutes: 2_880 })));
        t.time.now += minute;
        await sweep();
        expect((await row()).facts.target).to.include({ id: 'two days', dueAt: startOfTests + 48 * hour });
      });
    });
  });
});
