import { expect } from 'chai';
import type { Viewer } from '../../src/inbox/api.js';
import { OpenWaits } from '../../src/reports/open-waits.js';
import { wallOf, type WallFilter, type WallPicture } from '../../src/reports/wall.js';
import { hour, minute, openWaitingWorld, target, type WaitingWorld } from '../inbox/targets/waiting-world.js';
import { eachEngine } from '../support/engines.js';
import { waitFor } from '../support/wait-for.js';

eachEngine((_name, open) => {
  describe('the wall', () => {
    let t: WaitingWorld;
    let waits: OpenWaits;
    let administrator: Viewer;
    beforeEach(async () => {
      t = await openWaitingWorld(await open(), { targets: [target('hour', { minutes: 60, priorities: ['normal'] }), target('day', { minutes: 1_440, priorities: ['low'] })] });
      await t.addChannel({ _id: 'chat', kind: 'webchat', name: 'Web chat' });
      await t.addTeam('sales');
      await t.addTeam('service');
      administrator = await t.addAgent({ _id: 'ada', name: 'Ada', role: 'administrator' });
      waits = new OpenWaits(t.c, t.core.live);
    });
    afterEach(() => t.close());

    const wall = (viewer: Viewer = administrator, filter: WallFilter = {}): Promise<WallPicture> => wallOf(t.core, waits, { viewer, filter });
    const names = (rows: WallPicture['rows']): string[] => rows.map((row) => row.conversation.customerName);
    /** What happened is on the wall within a second. */
    const within = (check: (picture: WallPicture) => boolean, viewer?: Viewer): Promise<WallPicture> => waitFor(async () => {
      const picture = await wall(viewer);
      return check(picture) ? picture : undefined;
    }, { timeoutMs: 1_000, what: 'the change on the wall' });
    const ago = (minutes: number): { from: number } => ({ from: t.time.now - minutes * minute });

    it('puts the longest over first, then the soonest due, and counts them apart', async () => {
      await t.addWaiting('over-a-little', ago(70));
      await t.addWaiting('due-soon', ago(50));
      await t.addWaiting('over-long', ago(600));
      await t.addWaiting('due-late', { ...ago(600), conversation: { priority: 'low' }, wait: { segments: [{ from: t.time.now, by: 'agent', agentId: 'ada' }] } });
      const picture = await wall();
      expect(names(picture.rows)).to.deep.equal(['over-long', 'over-a-little', 'due-soon', 'due-late']);
      expect(names(picture.soon)).to.deep.equal(['due-soon']);
      expect(picture.oldestUnassigned?.conversation.customerName).to.equal('over-long');
      expect(picture.waiting).to.deep.equal({ customers: 4, conversations: 4, over: 2, unassigned: 3, withinHour: 1, inPublic: 0, longestSince: t.time.now - 600 * minute });
      expect(picture.rows[3]?.holder).to.deep.equal({ id: 'ada', name: 'Ada' });
      expect(picture.channels).to.deep.equal([{ id: 'chat', name: 'Web chat', waiting: 4, over: 2, withinHour: 1, unassigned: 3, longestSince: t.time.now - 600 * minute }]);
      expect(picture.teams.map((team) => [team.id, team.waiting])).to.deep.equal([['none', 4], ['sales', 0], ['service', 0]]);
    });

    it('shows who begins to wait, who is answered and who is over within a second', async () => {
      expect((await wall()).rows).to.deep.equal([]);
      const wait = await t.addWaiting('ines', ago(59));
      await within((picture) => picture.waiting.conversations === 1 && picture.waiting.over === 0);
      t.time.now += 2 * minute;
      await within((picture) => picture.waiting.over === 1);
      await t.c.waits.change(wait._id, { set: { state: 'answered', to: t.time.now, changeSeq: t.core.changes.next() } });
      await within((picture) => picture.waiting.conversations === 0 && picture.rows.length === 0);
    });

    it('never gives what was before to somebody who was told of a change and asks at once', async () => {
      const wait = await t.addWaiting('ines');
      const changed = async (state: 'open' | 'answered'): Promise<void> => {
        await t.c.waits.change(wait._id, { set: { state, changeSeq: t.core.changes.next() } });
        const conversation = await t.row('c-ines');
        await new Promise<void>((told) => {
          const stop = t.core.live.subscribe(() => {
            stop();
            told();
          });
          t.core.live.publish({ kind: 'conversation', changeSeq: conversation.changeSeq, conversation, messages: [] });
        });
      };
      for (let round = 0; round < 5; round += 1) {
        expect((await wall()).waiting.conversations).to.equal(1);
        await changed('answered');
        expect((await wall()).waiting.conversations).to.equal(0);
        await changed('open');
      }
    });

    it('finds a change whose number was taken earlier and written later', async () => {
      await t.addWaiting('first');
      await wall();
      const early = t.core.changes.next();
      await t.addWaiting('second');
      await within((picture) => picture.waiting.conversations === 2);
      await t.addWaiting('late', { wait: { changeSeq: early } });
      await within((picture) => picture.waiting.conversations === 3);
    });

    it('counts a person once, however many of their records wait, also after a join and its undoing', async () => {
      await t.addWaiting('ines-mail');
      await t.addWaiting('ines-chat');
      expect((await wall()).waiting).to.include({ customers: 2, conversations: 2 });
      await t.c.customers.joinInto('k-ines-chat', 'k-ines-mail');
      t.core.live.publish({ kind: 'customer', customerId: 'k-ines-chat' });
      await within((picture) => picture.waiting.customers === 1 && picture.waiting.conversations === 2);
      await t.c.customers.release('k-ines-chat', 'k-ines-mail');
      t.core.live.publish({ kind: 'customer', customerId: 'k-ines-mail' });
      await within((picture) => picture.waiting.customers === 2);
    });

    it('leaves out what was imported and what turned out to be no wait', async () => {
      await t.addWaiting('old', { wait: { imported: true } });
      await t.addWaiting('none', { wait: { void: true } });
      await t.addWaiting('ines');
      expect(names((await wall()).rows)).to.deep.equal(['ines']);
    });

    describe('shows each what they may see', () => {
      let lead: Viewer;
      let agent: Viewer;
      beforeEach(async () => {
        lead = await t.addAgent({ _id: 'leo', name: 'Leo', role: 'lead', teamIds: ['sales'] });
        agent = await t.addAgent({ _id: 'mia', name: 'Mia', teamIds: ['sales'], presence: 'away' });
        await t.addAgent({ _id: 'sam', name: 'Sam', teamIds: ['service'] });
        await t.addWaiting('in-sales', { conversation: { teamId: 'sales', assigneeId: 'mia', owned: true }, wait: { teamId: 'sales', segments: [{ from: t.time.now, by: 'agent', agentId: 'mia', teamId: 'sales' }] } });
        await t.addWaiting('in-service', { ...ago(5), conversation: { teamId: 'service' }, wait: { teamId: 'service' } });
        await t.addWaiting('nobodys', ago(10));
      });

      it('leads: their teams, and what has none, in rows, counts and people', async () => {
        const picture = await wall(lead);
        expect(names(picture.rows)).to.deep.equal(['nobodys', 'in-sales']);
        expect(picture.waiting.conversations).to.equal(2);
        expect(picture.teams.map((team) => [team.name, team.waiting])).to.deep.equal([['No team', 1], ['sales', 1]]);
        expect(picture.people.map((person) => [person.name, person.presence, person.waitingOnThem])).to.deep.equal([['Leo', 'online', 0], ['Mia', 'away', 1]]);
        expect((await wall()).waiting.conversations).to.equal(3);
      });

      it('agents: nothing, until the workspace lets them see their own; then no colleagues', async () => {
        const refused = await wall(agent).then(() => 'shown', (error: { code: string }) => error.code);
        expect(refused).to.equal('forbidden');
        await t.c.settings.change({ set: { reports: { agentsSeeOwn: true, hideNames: false } } });
        const picture = await wall(agent);
        expect(names(picture.rows)).to.deep.equal(['nobodys', 'in-sales']);
        expect(picture.people.map((person) => person.name)).to.deep.equal(['Mia']);
      });

      it('nobody by name, where names are hidden, but oneself', async () => {
        await t.c.settings.change({ set: { reports: { agentsSeeOwn: false, hideNames: true } } });
        const picture = await wall(lead);
        expect(JSON.stringify([picture.people, picture.rows.map((row) => row.holder)])).not.to.contain('Mia').and.not.to.contain('"mia"');
        expect(picture.people.map((person) => person.name)).to.include('Leo');
      });

      it('only the teams and channels asked for', async () => {
        expect(names((await wall(administrator, { team: ['service'] })).rows)).to.deep.equal(['in-service']);
        expect(names((await wall(administrator, { team: ['none', 'sales'] })).rows)).to.deep.equal(['nobodys', 'in-sales']);
        expect((await wall(administrator, { channel: ['mailbox'] })).waiting.conversations).to.equal(0);
      });
    });

    it('says how busy everybody is', async () => {
      await t.addAgent({ _id: 'kim', name: 'Kim', capacity: 7 });
      for (const id of ['one', 'two']) {
        await t.addWaiting(id, { ...ago(90), conversation: { assigneeId: 'kim', owned: true }, wait: { segments: [{ from: t.time.now - hour, by: 'agent', agentId: 'kim' }] } });
      }
      const kim = (await wall()).people.find((person) => person.id === 'kim');
      expect(kim).to.deep.equal({ id: 'kim', name: 'Kim', presence: 'online', load: 2, capacity: 7, waitingOnThem: 2, overOnThem: 2 });
    });
  });
});
