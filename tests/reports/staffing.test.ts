import { expect } from 'chai';
import { createStaffing } from '../../src/compose/staffing.js';
import type { Viewer } from '../../src/inbox/api.js';
import type { Calendar } from '../../src/inbox/model/calendar.js';
import type { Wait } from '../../src/inbox/model/wait.js';
import { ReportColumns } from '../../src/reports/columns/report-columns.js';
import { HoursOfWeek } from '../../src/reports/staffing/hours-of-week.js';
import { PresenceDays } from '../../src/reports/staffing/presence-days.js';
import { readPresence } from '../../src/reports/staffing/read-presence.js';
import { periodOf } from '../../src/reports/period.js';
import { scopeOf } from '../../src/reports/scope.js';
import { serversNeeded } from '../../src/reports/staffing/erlang.js';
import type { StaffingAnswer, StaffingQuestion } from '../../src/reports/staffing/staffing.js';
import { hour, minute, openWaitingWorld, type WaitingWorld } from '../inbox/targets/waiting-world.js';
import { eachEngine } from '../support/engines.js';

/** Monday 7 September 2026, midnight in Berlin; four whole weeks before the tests' own present. */
const monday = Date.UTC(2026, 8, 6, 22);
const week = 7 * 24 * hour;
const fourWeeks = { from: '2026-09-07', to: '2026-10-04', zone: 'Europe/Berlin' };

const office: Calendar = {
  _id: 'default', name: 'Office', createdAt: 0,
  versions: [{ timeZone: 'Europe/Berlin', blocks: [0, 1, 2, 3, 4].map((day) => ({ day, from: 9 * 60, to: 17 * 60 })), exceptions: [{ date: '2026-09-15', name: 'Works outing', blocks: [] }], holidayDays: [], teamIds: [], channelIds: [], customerTags: [] }],
};

eachEngine((_name, open) => {
  describe('staffing', () => {
    let t: WaitingWorld;
    let ask: (question?: Partial<StaffingQuestion>, viewer?: Viewer) => Promise<StaffingAnswer>;
    let administrator: Viewer;
    let calendar: Calendar;
    beforeEach(async () => {
      t = await openWaitingWorld(await open(), { targets: [] });
      calendar = office;
      administrator = await t.addAgent({ _id: 'ada', role: 'administrator' });
      const times = () => ({ ...t.core.times(), calendars: [calendar] });
      const columns = new ReportColumns({ c: t.c, times, clock: t.core.clock, log: t.core.log });
      const staffing = createStaffing({ ...t.core, times }, columns);
      ask = (question = {}, viewer = administrator) => staffing({ viewer, scope: scopeOf(viewer, { reports: { agentsSeeOwn: true, hideNames: false } }), now: t.time.now }, { ...fourWeeks, ...question });
    });
    afterEach(() => t.close());

    let made = 0;
    const answeredWait = (from: number, more: { after?: number; agentId?: string; wait?: Partial<Wait>; teamId?: string; gaveUp?: boolean } = {}): Promise<Wait> => {
      made += 1;
      const { after = 5 * minute, agentId = 'mia', teamId } = more;
      const team = teamId === undefined ? {} : { teamId };
      const end: Partial<Wait> = more.gaveUp === true ? { state: 'abandoned' } : { state: 'answered', answer: { messageId: `a${made}`, conversationId: `c-w${made}`, by: 'agent', agentId, name: agentId, channelId: 'chat', ...team } };
      return t.addWaiting(`w${made}`, { from, wait: { to: from + after, businessMs: after, asks: [], ...team, ...end, ...more.wait } });
    };
    /** In each of the four weeks, at this hour of Monday in Berlin. */
    const eachMonday = async (at: number, count: number, more: Parameters<typeof answeredWait>[1] = {}): Promise<void> => {
      for (let weeks = 0; weeks < 4; weeks += 1) for (let each = 0; each < count; each += 1) await answeredWait(monday + weeks * week + at * hour + each * 5 * minute, more);
    };

    it('counts what comes, by weekday and hour of the zone, averaged over the weeks', async () => {
      await eachMonday(10, 3);
      await answeredWait(monday + 24 * hour + 15 * hour);
      const answer = await ask();
      expect(answer.weeks).to.equal(4);
      expect(answer.hours).to.have.length(7);
      expect(answer.hours[0]?.[10]).to.include({ arrivals: 3, open: true, present: 1 });
      expect(answer.hours[1]?.[15]).to.include({ arrivals: 0.25, open: true });
      expect(answer.hours.flat().reduce((sum, each) => sum + each.arrivals, 0)).to.equal(3.25);
    });

    it('takes the median time between answers for handling, and leaves out the pauses', async () => {
      await eachMonday(10, 8);
      const answer = await ask();
      expect(answer.handlingMs).to.equal(5 * minute);
      expect(answer.assumptions.join(' ')).to.contain('the median time between two answers of one agent that are less than an hour apart (28 of them)');
      expect((await ask({ handlingMinutes: 12 })).handlingMs).to.equal(12 * minute);
    });

    it('says so when handling is only assumed', async () => {
      await eachMonday(10, 1);
      expect(await ask()).to.include({ handlingMs: 10 * minute, model: 'erlang_c', targetMs: 60 * minute, share: 0.9 });
      expect((await ask()).assumptions.join(' ')).to.contain('assumed, for 0 such pairs of answers tell too little');
    });

    it('needs as many as Erlang C says for the work of that hour', async () => {
      await eachMonday(10, 8);
      const question = { handlingMinutes: 15, targetMinutes: 2, share: 0.9 };
      const needed = serversNeeded({ rate: 8 / hour, handling: 15 * minute }, { share: 0.9, target: 2 * minute });
      expect(needed).to.be.greaterThan(3);
      expect((await ask(question)).hours[0]?.[10]?.needed).to.equal(needed);
      expect((await ask({ ...question, concurrent: 3 })).hours[0]?.[10]?.needed).to.equal(Math.ceil(needed / 3));
      expect((await ask({ ...question, concurrent: 3 })).assumptions.join(' ')).to.contain('3 conversations under way at once');
    });

    it('needs nobody while it is closed, and works off what came meanwhile in the first hour', async () => {
      await eachMonday(2, 9);
      const { hours } = await ask({ handlingMinutes: 15, targetMinutes: 2 });
      expect(hours[0]?.[2]).to.include({ arrivals: 9, needed: 0, open: false });
      expect(hours[0]?.[9]?.needed).to.equal(serversNeeded({ rate: 9 / hour, handling: 15 * minute }, { share: 0.9, target: 2 * minute }));
      expect(hours[0]?.[10]?.needed).to.equal(0);
      expect(hours[5]?.every((each) => !each.open && each.needed === 0)).to.equal(true);
      // One closed Tuesday of four does not close Tuesdays.
      expect(hours[1]?.filter((each) => each.open)).to.have.length(8);
    });

    it('counts who was there by their answers, each once an hour, outside answers not at all', async () => {
      await eachMonday(10, 4, { agentId: 'mia' });
      await eachMonday(10, 1, { agentId: 'tom' });
      await answeredWait(monday + 10 * hour, { wait: { answer: { messageId: 'o', conversationId: 'c', by: 'outside', name: 'Someone', channelId: 'chat' } } });
      expect((await ask()).hours[0]?.[10]?.present).to.equal(2);
    });

    describe('by presence', () => {
      let spans = 0;
      /** Hours from the first Monday's midnight in Berlin. */
      const wasThere = async (from: number, to: number, more: { agentId?: string; state?: 'online' | 'away'; teamIds?: string[] } = {}): Promise<void> => {
        spans += 1;
        await t.c.presence.insert({ _id: `p${spans}`, agentId: 'mia', state: 'online', teamIds: ['sales'], ...more, from: monday + from * hour, to: monday + to * hour });
      };
      const presentOn = (answer: StaffingAnswer, day: number, from: number, to: number): number[] => (answer.hours[day] ?? []).slice(from, to).map((each) => each.present);

      it('counts who had Rapport open, for as much of each hour as they had, averaged over the weeks', async () => {
        await wasThere(-1, -0.5);
        await wasThere(9.25, 12);
        for (const week of [1, 2, 3]) await wasThere(week * 168 + 9, week * 168 + 11);
        const answer = await ask();
        expect(presentOn(answer, 0, 8, 13)).to.deep.equal([0, 0.94, 1, 0.25, 0]);
        expect(answer.presentBy).to.equal('presence');
        expect(answer).not.to.have.property('presenceSince');
        expect(answer.assumptions.join(' ')).to.contain('There, by presence: agents who had Rapport open and had not set themselves to away');
      });

      it('counts nobody twice, whatever was kept, and not while they had set themselves to away', async () => {
        await wasThere(-1, -0.5);
        await wasThere(9, 11);
        await wasThere(9.5, 10.5);
        await wasThere(10, 12);
        await wasThere(9, 10, { agentId: 'tom', state: 'away' });
        await wasThere(10, 10.5, { agentId: 'tom' });
        expect(presentOn(await ask(), 0, 9, 13)).to.deep.equal([0.25, 0.38, 0.25, 0]);
      });

      it('counts by answers what lies before the first whole hour of which presence is known, and says so', async () => {
        for (const weeks of [0, 1, 2, 3]) for (const each of [0, 1]) await answeredWait(monday + weeks * week + 10 * hour + each * 5 * minute, { agentId: 'tom' });
        await wasThere(2 * 168 + 9.5, 2 * 168 + 11);
        await wasThere(3 * 168 + 9, 3 * 168 + 11);
        const answer = await ask();
        // Nine o'clock of the third week had begun already: by answers, of which there were none.
        expect(presentOn(answer, 0, 9, 12)).to.deep.equal([0.25, 1, 0]);
        expect(answer).to.include({ presentBy: 'both', presenceSince: monday + 2 * week + 10 * hour });
        expect(answer.assumptions.join(' ')).to.contain('Before 21 Sept 2026 10:00 that was not kept; there it is by answers');
        expect((await ask({ to: '2026-09-20' })).presentBy).to.equal('answers');
        expect((await ask({ from: '2026-09-28' })).presentBy).to.equal('presence');
      });

      it('reads a day that no longer changes once, and what goes on anew each time', async () => {
        const asked: number[] = [];
        const days = new PresenceDays({ knownSince: () => t.c.presence.knownSince(), begunIn: (from, to, page) => { asked.push(from); return t.c.presence.begunIn(from, to, page); } });
        const hours = new HoursOfWeek(periodOf({ ...fourWeeks, from: '2026-09-28' }));
        const sums = async (now: number): Promise<number> => (await readPresence(days, hours, { now, open: new Map() })).people.reduce((sum, people) => sum + people, 0);
        await wasThere(3 * 168, 3 * 168 + 1);
        await wasThere(4 * 168 - 15, 4 * 168 - 14);
        const sunday = monday + 4 * week - 12 * hour;
        expect(await sums(sunday)).to.equal(2);
        await t.c.presence.extend(`p${spans}`, monday + 4 * week - 12.5 * hour);
        const first = asked.splice(0);
        expect(await sums(sunday)).to.be.closeTo(3.5, 1e-9);
        expect(first).to.have.length(8);
        // Saturday and Sunday: a span that began on Saturday might still go on.
        expect(asked).to.deep.equal(first.slice(-2));
        await sums(sunday + 2 * week);
        asked.splice(0);
        expect(await sums(sunday + 2 * week)).to.be.closeTo(3.5, 1e-9);
        expect(asked).to.deep.equal([]);
      });

      it('counts an hour that is open in part by that part', async () => {
        calendar = { ...office, versions: office.versions.map((version) => ({ ...version, exceptions: [{ date: '2026-09-08', name: 'Opens late', blocks: [{ from: 10 * 60 + 30, to: 10 * 60 + 45 }, { from: 10 * 60 + 50, to: 12 * 60 }] }] })) };
        await wasThere(-1, -0.5);
        await wasThere(24 + 10.5, 24 + 11.5);
        await wasThere(24 + 10.625, 24 + 10.75, { agentId: 'tom' });
        const answer = await ask({ to: '2026-09-13' });
        expect(presentOn(answer, 1, 9, 13)).to.deep.equal([0, 1.3, 0.5, 0]);
      });

      it('is of the teams in which people were then, of a channel its team, and of one’s own teams for leads', async () => {
        await t.addChannel({ _id: 'shop', kind: 'webchat', teamId: 'service' });
        await t.addChannel({ _id: 'market', kind: 'webhook' });
        await wasThere(-1, -0.5);
        await wasThere(10, 11, { agentId: 'mia' });
        await wasThere(10, 11, { agentId: 'tom', teamIds: ['service'] });
        await wasThere(10, 11, { agentId: 'eva', teamIds: ['service', 'sales'] });
        await wasThere(10, 11, { agentId: 'ada', teamIds: [] });
        const lead: Viewer = { agentId: 'leo', role: 'lead', teamIds: ['sales'] };
        const week1 = { to: '2026-09-13' };
        const at10 = async (question: Partial<StaffingQuestion>, viewer?: Viewer): Promise<number | undefined> => (await ask({ ...week1, ...question }, viewer)).hours[0]?.[10]?.present;
        expect(await at10({})).to.equal(4);
        expect(await at10({ team: ['service'] })).to.equal(2);
        expect(await at10({ team: ['none'] })).to.equal(4);
        expect(await at10({ channel: ['shop'] })).to.equal(2);
        expect(await at10({ channel: ['shop', 'market'] })).to.equal(4);
        expect(await at10({}, lead)).to.equal(2);
        expect(await at10({ team: ['service'] }, lead)).to.equal(0);
        expect(await at10({ channel: ['shop'] }, lead)).to.equal(2);
      });

      it('puts time into the hours of the zone, on the day on which its clocks go back and in one that is half an hour off', async () => {
        const sums = async (zone: string, day: string): Promise<number[]> => (await readPresence(new PresenceDays(t.c.presence), new HoursOfWeek(periodOf({ zone, from: day, to: day })), { now: Date.UTC(2027, 0, 1), open: new Map() })).people.map((people) => people * 60);
        await t.c.presence.insert({ _id: 'first', agentId: 'mia', state: 'online', teamIds: [], from: Date.UTC(2026, 9, 20), to: Date.UTC(2026, 9, 20, 1) });
        await t.c.presence.insert({ _id: 'night', agentId: 'mia', state: 'online', teamIds: [], from: Date.UTC(2026, 9, 24, 23, 30), to: Date.UTC(2026, 9, 25, 2, 15) });
        // Sunday: from half past one by the clock, through two o'clock twice, to a quarter past three.
        expect((await sums('Europe/Berlin', '2026-10-25')).slice(6 * 24, 6 * 24 + 5)).to.deep.equal([0, 30, 120, 15, 0]);
        expect((await sums('Asia/Kolkata', '2026-10-25')).slice(6 * 24 + 4, 6 * 24 + 9)).to.deep.equal([0, 60, 60, 45, 0]);
      });
    });

    it('counts with patience from thirty abandoned waits on', async () => {
      await eachMonday(10, 8);
      const give = (count: number) => Promise.all(Array.from({ length: count }, (_, at) => answeredWait(monday + 11 * hour + at * minute, { gaveUp: true, after: 20 * minute })));
      await give(29);
      expect((await ask()).model).to.equal('erlang_c');
      await give(1);
      const answer = await ask();
      expect(answer.model).to.equal('erlang_a');
      // 32 answered after five minutes and 30 abandoned after twenty: 760 minutes of waiting for 30 who gave up.
      expect(answer.patienceMs).to.be.closeTo(760 / 30 * minute, 1);
      expect(answer.assumptions[0]).to.contain('Erlang A: people give up after 25 m of open time on average, as 30 abandoned waits tell.');
    });

    it('is of one’s own teams for leads, of the teams asked for, and not for agents', async () => {
      await eachMonday(10, 4, { teamId: 'sales' });
      await eachMonday(10, 2, { teamId: 'service', agentId: 'tom' });
      const lead: Viewer = { agentId: 'leo', role: 'lead', teamIds: ['sales'] };
      expect((await ask({}, lead)).hours[0]?.[10]).to.include({ arrivals: 4, present: 1 });
      expect((await ask({ team: ['service'] }, lead)).hours[0]?.[10]).to.include({ arrivals: 0, present: 0 });
      expect((await ask({ team: ['service'] })).hours[0]?.[10]).to.include({ arrivals: 2, present: 1 });
      const refused = await ask({}, { agentId: 'mia', role: 'agent', teamIds: ['sales'] }).then(() => 'shown', (error: { code: string }) => error.code);
      expect(refused).to.equal('forbidden');
    });

    it('leaves out what lies before and after the period, and what turned out to be no wait', async () => {
      await answeredWait(monday - minute);
      await answeredWait(monday + 4 * week);
      await answeredWait(monday + hour, { wait: { void: true } });
      expect((await ask()).hours.flat().every((each) => each.arrivals === 0 && each.needed === 0)).to.equal(true);
    });
  });
});
