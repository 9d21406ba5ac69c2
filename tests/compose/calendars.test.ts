import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { pino } from 'pino';
import { buildApp, type App } from '../../src/compose/app.js';
import { makeFirstCalendars } from '../../src/compose/first-calendars.js';
import { TimeBook } from '../../src/compose/time-rules.js';
import { readConfig } from '../../src/config.js';
import type { Calendar } from '../../src/inbox/model/calendar.js';
import { defaultWorkspace } from '../../src/store/collections/people.js';

const weekdays = [0, 1, 2, 3, 4].map((day) => ({ day, from: 540, to: 1_020 }));
const berlin = { timeZone: 'Europe/Berlin', blocks: weekdays };

describe('Calendars when the process starts', () => {
  let dataDir: string;
  let apps: App[] = [];
  let now = Date.parse('2026-11-23T12:00:00Z');
  const start = async (): Promise<App> => {
    const app = await buildApp(readConfig({ DATA_DIR: dataDir }, dataDir), { log: pino({ level: 'silent' }), webRoot: dataDir, publicUrl: 'http://127.0.0.1', clock: () => now });
    apps.push(app);
    return app;
  };
  const stop = async (): Promise<void> => {
    for (const app of apps) await app.stop();
    apps = [];
  };
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'rapport-calendars-'));
    now = Date.parse('2026-11-23T12:00:00Z');
  });
  afterEach(async () => {
    await stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('are made once of the hours that workspace and teams had before, each for all time', async () => {
    const c = (await start()).store.inbox.now;
    await c.calendars.remove('default');
    await c.settings.change({ set: { hours: berlin } });
    await c.teams.insert({ _id: 'workshop', name: 'Workshop', createdAt: 5, hours: { timeZone: 'UTC', blocks: [{ day: 0, from: 0, to: 60 }] } });
    await c.teams.insert({ _id: 'orders', name: 'Orders', createdAt: 6 });
    await stop();
    const app = await start();
    const shown = ({ _id, name, versions }: Calendar): object => ({ _id, name, versions: versions.map(({ since, timeZone, blocks, teamIds }) => ({ since, timeZone, blocks: blocks.length, teamIds })) });
    const expected = [
      { _id: 'default', name: 'The house', versions: [{ since: undefined, timeZone: 'Europe/Berlin', blocks: 5, teamIds: [] }] },
      { _id: 'team-workshop', name: 'Workshop', versions: [{ since: undefined, timeZone: 'UTC', blocks: 1, teamIds: ['workshop'] }] },
    ];
    expect(app.calendars.list().map(shown)).to.deep.equal(expected);
    await makeFirstCalendars(app.store.inbox.now);
    expect((await app.store.inbox.now.calendars.all()).map(shown)).to.deep.equal(expected);
    expect((await app.people.listTeams()).map(({ _id, hours }) => [_id, hours?.timeZone])).to.deep.equal([['orders', undefined], ['workshop', 'UTC']]);
  });

  it('are made of office hours where the workspace never opened, since no clock would ever run', async () => {
    const c = (await start()).store.inbox.now;
    await c.calendars.remove('default');
    await c.settings.change({ set: { hours: { timeZone: 'Europe/Berlin', blocks: [] } } });
    await stop();
    const [house] = (await start()).calendars.list();
    expect(house?.versions[0]).to.deep.include({ timeZone: 'Europe/Berlin', blocks: defaultWorkspace.hours.blocks });
  });

  it('go on with their lists of holidays in a later year, and keep what they said of earlier ones', async () => {
    const app = await start();
    const version = { ...berlin, holidays: { country: 'DE' }, exceptions: [], teamIds: [], channelIds: [], customerTags: [] };
    await app.calendars.change('default', { version });
    const before = (await app.store.inbox.now.calendars.get('default'))?.versions.at(-1)?.holidayDays ?? [];
    expect(before.at(-1)?.date).to.equal('2028-12-26');
    const kept = before.filter(({ date }) => date !== '2026-12-25');
    const versions = (await app.store.inbox.now.calendars.get('default'))?.versions.map((each) => (each.holidays === undefined ? each : { ...each, holidayDays: kept })) ?? [];
    await app.store.inbox.now.calendars.change('default', { set: { versions } });
    await stop();
    now = Date.parse('2028-03-01T12:00:00Z');
    const later = await start();
    expect(await later.calendars.continueHolidays()).to.equal(1);
    const after = later.core.times().calendars[0]?.versions.at(-1)?.holidayDays ?? [];
    expect(after.slice(0, kept.length)).to.deep.equal(kept);
    expect(after.map(({ date }) => date)).to.include.members(['2029-01-01', '2030-12-25']);
    expect(await later.calendars.continueHolidays()).to.equal(0);
  });

  it('are in force from the moment the change is answered, also after a restart', async () => {
    const app = await start();
    await app.people.changeWorkspace({ hours: berlin, answerTargetMinutes: 77, resolveHoldsHours: 5 });
    const rules = app.core.times();
    expect([rules.defaultMinutes, rules.resolveHoldsMs, rules.calendars[0]?.versions.length]).to.deep.equal([77, 5 * 3_600_000, 2]);
    await stop();
    const book = await TimeBook.open((await start()).store.inbox.now);
    expect(book.rules()).to.deep.equal(rules);
  });
});
