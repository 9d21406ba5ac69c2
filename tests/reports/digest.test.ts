import { expect } from 'chai';
import { trendChart, trendInWords } from '../../src/reports/digest/chart.js';
import { en } from '../../src/reports/digest/words/en.js';
import { languageOf, wordsIn } from '../../src/reports/digest/words/words-in.js';
import { voiceIn } from '../../src/reports/digest/voice.js';
import { newestDue, nextDueAt, periodOf } from '../../src/reports/digest/period.js';
import { headline, toldFigures } from '../../src/reports/digest/sentences.js';
import { storyOf } from '../../src/reports/digest/story.js';
import { htmlOf } from '../../src/reports/digest/mail-html.js';
import { textOf } from '../../src/reports/digest/mail-text.js';
import { sampleFigures, sampleReport, sampleWait } from './take-away-sample.js';
import type { GroupBy, ReportQuery } from '../../src/reports/api.js';

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
    const report = sampleReport({ groups: [{ key: { id: 'A', name: evil }, now: sampleFigures() }], remark: { day: '2026-10-20', value: 1, text: evil, pick: '', why: { usual: 1 } } });
    const story = storyOf({ report, owed }, query, { name: evil, publicUrl: 'https://desk.velowerk.example' });
    const html = htmlOf(story, { cid: 'x', width: 600, height: 220 });
    expect(html).not.to.match(/<script|<i>|\u202e/);
    expect(html.match(/&lt;script&gt;alert\(1\)&lt;\/script&gt;&quot;&#39;&amp; Bcc/g)).to.have.length(5);
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

  it('puts what stands out on a day into its own words, from the facts behind the sentence', () => {
    const { remark } = storyOf({ report: sampleReport(), owed: { items: [], total: 0 } }, query, { name: 'Weekly', publicUrl: '' });
    expect(remark).to.equal('Tue 20 Oct: nine of ten were answered within 3 h 48 m, on a usual day within 27 m. 3 people answered, on other Tuesdays 5. 14 began to wait, on other Tuesdays 8. 62 % of the time it lay with nobody.');
  });
});

describe('The languages of a digest', () => {
  const languages = ['en', 'de', 'es', 'fr'] as const;
  const owed = { items: [sampleWait(1)], total: 1_234 };
  const idsOf: Partial<Record<GroupBy, string[]>> = { language: ['none', 'de'], priority: ['urgent', 'low'], hour: ['9'], weekday: ['1'], customer: ['new', 'known'] };
  const mailOf = (language: (typeof languages)[number], groupBy: GroupBy = 'responder'): { text: string; html: string; headline: string; period: string } => {
    const report = sampleReport({ groupBy, groups: (idsOf[groupBy] ?? ['none', 'other', 'outside:Ute Land', 'A']).map((id) => ({ key: { id, name: `name of ${id}` }, now: sampleFigures({ answered: 1_234 }) })) });
    const story = storyOf({ report, owed }, query, { name: 'Weekly', publicUrl: 'https://desk.velowerk.example', language });
    return { text: textOf(story), html: htmlOf(story, { cid: 'x', width: 600, height: 220 }), headline: story.headline, period: story.period };
  };

  it('are those of the recipient, else of the workspace, else English', () => {
    expect(languageOf('fr', 'de')).to.equal('fr');
    expect(languageOf(undefined, 'de')).to.equal('de');
    expect(languageOf(undefined, 'pt')).to.equal('en');
    expect(languageOf('toString', undefined)).to.equal('en');
  });

  it('write sentence, dates, lengths and numbers each in its way', () => {
    const said = languages.map((language) => {
      const { headline: sentence, period, text } = mailOf(language);
      return [sentence, period, text.split('\n').filter((line) => /1.?234|20\D+(Okt|oct|Oct)/.test(line)).length > 0];
    });
    expect(said).to.deep.equal([
      ['Half of customers had an answer within 29 m', '19 to 25 Oct 2026', true],
      ['Die Hälfte der Kunden hatte innerhalb von 29 min eine Antwort', '19.–25. Okt. 2026', true],
      ['La mitad de los clientes tuvo una respuesta en 29 min', '19–25 oct 2026', true],
      ['La moitié des clients avaient une réponse en 29 min', '19–25 oct. 2026', true],
    ]);
    const german = mailOf('de');
    expect(german.html).to.include('<html lang="de">').and.to.include('1.234').and.to.include('Di. 20. Okt.: Neun von zehn hatten innerhalb von 3 h 48 min eine Antwort').and.to.include('3 Personen haben geantwortet, an anderen Dienstagen 5.');
    expect(mailOf('fr').text).to.include('62 % du temps, c’était sans responsable.').and.to.include('une réponse, en : 27 min (').and.to.include('Mar. 20 oct. : neuf sur dix').and.to.include('les autres mardis 5');
    expect(mailOf('es').text).to.include('9 de cada 10 de los respondidos, en: 1 h 52 min').and.to.include('otros martes 8');
  });

  it('leave no English behind, and no hole, whatever the report is grouped by', () => {
    const groupBys: GroupBy[] = ['team', 'responder', 'channel', 'language', 'tag', 'priority', 'hour', 'weekday', 'customer'];
    const english = /\b(answered|within|waits?|customers?|still|half|with|the|before|nobody|team|hours?|target|report|slower|faster)\b/i;
    for (const language of ['de', 'es', 'fr'] as const) {
      for (const groupBy of groupBys) {
        const { text, html } = mailOf(language, groupBy);
        expect(`${text}${html}`, `${language} ${groupBy}`).not.to.match(/undefined|NaN|\[object/);
        const ours = text.replaceAll(/https?:\S+|name of \w+|Team(?= |:|s)|Teams?\b/g, '').replaceAll(sampleWait(1).subject ?? '-', '').replaceAll(sampleWait(1).customer.name, '').replaceAll(sampleWait(1).channel.name, '');
        expect(ours, `${language} ${groupBy}`).not.to.match(english);
      }
    }
    expect(groupBys.map((groupBy) => mailOf('de', groupBy).text.split('\n').findLast((line) => line.startsWith('Nach ')))).to.deep.equal(['Nach Team:', 'Nach Antwortenden:', 'Nach Kanal:', 'Nach Sprache:', 'Nach Schlagwort:', 'Nach Dringlichkeit:', 'Nach Stunde:', 'Nach Wochentag:', 'Nach neuen und bekannten Kunden:']);
    expect(mailOf('de', 'responder').text).to.include('Nicht beantwortet:').and.to.include('Ute Land (außerhalb):').and.to.include('name of A:');
    expect(mailOf('fr', 'language').text).to.include('Allemand : ');
    expect(mailOf('es', 'weekday').text).to.include('Martes:');
    expect(mailOf('fr', 'priority').text).to.include('Urgente : ');
  });

  it('name the lines of the chart and its axis, without an English word', () => {
    const { trend } = sampleReport();
    const words = (language: (typeof languages)[number]): string[] => [...trendChart(trend, 'business', voiceIn(language)).matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((found) => found[1] ?? '');
    expect(words('de')).to.include.members(['9 von 10', 'Hälfte', 'Mo. 19. Okt.']);
    expect(words('fr')).to.include.members(['9 sur 10', 'moitié', 'lun. 19 oct.']);
    expect(trendChart([], 'calendar', voiceIn('es'))).to.include('Ninguna respuesta en este periodo');
  });

  it('say the same things: every word that English has, the others have', () => {
    const shape = (value: unknown, path = ''): string[] => (typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, inner]) => shape(inner, `${path}.${key}`)) : [`${path}: ${typeof value}`]);
    const optional = '.period: function';
    for (const language of languages) expect(shape(wordsIn(language)).filter((line) => line !== optional).sort(), language).to.deep.equal(shape(en).filter((line) => line !== optional).sort());
    for (const language of languages) for (const text of JSON.stringify(wordsIn(language)).matchAll(/"([^"]*)"/g)) expect(text[1], language).not.to.match(/!/);
  });
});
