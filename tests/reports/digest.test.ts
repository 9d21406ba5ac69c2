import { expect } from 'chai';
import { trendChart, trendInWords } from '../../src/reports/digest/chart.js';
import { newestDue, nextDueAt, periodOf } from '../../src/reports/digest/period.js';
import { headline, toldFigures } from '../../src/reports/digest/sentences.js';
import { storyOf } from '../../src/reports/digest/story.js';
import { htmlOf } from '../../src/reports/digest/mail-html.js';
import { textOf } from '../../src/reports/digest/mail-text.js';
import { sampleFigures, sampleReport, sampleWait } from './take-away-sample.js';
import type { ReportQuery } from '../../src/reports/api.js';

const at = (text: string): number => Date.parse(text);
const query: ReportQuery = { from: '2026-10-19', to: '2026-10-25', zone: 'Europe/Berlin', compare: 'before', kind: 'first', time: 'business', team: ['T1', 'T 2&3'] };

describe('When a digest is due', () => {
  it('is Monday at seven in its zone, about the seven days before, also when clocks change', () => {
    // Clocks in Berlin go back on 25 October and forward on 29 March; seven in the morning moves against UTC.
    expect(newestDue('week', 'Europe/Berlin', at('2026-10-26T05:59:59Z')).key).to.equal('week:2026-10-12');
    expect(newestDue('week', 'Europe/Berlin', at('2026-10-26T06:00:00Z'))).to.deep.equal({ key: 'week:2026-10-19', from: '2026-10-19', to: '2026-10-25', dueAt: at('2026-10-26T06:00:00Z') });
    expect(newestDue('week', 'Europe/Berlin', at('2026-10-19T05:00:00Z')).key).to.equal('week:2026-10-12');
    expect(newestDue('week', 'Europe/Berlin', at('2027-03-29T05:00:00Z')).key).to.equal('week:2027-03-22');
    expect(newestDue('week', 'Europe/Berlin', at('2027-03-29T04:59:59Z')).key).to.equal('week:2027-03-15');
    expect(newestDue('week', 'America/St_Johns', at('2026-10-26T09:29:59Z')).key).to.equal('week:2026-10-12');
    expect(newestDue('week', 'America/St_Johns', at('2026-10-26T09:30:00Z')).key).to.equal('week:2026-10-19');
    expect(newestDue('week', 'Pacific/Kiritimati', at('2026-10-25T17:00:00Z')).key).to.equal('week:2026-10-19');
  });

  it('is the first of the month at seven, about the whole month before', () => {
    expect(newestDue('month', 'Europe/Berlin', at('2026-03-01T06:00:00Z'))).to.include({ key: 'month:2026-02-01', from: '2026-02-01', to: '2026-02-28' });
    expect(newestDue('month', 'Europe/Berlin', at('2026-03-01T05:59:00Z'))).to.include({ key: 'month:2026-01-01', to: '2026-01-31' });
    expect(newestDue('month', 'Europe/Berlin', at('2027-01-01T06:00:00Z'))).to.include({ key: 'month:2026-12-01', to: '2026-12-31' });
    expect(nextDueAt('month', 'Europe/Berlin', at('2026-12-15T12:00:00Z'))).to.equal(at('2027-01-01T06:00:00Z'));
    expect(nextDueAt('week', 'Europe/Berlin', at('2026-10-26T06:00:00Z'))).to.equal(at('2026-11-02T06:00:00Z'));
  });

  it('names each period the same in every zone, so that moving it sends nothing again', () => {
    expect(newestDue('week', 'Asia/Tokyo', at('2026-10-28T12:00:00Z')).key).to.equal(newestDue('week', 'America/Los_Angeles', at('2026-10-28T12:00:00Z')).key);
    expect(periodOf('week:2026-10-19', 'Europe/Berlin')).to.include({ from: '2026-10-19', to: '2026-10-25' });
    expect(periodOf('day:2026-10-19', 'Europe/Berlin')).to.equal(undefined);
  });
});

describe('What a digest says', () => {
  it('begins with a sentence that is true of everybody who waited', () => {
    expect(headline(sampleReport())).to.equal('Half of customers had an answer within 29 m');
    expect(headline(sampleReport({ totals: { now: sampleFigures({ business: { answered: { p50: 60_000 }, all: {} } }) } }))).to.equal('Fewer than half of customers had an answer yet');
    expect(headline(sampleReport({ totals: { now: sampleFigures({ waits: 0 }) } }))).to.equal('Nobody waited for an answer');
  });

  it('gives the numbers of the page, with how they compare and with those still waiting', () => {
    expect(toldFigures(sampleReport()).map(({ what, value, compared }) => `${what}: ${value} (${compared})`)).to.deep.equal([
      'Half of those answered, within: 27 m (12 m faster; 29 m with those still waiting)',
      '9 of 10 of those answered, within: 1 h 52 m (2 h 4 m with those still waiting)',
      'Within target: 70 % (7 of 10 waits, 70 % before)',
      'Waits: 12 (20 before, 2 still open)',
      'We owe an answer now: 2 customers (the oldest waits 5 h 12 m, 1 over target, 1 in public)',
    ]);
  });

  it('escapes all that came from outside, in HTML and in text', () => {
    const evil = `<script>alert(1)</script>"'&\r\nBcc: x@evil.example\u202e`;
    const owed = { items: [sampleWait(1, { customer: { id: 'P', name: evil }, subject: evil, channel: { id: 'C', kind: 'email', name: evil }, conversationId: '"><i>' })], total: 14 };
    const report = sampleReport({ groups: [{ key: { id: 'A', name: evil }, now: sampleFigures() }], remark: { day: '2026-10-20', value: 1, text: evil, pick: '' } });
    const story = storyOf({ report, owed }, query, { name: evil, publicUrl: 'https://desk.velowerk.example' });
    const html = htmlOf(story, { cid: 'x', width: 600, height: 220 });
    expect(html).not.to.match(/<script|<i>|\u202e/);
    expect(html.match(/&lt;script&gt;alert\(1\)&lt;\/script&gt;&quot;&#39;&amp; Bcc/g)).to.have.length(6);
    expect(html).to.include('and 13 more');
    expect(textOf(story)).not.to.match(/\nBcc|\u202e/);
    expect(story.links.report).to.equal('https://desk.velowerk.example/reports?from=2026-10-19&to=2026-10-25&zone=Europe%2FBerlin&compare=before&kind=first&time=business&team=T1%2CT%202%263');
    expect(html).to.include('href="https://desk.velowerk.example/c/%22%3E%3Ci%3E"');
  });

  it('draws the trend with a gap where nobody was answered, and says the same numbers in words', () => {
    const { trend } = sampleReport();
    const svg = trendChart(trend, 'business');
    const [nine = ''] = /<path d="([^"]+)" fill="none" stroke="#3f51c7"/.exec(svg)?.slice(1) ?? [];
    expect(nine.match(/M/g), 'the line begins once: the last day stands alone').to.have.length(2);
    expect(svg).to.match(/<circle [^>]*fill="#3f51c7"/).and.to.include('stroke-dasharray');
    expect(svg).not.to.match(/NaN|undefined|Infinity/);
    expect(trendInWords(trend, 'business')).to.include('Mon 19 Oct: 1 h (half 20 m)').and.to.include('Sat 24 Oct: no answer').and.to.include('Sun 25 Oct: 3 h (half 26 m)');
    for (const odd of [[], trend.slice(0, 1), trend.map((day) => ({ day: day.day, from: day.from, to: day.to, waits: 0, answered: 0, over: 0 })), trend.map((day) => ({ ...day, p50: 0, p90: 0 })), trend.map((day) => ({ ...day, p90: 1e12 }))]) {
      expect(trendChart(odd, 'calendar')).not.to.match(/NaN|undefined|Infinity/);
    }
  });
});
