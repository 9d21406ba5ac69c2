import { expect } from 'chai';
import type { Answer, HttpClient } from '../support/http-client.js';
import { waitOf } from '../reports/reports-world.js';
import { fillTakeAwayWorld, openTakeAwayWorld, type TakeAwayWorld } from '../reports/take-away-world.js';

const period = 'from=2026-10-19&to=2026-10-25&zone=Europe/Berlin&compare=before&kind=any&time=calendar';
const whats = ['report', 'groups', 'waits', 'conversations', 'trend', 'heat', 'staffing'] as const;
/** Everything that says something about the other team. */
const ofTheirs = /Zora|zora|Jonas|Petra|Tom Theirs|Workshop|"theirs"|,theirs,/;

describe('A report taken away over HTTP', () => {
  let world: TakeAwayWorld;
  const clients = new Map<string, HttpClient>();
  before(async () => {
    world = await openTakeAwayWorld();
    await fillTakeAwayWorld(world);
    for (const id of ['boss', 'lea', 'tom', 'ana', 'zora']) clients.set(id, await world.as(id));
  });
  after(() => world.close());
  afterEach(() => world.app.people.changeWorkspace({ reports: { agentsSeeOwn: false, hideNames: false } }));
  const as = (id: string): HttpClient => clients.get(id) as HttpClient;
  const file = (who: string, query: string): Promise<Answer> => as(who).get(`/reports/export?${period}&${query}`);

  it('is a file with a name that says what and when, and that no browser runs or keeps', async () => {
    const answer = await file('boss', 'what=groups&groupBy=responder&format=csv');
    expect(answer.status).to.equal(200);
    expect(answer.headers).to.include({
      'content-type': 'text/csv; charset=utf-8', 'x-content-type-options': 'nosniff', 'cache-control': 'private, no-store',
      'content-disposition': `attachment; filename="rapport-response-times-by-responder-2026-10-19-to-2026-10-25.csv"; filename*=UTF-8''rapport-response-times-by-responder-2026-10-19-to-2026-10-25.csv`,
    });
    expect(answer.bytes.subarray(0, 3).toString('hex')).to.equal('efbbbf');
  });

  it('holds the very numbers of the page', async () => {
    const page = (await as('boss').get(`/reports?${period}&groupBy=team`)).body;
    const rows = async (what: string): Promise<Record<string, unknown>[]> => (await file('boss', `what=${what}&groupBy=team&format=json`)).body.rows;
    const groups = await rows('groups');
    expect(groups.map((row) => [row['id'], row['name'], row['waits'], row['calendarAnsweredP50Ms'], row['within']])).to.deep.equal(
      page.groups.map((group: { key: { id: string; name: string }; now: { waits: number; calendar: { answered: { p50?: number } }; target: { within: number } } }) => [group.key.id, group.key.name, group.now.waits, group.now.calendar.answered.p50, group.now.target.within]),
    );
    const trend = await rows('trend');
    expect(trend.map((row) => [row['day'], row['waits'], row['p90Ms']])).to.deep.equal(page.trend.map((day: { day: string; waits: number; p90?: number }) => [day.day, day.waits, day.p90]));
    const heat = await rows('heat');
    expect(heat.map((row) => row['arrivals'])).to.deep.equal(page.heat.arrivals.flat());
    const report = await rows('report');
    expect(report.find((row) => row['figure'] === 'Calendar time: half within, of all, with those still waiting (ms)')).to.include({ now: page.totals.now.calendar.all.p50 });
    const staffing = (await as('boss').get('/reports/staffing?from=2026-10-19&to=2026-10-25&zone=Europe/Berlin&share=0.8')).body;
    const staff = (await file('boss', 'what=staffing&share=0.8&format=json')).body;
    expect(staff).to.include({ share: 0.8, handlingMs: staffing.handlingMs });
    expect(staff.rows.map((row: { needed: number }) => row.needed)).to.deep.equal(staffing.hours.flat().map((hour: { needed: number }) => hour.needed));
    const waits = (await as('boss').get(`/reports/waits?${period}&pick=state:open`)).body;
    const open = (await file('boss', 'what=waits&pick=state:open&format=json')).body;
    expect(open.rows.map((row: { id: string }) => row.id).sort()).to.deep.equal(waits.items.map((wait: { id: string }) => wait.id).sort());
    const { items, total } = (await as('boss').get(`/reports/conversations?${period}&pick=answers:1`)).body;
    const answered = (await file('boss', 'what=conversations&pick=answers:1&format=json')).body;
    expect(total).to.equal(page.cases.now.touches.total).and.to.be.above(0);
    expect(answered.rows.map((row: { id: string; touches: number }) => [row.id, row.touches]).sort()).to.deep.equal(items.map((row: { id: string; touches: number }) => [row.id, row.touches]).sort());
    const csv = (await file('boss', 'what=conversations&format=csv')).text.split('\r\n');
    expect(csv[0]).to.match(/^\ufeffConversation,Customer,.*"Resolved after, calendar time \(ms\)","Resolved after, calendar time"/u);
    expect(csv).to.have.length(page.cases.now.conversations + 2);
    expect((await file('boss', 'what=conversations&pick=state:open&format=csv')).status).to.equal(400);
  });

  it('says its query, its scope and the definitions that its numbers follow', async () => {
    const { body } = await file('lea', 'what=trend&format=json');
    expect(body.query).to.deep.include({ from: '2026-10-19', to: '2026-10-25', zone: 'Europe/Berlin', kind: 'any', time: 'calendar' });
    expect(body.scope).to.deep.equal({ of: 'teams', teamIds: ['ours'], names: true });
    const known = (await as('lea').get('/reports/definitions')).body.items.map((each: { id: string }) => each.id);
    expect(body.definitions).to.deep.equal(known);
    expect(body.madeAt).to.equal('2026-10-26T06:30:00.000+01:00');
  });

  it('defuses what a customer wrote so that a spreadsheet would run it', async () => {
    const { text } = await file('boss', 'what=waits&format=csv');
    expect(text).to.include(`,'=1+1,`).and.to.include('"<img src=x onerror=alert(1)> & ""Co"""');
    expect(text).not.to.match(/(^|,)=/m);
  });

  it('gives a lead nothing of another team, whatever is asked for and however', async () => {
    for (const what of whats) {
      for (const format of ['csv', 'json']) {
        for (const more of ['', '&team=theirs', '&responder=zora', '&groupBy=team', '&groupBy=responder', '&pick=owed:1', '&pick=group:theirs&groupBy=team']) {
          if ((what === 'staffing' || what === 'conversations') && more.includes('pick')) continue;
          const answer = await file('lea', `what=${what}&format=${format}${more}`);
          const said = format === 'json' ? JSON.stringify({ ...answer.body, query: {}, pick: '' }) : answer.text;
          expect(said, `${what} ${format} ${more}`).not.to.match(ofTheirs);
        }
      }
    }
    const own = (await file('lea', 'what=waits&format=json')).body;
    expect(own.rows.map((row: { customer: string }) => row.customer)).to.have.members(['Ines Bauer', 'Ida Ours', '<img src=x onerror=alert(1)> & "Co"']);
  });

  it('is for leads; agents get their own where the workspace lets them, and nobody else gets any', async () => {
    for (const what of whats) {
      const refused = await file('ana', `what=${what}&format=csv`);
      expect(refused.status, what).to.equal(403);
      expect(refused.body.error.code).to.equal('forbidden');
      expect(refused.headers).not.to.have.property('content-disposition');
    }
    const nobody = await world.as('boss');
    nobody.key = undefined;
    expect((await nobody.get(`/reports/export?${period}&format=csv`)).status).to.equal(401);
    await world.app.people.changeWorkspace({ reports: { agentsSeeOwn: true, hideNames: false } });
    const own = (await file('ana', 'what=waits&format=json')).body;
    expect(own.scope.of).to.equal('own');
    expect(own.rows.map((row: { customer: string }) => row.customer)).to.deep.equal(['Ines Bauer', 'Ida Ours']);
    expect((await file('ana', 'what=staffing&format=csv')).status).to.equal(403);
    for (const what of ['report', 'groups', 'waits', 'conversations', 'trend', 'heat']) expect((await file('ana', `what=${what}&groupBy=responder&format=csv`)).text, what).not.to.match(ofTheirs);
  });

  it('hides names where they are hidden', async () => {
    await world.app.people.changeWorkspace({ reports: { agentsSeeOwn: true, hideNames: true } });
    for (const what of whats) {
      for (const format of ['csv', 'json']) {
        const { text } = await file('boss', `what=${what}&groupBy=responder&format=${format}`);
        expect(text, `${what} ${format}`).not.to.match(/Ana Novak|Zora|"ana"|"zora"|,ana,|,zora,/);
      }
    }
    const hidden = (await file('boss', 'what=groups&groupBy=responder&format=json')).body.rows;
    expect(hidden.map((row: { name: string }) => row.name).filter((name: string) => /^Agent [0-9a-f]{4}$/.test(name))).to.have.length(2);
    // One's own name is no secret to oneself.
    expect((await file('ana', 'what=groups&groupBy=responder&format=csv')).text).to.include('Ana Novak');
  });

  it('writes a long list page after page: whole, each wait once, and nothing more when the reader leaves', async function () {
    this.timeout(60_000);
    const inbox = world.app.store.inbox;
    await inbox.work(async (c) => {
      for (let n = 100; n < 1_300; n += 1) await c.waits.insert(waitOf(n, { from: Date.parse('2026-03-02T08:00:00Z') + n * 1_000, took: 600_000, by: 'ana', teamId: 'ours', changeSeq: world.app.core.changes.next() }));
    });
    const march = '/reports/export?from=2026-03-02&to=2026-03-02&zone=Europe/Berlin&kind=any&time=calendar&what=waits';
    const { body } = await as('boss').get(`${march}&format=json`);
    expect(new Set(body.rows.map((row: { id: string }) => row.id)).size).to.equal(1_200);
    expect(body.rows).to.have.length(1_200);
    const leaving = new AbortController();
    const answer = await fetch(`${world.url}/api/v1${march}&format=csv`, { headers: { authorization: `Bearer ${as('boss').key ?? ''}` }, signal: leaving.signal });
    await answer.body?.getReader().read();
    leaving.abort();
    // The next one is served as if nothing had been.
    expect((await as('boss').get(`${march}&format=csv`)).text.trim().split('\r\n')).to.have.length(1_201);
    expect(world.logLines.filter((line) => line.includes('broken off'))).to.deep.equal([]);
  });

  it('refuses what it cannot make, with what is wrong', async () => {
    for (const [query, field] of [['what=report&format=xls', 'format'], ['what=everything&format=csv', 'what'], ['format=csv&zone=Europe/Berlim', 'zone'], ['format=csv&nonsense=1', '']] as const) {
      const answer = await as('boss').get(`/reports/export?${field === 'zone' ? 'from=2026-10-19&to=2026-10-25' : period}&${query}`);
      expect(answer.status, query).to.equal(400);
      expect(JSON.stringify(answer.body.error.facts)).to.include(field);
    }
    expect((await as('boss').get('/reports/export?from=2026-10-25&to=2026-10-19&format=csv')).status).to.equal(400);
    const pick = await file('boss', 'what=waits&pick=nothing:like-this&format=csv');
    expect(pick.status).to.equal(400);
    expect(pick.headers).not.to.have.property('content-disposition');
  });
});

describe('A digest over HTTP', () => {
  let world: TakeAwayWorld;
  const clients = new Map<string, HttpClient>();
  before(async () => {
    world = await openTakeAwayWorld();
    await fillTakeAwayWorld(world);
    for (const id of ['boss', 'lea', 'tom', 'ana']) clients.set(id, await world.as(id));
  });
  after(() => world.close());
  const as = (id: string): HttpClient => clients.get(id) as HttpClient;
  const weekly = { name: ' Orders, weekly ', every: 'week', query: 'from=2026-10-19&to=2026-10-25&groupBy=team&kind=any', timeZone: 'Europe/Berlin', recipientIds: ['lea', 'lea', 'boss'] };

  it('is kept without the days, once per recipient, and is its owner’s and the administrators’ alone', async () => {
    const made = await as('lea').post('/reports/digests', weekly);
    expect(made.status, made.text).to.equal(201);
    expect(made.body).to.deep.include({ name: 'Orders, weekly', query: 'groupBy=team&kind=any', recipientIds: ['lea', 'boss'], own: true, on: true });
    const path = `/reports/digests/${made.body.id}`;
    expect((await as('tom').get('/reports/digests')).body.items).to.deep.equal([]);
    for (const [method, to, body] of [['PATCH', path, { name: 'Mine now' }], ['DELETE', path, {}], ['POST', `${path}/send`, {}]] as const) expect((await as('tom').call(method, to, body)).status, method).to.equal(404);
    expect((await as('boss').get('/reports/digests')).body.items).to.have.length(1);
    expect((await as('boss').patch(path, { name: 'Orders' })).body).to.include({ name: 'Orders', own: false });
    expect((await as('lea').delete(path)).status).to.equal(204);
    expect((await as('lea').get('/reports/digests')).body.items).to.deep.equal([]);
  });

  it('is refused with what is wrong', async () => {
    for (const wrong of [{ query: 'groupBy=moon' }, { query: 'nonsense=1' }, { timeZone: 'Mars/Base' }, { recipientIds: [] }, { recipientIds: ['nobody'] }, { every: 'day' }, { name: ' ' }]) {
      const answer = await as('lea').post('/reports/digests', { ...weekly, ...wrong });
      expect(answer.status, JSON.stringify(wrong)).to.equal(400);
    }
    expect((await as('ana').get('/reports/digests')).status).to.equal(403);
    expect((await as('ana').post('/reports/digests', { ...weekly, recipientIds: ['ana'] })).status).to.equal(403);
  });

  it('of an agent who may see their own figures goes to themselves only', async () => {
    await world.app.people.changeWorkspace({ reports: { agentsSeeOwn: true, hideNames: false } });
    expect((await as('ana').post('/reports/digests', weekly)).status).to.equal(403);
    const made = await as('ana').post('/reports/digests', { ...weekly, recipientIds: ['ana'] });
    expect(made.status).to.equal(201);
    expect((await as('ana').patch(`/reports/digests/${made.body.id}`, { recipientIds: ['ana', 'boss'] })).status).to.equal(403);
  });
});
