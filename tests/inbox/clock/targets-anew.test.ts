import { expect } from 'chai';
import type { Viewer } from '../../../src/inbox/api.js';
import { recomputePerson } from '../../../src/inbox/clock/recompute.js';
import { Effects } from '../../../src/inbox/core.js';
import type { Target } from '../../../src/inbox/model/target.js';
import type { Wait } from '../../../src/inbox/model/wait.js';
import { deliver } from '../../../src/workers/deliver.js';
import { runTimer } from '../../../src/workers/timers.js';
import { chatMessage, openTestCore, startOfTests, type TestCore } from '../../support/core.js';
import { eachEngine } from '../../support/engines.js';
import { createFarEnd } from '../../support/far-end.js';

const minute = 60_000;
const at = (minutes: number): number => startOfTests + minutes * minute;

eachEngine((_name, open) => {
  describe('the target of a wait that turns out otherwise', () => {
    let t: TestCore;
    let lena: Viewer;
    let far: ReturnType<typeof createFarEnd>;
    beforeEach(async () => {
      t = await openTestCore(await open(), { botActions: () => [] });
      await t.addTeam('orders');
      await t.addTeam('hotline');
      await t.addChannel({ _id: 'chat', kind: 'webchat', name: 'Web chat', teamId: 'orders' });
      lena = await t.addAgent({ _id: 'lena', name: 'Lena Maurer', role: 'administrator', teamIds: ['orders', 'hotline'], presence: 'away' });
      far = createFarEnd(t);
      await counts({ id: 'all', minutes: 60 });
    });
    afterEach(() => t.close());

    const pass = (minutes: number): number => (t.time.now += minutes * minute);
    /** From now on these count besides those of the same name; what is open is not told of it. */
    async function counts({ id, ...more }: Partial<Target> & { id: string }): Promise<void> {
      await t.c.targets.remove(id);
      await t.c.targets.insert({ _id: id, name: id, kind: 'first', minutes: 60, hours: 'calendar', teamIds: [], channelIds: [], priorities: [], customerTags: [], warnAtShare: 0.5, on: true, createdAt: 0, ...more });
      await t.times.reload();
    }
    const write = (): Promise<unknown> => t.receive(chatMessage('m1', 'Where is my parcel?', { receivedAt: t.time.now }));
    const wait = async (): Promise<Wait> => {
      const found = await t.c.waits.get('chat:m1');
      if (found === undefined) throw new Error('nobody waits');
      return found;
    };
    async function answer(): Promise<string> {
      const { message } = await t.actions.reply(lena, (await wait()).conversationId, { text: `An answer at ${t.time.now}`, attachmentIds: [], clientId: `client-${t.time.now}`, force: true });
      await deliver(far.deps, message._id);
      return message._id;
    }
    async function bounce(messageId: string): Promise<void> {
      const [target] = (await t.c.messages.get(messageId))?.delivery?.ids ?? [];
      await t.receive({ type: 'delivery', channelId: 'chat', eventId: `bounce-${messageId}`, receivedAt: t.time.now, verifiedBy: 'mailbox', targets: [target ?? ''], state: 'failed', reason: 'no such customer' });
    }
    const assign = async (teamId: string): Promise<unknown> => t.actions.assign(lena, (await wait()).conversationId, { teamId });
    const kept = async (): Promise<unknown> => {
      const { state, target, breachedAt } = await wait();
      const row = await t.c.conversations.get((await wait()).conversationId);
      expect(row?.due?.dueAt).to.equal(state === 'open' ? target?.dueAt : undefined);
      return [state, target?.id, target?.dueAt, breachedAt];
    };

    it('is that of the team it was handed to while it seemed to be answered', async () => {
      await counts({ id: 'hotline', minutes: 20, teamIds: ['hotline'] });
      await write();
      pass(2);
      const id = await answer();
      pass(2);
      await assign('hotline');
      pass(2);
      await bounce(id);
      expect(await kept()).to.deep.equal(['open', 'hotline', at(20), undefined]);
      expect((await t.c.timers.due(at(1_000), 50)).filter((timer) => timer.ref === 'chat:m1').map(({ dueAt }) => dueAt)).to.deep.equal([at(10)]);
    });

    it('stays where its deadline had passed before it was handed on, as if nobody had answered', async () => {
      await counts({ id: 'hotline', minutes: 20, teamIds: ['hotline'] });
      await write();
      pass(2);
      const id = await answer();
      pass(70);
      await assign('hotline');
      pass(2);
      await bounce(id);
      expect(await kept()).to.deep.equal(['open', 'all', at(60), at(60)]);
    });

    it('is not taken back by targets that were changed after its deadline', async () => {
      await write();
      pass(61);
      const id = await answer();
      expect(await kept()).to.deep.equal(['answered', 'all', at(60), at(60)]);
      await counts({ id: 'all', minutes: 600 });
      pass(5);
      await bounce(id);
      expect(await kept()).to.deep.equal(['open', 'all', at(60), at(60)]);
      await assign('hotline');
      expect(await kept()).to.deep.equal(['open', 'all', at(60), at(60)]);
    });

    it('is chosen by the targets of now where it runs again and is not over yet', async () => {
      await write();
      pass(2);
      const id = await answer();
      await counts({ id: 'all', minutes: 30 });
      pass(2);
      await bounce(id);
      expect(await kept()).to.deep.equal(['open', 'all', at(30), undefined]);
    });

    it('stays what it was where the wait stays what it was, however targets and tags have changed', async () => {
      await write();
      pass(2);
      await answer();
      const before = await wait();
      await counts({ id: 'all', minutes: 1 });
      await counts({ id: 'vip', minutes: 1, customerTags: ['vip'] });
      await t.actions.tagCustomer(lena, before.customerId, ['vip']);
      await t.core.store.work((c) => recomputePerson(t.core, { c, fx: new Effects() }, before.customerId, 'a test computes anew'));
      expect(await wait()).to.deep.equal(before);
      expect(await t.c.corrections.ofWait('chat:m1')).to.deep.equal([]);
    });

    it('stays what it was also where nobody had written down when it was chosen', async () => {
      await write();
      pass(2);
      await assign('hotline');
      pass(2);
      await answer();
      await t.c.waits.change('chat:m1', { unset: ['aimed'] });
      const before = await wait();
      await counts({ id: 'all', minutes: 1 });
      await t.core.store.work((c) => recomputePerson(t.core, { c, fx: new Effects() }, before.customerId, 'a test computes anew'));
      expect(await wait()).to.deep.equal(before);
    });

    it('is what was chosen for it last, although what counted before is forgotten', async () => {
      await write();
      pass(10);
      await counts({ id: 'all', minutes: 40 });
      await t.actions.setPriority(lena, (await wait()).conversationId, 'high');
      expect(await kept()).to.deep.equal(['open', 'all', at(40), undefined]);
      pass(20);
      const id = await answer();
      // By these its deadline had passed before the priority was changed.
      await counts({ id: 'all', minutes: 5 });
      pass(15);
      await bounce(id);
      expect(await kept()).to.deep.equal(['open', 'all', at(40), at(40)]);
    });

    it('warns and breaches anew where the wait runs again in time', async () => {
      await write();
      pass(2);
      const id = await answer();
      pass(2);
      await bounce(id);
      const due = async (minutes: number): Promise<void> => {
        t.time.now = at(minutes);
        for (const timer of await t.c.timers.due(t.time.now, 10)) if (timer.ref === 'chat:m1') await runTimer({ core: t.core, botTurn: { core: t.core } as never, mailboxId: () => undefined, mayContinueByEmail: () => false }, timer);
      };
      await due(30);
      expect((await wait()).warnedAt).to.equal(at(30));
      await due(60);
      expect(await kept()).to.deep.equal(['open', 'all', at(60), at(60)]);
    });
  });
});
