import { expect } from 'chai';
import type { CalendarView } from '../../src/http/api/shapes-reports.js';
import { openMsBetween } from '../../src/inbox/hours/open-time.js';
import type { Team } from '../../src/inbox/model/people.js';
import type { HttpClient } from '../support/http-client.js';
import { openHttpWorld, type HttpWorld } from '../support/http-world.js';

const hourMs = 3_600_000;
const weekdays = [0, 1, 2, 3, 4].map((day) => ({ day, from: 540, to: 1_020 }));
const berlin = { timeZone: 'Europe/Berlin', blocks: weekdays };

describe('Calendars over HTTP', () => {
  let world: HttpWorld;
  let administrator: HttpClient;
  let agent: HttpClient;
  let workshop: Team;
  before(async () => {
    world = await openHttpWorld();
    administrator = await world.signIn(await world.addAgent({ role: 'administrator' }));
    agent = await world.signIn(await world.addAgent());
    workshop = await world.addTeam('Workshop');
  });
  after(() => world.close());

  const list = async (): Promise<CalendarView[]> => (await agent.get('/calendars')).body.items;
  const openHours = (place: Parameters<typeof openMsBetween>[1], from: string, to: string): number =>
    openMsBetween(world.core.times().calendars, place, { from: Date.parse(from), to: Date.parse(to) }) / hourMs;
  /** Makes a calendar for one test and takes it away again. */
  const withCalendar = async (name: string, version: object, task: (made: CalendarView) => Promise<void>): Promise<void> => {
    const made = await administrator.post('/calendars', { name, version });
    expect(made.status, made.text).to.equal(201);
    await task(made.body);
    expect((await administrator.delete(`/calendars/${made.body.id}`)).status).to.equal(204);
  };

  it('begin with one that counts everywhere, made of the hours the workspace had', async () => {
    const [first, ...others] = await list();
    expect(others).to.deep.equal([]);
    expect(first).to.deep.include({ id: 'default', name: 'The house' });
    expect(first?.versions).to.have.length(1);
    expect(first?.versions[0]).to.deep.include({ timeZone: 'UTC', teamIds: [], holidayDays: [] });
    expect(first?.versions[0]).not.to.have.property('since');
  });

  it('count at once for the team, channel or tag they are made for', async () => {
    const long = [0, 1, 2, 3, 4, 5, 6].map((day) => ({ day, from: 0, to: 1_440 }));
    await withCalendar('Night shift', { timeZone: 'UTC', blocks: long, teamIds: [workshop._id], customerTags: [' VIP '] }, async (made) => {
      expect(made).to.deep.include({ name: 'Night shift', openNow: true });
      expect(made.versions[0]?.customerTags).to.deep.equal(['vip']);
      const day = ['2026-03-03T00:00Z', '2026-03-04T00:00Z'] as const;
      expect([openHours({}, ...day), openHours({ teamId: workshop._id }, ...day), openHours({ customerTags: ['Vip'] }, ...day)]).to.deep.equal([8, 24, 24]);
      await Promise.resolve();
    });
    expect(openHours({ teamId: workshop._id }, '2026-03-03T00:00Z', '2026-03-04T00:00Z')).to.equal(8);
  });

  it('keep their history: a change holds from its date on', async () => {
    await withCalendar('Workshop', { ...berlin, teamIds: [workshop._id] }, async ({ id }) => {
      const longer = { timeZone: 'Europe/Berlin', blocks: weekdays.map((block) => ({ ...block, to: 1_140 })), teamIds: [workshop._id] };
      const changed = await administrator.patch(`/calendars/${id}`, { version: { ...longer, since: '2026-02-04' } });
      expect(changed.body.versions.map((version: { since?: string }) => version.since)).to.deep.equal([undefined, '2026-02-04']);
      const place = { teamId: workshop._id };
      expect(openHours(place, '2026-02-03T00:00+01:00', '2026-02-04T00:00+01:00')).to.equal(8);
      expect(openHours(place, '2026-02-04T00:00+01:00', '2026-02-05T00:00+01:00')).to.equal(10);
      const again = await administrator.patch(`/calendars/${id}`, { version: { ...longer, since: '2026-02-04', blocks: [{ day: 2, from: 600, to: 660 }] } });
      expect(again.body.versions).to.have.length(2);
      expect(openHours(place, '2026-02-04T00:00+01:00', '2026-02-05T00:00+01:00')).to.equal(1);
      const forAll = await administrator.patch(`/calendars/${id}`, { version: { ...longer, since: null } });
      expect(forAll.body.versions.map((version: { since?: string }) => version.since)).to.deep.equal([undefined, '2026-02-04']);
      expect(openHours(place, '2026-02-03T00:00+01:00', '2026-02-04T00:00+01:00')).to.equal(10);
      const today = await administrator.patch(`/calendars/${id}`, { version: longer });
      expect(today.body.versions.at(-1).since).to.equal(new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Berlin' }).format(world.deps.clock()));
      expect((await administrator.patch(`/calendars/${id}`, { name: ' Bench ' })).body).to.deep.include({ name: 'Bench', versions: today.body.versions });
    });
  });

  it('close on the public holidays of a country and region, from 2015 to two years ahead', async () => {
    const year = new Date(world.deps.clock()).getUTCFullYear();
    await withCalendar('Munich', { ...berlin, holidays: { country: 'de', region: 'by' }, teamIds: [workshop._id] }, async ({ versions }) => {
      expect(versions[0]?.holidays).to.deep.equal({ country: 'DE', region: 'BY' });
      const days = versions[0]?.holidayDays ?? [];
      expect(days).to.deep.include({ date: '2026-01-06', name: 'Epiphany' });
      expect([days[0]?.date, days.at(-1)?.date]).to.deep.equal(['2015-01-01', `${year + 2}-12-26`]);
      expect(openHours({ teamId: workshop._id }, '2026-01-06T00:00+01:00', '2026-01-07T00:00+01:00')).to.equal(0);
      await Promise.resolve();
    });
  });

  it('name the countries and regions with lists, and the days of a year', async () => {
    const { items } = (await agent.get('/calendars/holidays/countries')).body;
    const germany = items.find((country: { code: string }) => country.code === 'DE');
    expect(germany.name).to.equal('Germany');
    expect(germany.regions).to.deep.include({ code: 'BY', name: 'Bayern' });
    expect(germany.regions).to.deep.include({ code: 'BY-A', name: 'Bayern, Stadt Augsburg' });
    const days = async (query: string): Promise<string[]> => (await agent.get(`/calendars/holidays?${query}`)).body.items.map((day: { date: string }) => day.date);
    expect(await days('country=US&year=2027')).to.include.members(['2027-07-05', '2027-11-25']);
    expect(await days('country=DE&region=BY-A&year=2026')).to.include('2026-08-08');
    expect(await days('country=DE&region=BY&year=2026')).not.to.include('2026-08-08');
    expect(await days('country=TR&year=2027')).to.include.members(['2027-03-09', '2027-03-10', '2027-03-11', '2027-03-12']);
    expect((await agent.get('/calendars/holidays?country=DE&year=3000')).status).to.equal(400);
  });

  const refused: [string, object, string, RegExp][] = [
    ['without any open hour', { ...berlin, blocks: [] }, 'version.blocks', /without any open hour/],
    ['in a zone that is none, naming the one that was meant', { ...berlin, timeZone: 'Berlin' }, 'version.timeZone', /did you mean Europe\/Berlin\?/],
    ['in a zone that is mistyped', { ...berlin, timeZone: 'Amerika/New_Yrok' }, 'version.timeZone', /America\/New_York/],
    ['with a country that has no list', { ...berlin, holidays: { country: 'Germany' } }, 'version.holidays.country', /Did you mean Germany \(DE\)\?/],
    ['with a region its country does not have', { ...berlin, holidays: { country: 'DE', region: 'XY' } }, 'version.holidays.region', /Germany has no region “XY”.*BY/],
    ['with a day that stands there twice', { ...berlin, exceptions: [{ date: '2026-12-24', name: 'Eve', blocks: [] }, { date: '2026-12-24', name: 'Again', blocks: [] }] }, 'version.exceptions', /2026-12-24 stands there twice/],
    ['with a day that is none', { ...berlin, exceptions: [{ date: '2026-02-30', name: 'Never', blocks: [] }] }, 'version.exceptions.0.date', /must be a day/],
    ['with a block that ends before it begins', { ...berlin, blocks: [{ day: 0, from: 600, to: 540 }] }, 'version.blocks.0', /must end after it begins/],
    ['for a team that is not there', { ...berlin, teamIds: ['gone'] }, 'version.teamIds', /no team “gone”/],
    ['for a channel that is not there', { ...berlin, channelIds: ['gone'] }, 'version.channelIds', /no channel “gone”/],
  ];
  for (const [what, version, field, why] of refused) {
    it(`are refused ${what}`, async () => {
      const before = await list();
      const answer = await administrator.post('/calendars', { name: 'Odd', version });
      expect(answer.status).to.equal(400);
      expect(answer.body.error.facts.fields[field]).to.match(why);
      expect(await list()).to.deep.equal(before);
    });
  }

  it('never claim what another one counts for at the same time, and say which', async () => {
    await withCalendar('Workshop', { ...berlin, teamIds: [workshop._id], channelIds: [world.channel._id], customerTags: ['vip'], since: '2026-03-01' }, async ({ id }) => {
      const answer = await administrator.post('/calendars', { name: 'Other', version: { ...berlin, teamIds: [workshop._id], customerTags: ['VIP'] } });
      expect(answer.status).to.equal(409);
      expect(answer.body.error.message).to.match(/^The calendar “Workshop” counts for the team Workshop already, from 2026-03-01 on\./);
      expect(answer.body.error.facts.fields).to.have.all.keys('version.teamIds', 'version.customerTags');
      expect((await administrator.post('/calendars', { name: 'Other', version: { ...berlin, channelIds: [world.channel._id], since: '2027-01-01' } })).body.error.message).to.contain('the channel Shop');
      await administrator.patch(`/calendars/${id}`, { version: { ...berlin, since: '2027-01-01' } });
      await withCalendar('Next year', { ...berlin, teamIds: [workshop._id], since: '2027-01-01' }, () => Promise.resolve());
    });
  });

  it('keep the one that counts everywhere', async () => {
    const answer = await administrator.delete('/calendars/default');
    expect([answer.status, answer.body.error.message]).to.deep.equal([409, 'This calendar counts where no other does, so it has to stay. Its hours can be changed.']);
    expect((await administrator.delete('/calendars/none')).status).to.equal(404);
    expect((await administrator.patch('/calendars/none', { name: 'Gone' })).status).to.equal(404);
    expect((await administrator.patch('/calendars/default', {})).status).to.equal(400);
  });

  it('are changed by administrators only', async () => {
    const lead = await world.signIn(await world.addAgent({ role: 'lead' }));
    for (const client of [agent, lead]) {
      expect((await client.get('/calendars')).status).to.equal(200);
      expect((await client.post('/calendars', { name: 'Mine', version: berlin })).status).to.equal(403);
      expect((await client.patch('/calendars/default', { name: 'Mine' })).status).to.equal(403);
      expect((await client.delete('/calendars/default')).status).to.equal(403);
    }
    expect((await list()).map((calendar) => calendar.name)).to.deep.equal(['The house']);
  });

  it('are written by many at once without losing a change', async () => {
    await withCalendar('Busy', berlin, async ({ id }) => {
      const days = Array.from({ length: 8 }, (_, index) => `2026-05-0${index + 1}`);
      await Promise.all(days.map((since) => administrator.patch(`/calendars/${id}`, { version: { ...berlin, since } })));
      expect((await list()).find((calendar) => calendar.id === id)?.versions.map((version) => version.since)).to.deep.equal([undefined, ...days]);
    });
  });

  it('are what the hours of settings and of teams are read from and written to, from today on', async () => {
    const hours = { timeZone: 'Europe/Berlin', blocks: [{ day: 1, from: 600, to: 660 }] };
    const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Berlin' }).format(world.deps.clock());
    expect((await administrator.patch('/settings', { hours })).body.hours).to.deep.equal(hours);
    expect((await list())[0]?.versions.map((version) => version.since)).to.deep.equal([undefined, today]);
    expect(openHours({}, '2026-03-03T00:00Z', '2026-03-04T00:00Z')).to.equal(8);

    const team = (await administrator.post('/teams', { name: 'Returns', hours })).body;
    expect(team.hours).to.deep.equal(hours);
    const own = (await list()).find((calendar) => calendar.name === 'Returns');
    expect(own?.versions).to.have.length(1);
    expect(openHours({ teamId: team.id }, '2026-03-03T00:00Z', '2026-03-04T00:00Z')).to.equal(1);
    expect((await administrator.patch(`/teams/${team.id}`, { hours: null })).body).not.to.have.property('hours');
    expect((await list()).find((calendar) => calendar.id === own?.id)?.versions.map((version) => version.teamIds)).to.deep.equal([[team.id], []]);
    expect((await administrator.patch(`/teams/${team.id}`, { hours: berlin })).body.hours).to.deep.equal(berlin);
    expect((await administrator.patch(`/calendars/${own?.id ?? ''}`, { version: { ...berlin, teamIds: [team.id, workshop._id] } })).status).to.equal(200);
    const shared = await administrator.patch(`/teams/${workshop._id}`, { hours });
    expect([shared.status, shared.body.error.message]).to.deep.equal([409, 'The hours of Workshop come from the calendar “Returns”, which counts elsewhere as well. Change it under Settings, Opening hours.']);
    expect((await administrator.patch('/settings', { hours: { ...hours, blocks: [] } })).body.error.facts.fields).to.have.all.keys('hours.blocks');
  });
});
