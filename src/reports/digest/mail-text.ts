import type { Story } from './story.js';

/** The text part: everything that the HTML says, the chart in words. */
export function textOf(story: Story): string {
  const blocks = [
    [`${story.headline}.`, `${plainLine(story.name)}: ${story.period}; ${story.basis}.`],
    story.figures.map(({ what, value, compared }) => `${what}: ${value}${compared === '' ? '' : ` (${compared})`}`),
    story.remark === undefined ? [] : [plainLine(story.remark)],
    [story.chart.alt],
    groupLines(story),
    owedLines(story),
    [`The report: ${story.links.report}`],
  ];
  return blocks.filter((lines) => lines.length > 0).map((lines) => lines.join('\n')).join('\n\n');
}

function groupLines({ groups }: Story): string[] {
  if (groups === undefined) return [];
  const rows = groups.rows.map((row) => `${plainLine(row.name)}: ${row.answered} answered, half within ${row.half}, 9 of 10 within ${row.nine}, ${row.within} within target`);
  return [`By ${groups.by}:`, ...rows, ...(groups.more > 0 ? [`and ${groups.more} more`] : [])];
}

function owedLines({ owed, owedMore, links }: Story): string[] {
  if (owed.length === 0) return ['Nobody waits for an answer now.'];
  const rows = owed.map((line) => `${plainLine(line.name)} waits ${line.waits}${line.over ? ', over target' : ''} (${plainLine(line.about)})\n  ${line.link}`);
  return ['Whom we owe an answer:', ...rows, ...(owedMore > 0 ? [`and ${owedMore} more: ${links.owed}`] : [])];
}

/** Text from outside as part of one line: no breaks, nothing that turns the direction of reading. */
export function plainLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').replace(/[\u202a-\u202e\u2066-\u2069]/g, '').trim();
}
