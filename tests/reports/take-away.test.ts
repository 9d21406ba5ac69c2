import { expect } from 'chai';
import type { Asking, ReportQuery } from '../../src/reports/api.js';
import type { Receipt, ReceiptPage } from '../../src/reports/shapes.js';
import { csvOf, jsonOf } from '../../src/reports/take-away/csv.js';
import { groupsTable, heatTable, staffingTable, trendTable } from '../../src/reports/take-away/part-tables.js';
import { reportTable } from '../../src/reports/take-away/report-table.js';
import type { Table } from '../../src/reports/take-away/tables.js';
import { waitsTable } from '../../src/reports/take-away/waits-table.js';
import { isoTime, periodWords } from '../../src/reports/take-away/zone-times.js';
import { makeFile } from '../../src/reports/take-away/make-file.js';
import { sampleReport, sampleWait } from './take-away-sample.js';

async function joined(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

/** Reads CSV back by its rule (RFC 4180) alone: nothing of ours. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (let at = text.startsWith('\ufeff') ? 1 : 0; at < text.length;) {
    let cell = '';
    if (text[at] === '"') {
      for (at += 1; text[at] !== '"' || text[at + 1] === '"'; at += 1) {
        if (text[at] === '"') at += 1;
        cell += text[at];
      }
      at += 1;
    } else while (at < text.length && text[at] !== ',' && text[at] !== '\r') cell += text[at++];
    row.push(cell);
    if (text[at] === ',') at += 1;
    else {
      expect(text.slice(at, at + 2), 'lines end with CRLF').to.equal('\r\n');
      at += 2;
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

const asCsv = async (table: Table): Promise<Record<string, string>[]> => {
  const [titles = [], ...rows] = readCsv(await joined(csvOf(table)));
  return rows.map((cells) => Object.fromEntries(titles.map((title, index) => [title, cells[index] ?? ''])));
};

const query: ReportQuery = { from: '2026-10-19', to: '2026-10-25', zone: 'Europe/Berlin', compare: 'before', kind: 'first', time: 'business', groupBy: 'responder' };
const asking: Asking = { viewer: { agentId: 'A1', role: 'administrator', teamIds: [] }, scope: { of: 'everything', teamIds: [], agentId: 'A1', names: true }, now: Date.parse('2026-10-26T08:00:00Z') };
const inZone = { zone: 'Europe/Berlin', publicUrl: 'https://desk.velowerk.example', teamName: (id: string) => `Team ${id}` };

describe('A file of a report', () => {
  it('begins with a byte order mark and a row of words, and ends each line with CRLF', async () => {
    const text = await joined(csvOf(reportTable(sampleReport())));
    expect(Buffer.from(text).subarray(0, 3).toString('hex')).to.equal('efbbbf');
    expect(text.split('\r\n')[0]).to.equal('\ufeffPart,Figure,Value,In words,Period before,Period before in words');
    expect(text.replaceAll('\r\n', '')).not.to.match(/[\r\n]/);
  });

  it('has every length in ms, not rounded, and in words beside it, with the period before', async () => {
    const rows = await asCsv(reportTable(sampleReport()));
    const half = rows.find((row) => row['Figure'] === 'Business time: half within, of those answered (ms)');
    expect(half).to.include({ Part: 'Waits', Value: '1634000', 'In words': '27 m', 'Period before': '2400000', 'Period before in words': '40 m' });
    expect(rows.find((row) => row['Figure'] === 'Calendar time: 9 of 10 within, of those answered (ms)')).to.include({ 'In words': '1 d 2 h' });
    // A business day has no fixed length, so 50 business hours are not two days.
    expect(rows.find((row) => row['Figure'] === 'Resolution, business time: half within (ms)')).to.include({ 'In words': '50 h' });
    expect(rows.find((row) => row['Figure'] === 'Oldest waits (ms, calendar time)')).to.include({ Value: String(5 * 3_600_000 + 12 * 60_000), 'In words': '5 h 12 m' });
  });

  it('leaves empty what nobody knows, and never writes 0 for it', async () => {
    const rows = await asCsv(reportTable(sampleReport()));
    expect(rows.find((row) => row['Figure'] === 'Calendar time: 9 of 10 within, of all, with those still waiting (ms)')).to.include({ Value: '', 'In words': '' });
    const days = await asCsv(trendTable(sampleReport()));
    expect(days[5]).to.include({ 'First day': '2026-10-24', '9 of 10 within (ms)': '', '9 of 10 within': '' });
  });

  it('defuses cells that a spreadsheet would run, and leaves numbers numbers', async () => {
    for (const evil of ['=1+1', '+1', '-1+cmd', '@SUM(A1)', '\tx', '\rx']) {
      const report = sampleReport({ groups: [{ key: { id: 'G', name: evil }, now: sampleReport().totals.now }] });
      const [row] = await asCsv(groupsTable(report));
      expect(row?.['Name'], JSON.stringify(evil)).to.equal(`'${evil}`);
    }
    const table: Table = { columns: [{ key: 'a', title: 'A' }], batches: [[[-5], ['say "hi", Ana\nthen go']]] };
    expect(readCsv(await joined(csvOf(table)))).to.deep.equal([['A'], ['-5'], ['say "hi", Ana\nthen go']]);
  });

  it('says times with the offset that the zone had then, also in the hour that came twice', () => {
    expect(isoTime(Date.parse('2026-10-25T00:30:00.120Z'), 'Europe/Berlin')).to.equal('2026-10-25T02:30:00.120+02:00');
    expect(isoTime(Date.parse('2026-10-25T01:30:00.120Z'), 'Europe/Berlin')).to.equal('2026-10-25T02:30:00.120+01:00');
    expect(isoTime(Date.parse('2026-01-10T12:00:00Z'), 'America/St_Johns')).to.equal('2026-01-10T08:30:00.000-03:30');
    expect(periodWords('2026-10-19', '2026-10-25')).to.equal('19 to 25 Oct 2026');
    expect(periodWords('2025-12-29', '2026-01-04')).to.equal('29 Dec 2025 to 4 Jan 2026');
  });

  it('has a row per group, per day and per hour of the week', async () => {
    const groups = await asCsv(groupsTable(sampleReport()));
    expect(groups.map((row) => [row['Grouped by'], row['Name'], row['Waits'], row['Before: Waits']])).to.deep.equal([['responder', 'Lena Maas', '12', '12'], ['responder', `'=HYPERLINK("http://evil.example")`, '3', '']]);
    const days = await asCsv(trendTable(sampleReport()));
    expect(days.map((row) => row['First day'])).to.deep.equal(sampleReport().trend.map((day) => day.day));
    expect(days[0]).to.include({ From: '2026-10-19T00:00:00.000+02:00', Clock: 'business', '9 of 10 within': '1 h', 'Before: 9 of 10 within (ms)': '5400000' });
    const hours = await asCsv(heatTable(sampleReport()));
    expect(hours).to.have.length(168);
    expect(hours[33]).to.include({ Weekday: 'Tuesday', Hour: '09:00', 'Began to wait': '5', 'Half waited at most (ms)': '2460000' });
    const staff = await asCsv(staffingTable({ model: 'erlang_c', assumptions: [], weeks: 4, targetMs: 1, share: 0.9, handlingMs: 1, concurrent: 1, presentBy: 'answers', hours: [[{ arrivals: 3.5, needed: 2, present: 1.5, open: true }]] }));
    expect(staff).to.deep.equal([{ Weekday: 'Monday', Hour: '00:00', 'Arrivals in an hour': '3.5', 'People needed': '2', 'People there': '1.5', Open: 'yes' }]);
  });

  it('lists waits page after page, each once, and holds one page at a time', async () => {
    const all = Array.from({ length: 1_730 }, (_, index) => sampleWait(index));
    const asked: number[] = [];
    const { table, cut } = await waitsTable(pagesOf(all, asked), inZone);
    expect(asked, 'only the first page is read before somebody reads the file').to.have.length(1);
    const rows = await asCsv(table);
    expect(rows.map((row) => row['Wait'])).to.deep.equal(all.map((wait) => wait.id));
    expect(Math.max(...asked)).to.be.at.most(500);
    expect(cut()).to.equal(undefined);
    expect(rows[0]).to.include({
      Customer: 'Ines Bauer', From: '2026-10-25T02:30:00.000+02:00', 'Calendar time (ms)': '1620000', 'Calendar time': '27 m', Team: 'Team T1', 'Answered by': 'Lena Maas', 'Lay with unassigned (ms)': '420000', 'Lay with agent': '20 m',
      Link: 'https://desk.velowerk.example/c/C0',
    });
  });

  it('stops at the most rows and says so, in the file and in its name', async () => {
    const all = Array.from({ length: 25 }, (_, index) => sampleWait(index));
    const source = { report: () => Promise.resolve(sampleReport()), receipts: (_asking: Asking, _query: ReportQuery, page: { cursor?: string; limit: number }) => pagesOf(all, [])(page), conversations: () => Promise.reject(new Error('not asked')), staffing: () => Promise.reject(new Error('not asked')), definitions: () => [{ id: 'wait', name: 'Wait', text: '', shown: [] }], defaultZone: () => Promise.resolve('UTC') };
    const csv = await makeFile(source, asking, { what: 'waits', format: 'csv', query }, { ...inZone, most: 10 });
    const rows = readCsv(await joined(csv.text));
    expect(rows).to.have.length(12);
    expect(rows.at(-1)?.[0]).to.match(/^Cut after 10 of 25 waits/);
    expect(csv.name).to.equal('rapport-waits-2026-10-19-to-2026-10-25-first-10.csv');
    const json = await makeFile(source, asking, { what: 'waits', format: 'json', query, pick: 'state:open' }, { ...inZone, most: 10 });
    const read = JSON.parse(await joined(json.text)) as { rows: { id: string; calendarMs: number }[]; cut: string; query: unknown; pick: string; definitions: string[]; scope: object };
    expect(read.rows.map((row) => row.id)).to.deep.equal(all.slice(0, 10).map((wait) => wait.id));
    expect(read).to.deep.include({ query, pick: 'state:open', definitions: ['wait'], scope: { of: 'everything', teamIds: [], names: true } });
    expect(read.cut).to.match(/^Cut after 10 of 25/);
  });

  it('says the same in JSON as in CSV', async () => {
    const rows = await asCsv(trendTable(sampleReport()));
    const json = JSON.parse(await joined(jsonOf({ what: 'trend' }, trendTable(sampleReport())))) as { columns: Record<string, string>; rows: Record<string, string | number>[] };
    const words = json.rows.map((row) => Object.fromEntries(Object.entries(json.columns).map(([key, title]) => [title, String(row[key] ?? '')])));
    expect(words).to.deep.equal(rows);
  });
});

/** Pages as the engine gives them, by a cursor that only it understands. */
function pagesOf(all: readonly Receipt[], asked: number[]): (page: { cursor?: string; limit: number }) => Promise<ReceiptPage> {
  return ({ cursor, limit }) => {
    asked.push(limit);
    const from = cursor === undefined ? 0 : Number(cursor.slice(1));
    const items = all.slice(from, from + limit);
    return Promise.resolve({ items, total: all.length, ...(from + limit < all.length ? { cursor: `#${from + limit}` } : {}) });
  };
}
