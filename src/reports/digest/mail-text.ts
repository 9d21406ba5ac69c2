import type { Story } from './story.js';

/** The text part: everything that the HTML says, the chart in words. */
export function textOf(story: Story): string {
  const blocks = [
    [`${story.headline}.`, `${plainLine(story.name)}${story.words.colon}${story.period}; ${story.basis}.`],
    story.figures.map(({ what, value, compared }) => `${what}${story.words.colon}${value}${compared === '' ? '' : ` (${compared})`}`),
    story.remark === undefined ? [] : [plainLine(story.remark)],
    [story.chart.alt],
    groupLines(story),
    owedLines(story),
    [story.words.report(story.links.report)],
  ];
  return blocks.filter((lines) => lines.length > 0).map((lines) => lines.join('\n')).join('\n\n');
}

function groupLines({ groups, words }: Story): string[] {
  if (groups === undefined) return [];
  const rows = groups.rows.map((row) => `${plainLine(row.name)}${words.colon}${words.groups.line(row)}`);
  return [`${words.groups.heading(groups.by)}${words.colon.trimEnd()}`, ...rows, ...(groups.more === undefined ? [] : [groups.more])];
}

function owedLines({ owed, owedMore, links, words }: Story): string[] {
  if (owed.length === 0) return [words.owed.nobody];
  const rows = owed.map((line) => `${plainLine(line.name)} ${line.waits}${line.over ? `, ${words.owed.over}` : ''} (${plainLine(line.about)})\n  ${line.link}`);
  return [`${words.owed.title}${words.colon.trimEnd()}`, ...rows, ...(owedMore === undefined ? [] : [`${owedMore}${words.colon}${links.owed}`])];
}

/** Text from outside as part of one line: no breaks, nothing that turns the direction of reading. */
export function plainLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').replace(/[\u202a-\u202e\u2066-\u2069]/g, '').trim();
}
