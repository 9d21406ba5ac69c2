import { plainLine } from './mail-text.js';
import type { Told } from './sentences.js';
import type { Story } from './story.js';

const font = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const look = {
  text: 'color:#1f1d1a', muted: 'color:#5d5850', line: 'border-bottom:1px solid #e7e4de', accent: 'color:#3f51c7', bad: 'color:#b8352c',
} as const;
/** For the programs that know it; the others show the light one. The picture keeps its white sheet. */
const dark = '@media (prefers-color-scheme: dark){.desk{background:#141416 !important}.sheet{background:#1c1c1f !important}.t{color:#ecebe8 !important}.m{color:#b0ada7 !important}.l{border-color:#2e2e33 !important}.a{color:#8fa0ff !important}.b{color:#f08a80 !important}}';

/** The HTML part: tables and inline styles, no script, nothing fetched; the chart is the picture that travels with it. */
export function htmlOf(story: Story, chart: { cid: string; width: number; height: number }): string {
  return [
    '<!doctype html>',
    `<html lang="${story.words.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>${safe(story.headline)}</title><style>${dark}</style></head>`,
    `<body class="desk" style="margin:0;padding:0;background:#f6f5f2;${font}">`,
    '<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:24px 12px">',
    '<table role="presentation" class="sheet" width="640" cellpadding="0" cellspacing="0" style="width:100%;max-width:640px;background:#ffffff;border-radius:10px"><tr><td style="padding:24px 20px">',
    `<h1 class="t" style="margin:0;font-size:20px;line-height:1.3;font-weight:650;${look.text}">${safe(story.headline)}</h1>`,
    `<p class="m" style="margin:6px 0 0;font-size:13px;line-height:1.45;${look.muted}">${safe(story.name)}${story.words.colon}${safe(story.period)}; ${safe(story.basis)}</p>`,
    figureTable(story.figures),
    story.remark === undefined ? '' : `<p class="t" style="margin:16px 0 0;font-size:14px;line-height:1.45;${look.text}">${safe(story.remark)}</p>`,
    heading(story.words.trend.title, story.chart.note),
    `<img src="cid:${chart.cid}" width="${chart.width}" height="${chart.height}" alt="${safe(story.chart.alt)}" style="display:block;width:100%;max-width:${chart.width}px;height:auto;background:#ffffff;border:0;border-radius:6px">`,
    groupTable(story),
    owedTable(story),
    `<p style="margin:24px 0 0;font-size:14px"><a class="a" href="${safe(story.links.report)}" style="${look.accent};font-weight:600">${safe(story.words.open)}</a></p>`,
    '</td></tr></table>',
    `<p class="m" style="margin:14px 0 0;font-size:12px;line-height:1.45;${look.muted}">${safe(story.words.sentBy)}</p>`,
    '</td></tr></table></body></html>',
    '',
  ].filter((part, index, all) => part !== '' || index === all.length - 1).join('\n');
}

function figureTable(figures: readonly Told[]): string {
  const rows = figures.map(({ what, value, compared }) => row([
    cell(safe(what), { of: 'm', style: look.muted }), cell(`<b>${safe(value)}</b>`, { of: 't', style: `${look.text};white-space:nowrap` }), cell(safe(compared), { of: 'm', style: look.muted }),
  ]));
  return `<table width="100%" cellpadding="0" cellspacing="0" style="margin-top:18px;border-collapse:collapse">\n${rows.join('\n')}\n</table>`;
}

function groupTable({ groups, words }: Story): string {
  if (groups === undefined) return '';
  const { heading: headingOf, answered, half, nine, within } = words.groups;
  const heads = ['', answered, half, nine, within].map((title) => `<th class="m l" align="left" style="padding:6px 8px 6px 0;font-size:12px;font-weight:560;${look.muted};${look.line}">${safe(title)}</th>`);
  const rows = groups.rows.map((each) => row([each.name, each.answered, each.half, each.nine, each.within].map((words, index) => cell(safe(words), { of: 't', style: index === 0 ? `${look.text};font-weight:560` : look.text }))));
  const more = groups.more === undefined ? '' : `<p class="m" style="margin:6px 0 0;font-size:13px;${look.muted}">${safe(groups.more)}</p>`;
  return `${heading(headingOf(groups.by), groups.note ?? '')}<table width="100%" cellpadding="0" cellspacing="0" style="border-collapse:collapse">\n<tr>${heads.join('')}</tr>\n${rows.join('\n')}\n</table>${more}`;
}

function owedTable({ owed, owedMore, links, words }: Story): string {
  if (owed.length === 0) return `${heading(words.owed.title, '')}<p class="m" style="margin:0;font-size:14px;${look.muted}">${safe(words.owed.nobody)}</p>`;
  const rows = owed.map((line) => row([
    cell(`<a class="a" href="${safe(line.link)}" style="${look.accent};font-weight:560">${safe(line.name)}</a>`, { of: 't', style: look.text }), cell(safe(line.about), { of: 'm', style: look.muted }),
    cell(safe(`${line.waits}${line.over ? `, ${words.owed.over}` : ''}`), line.over ? { of: 'b', style: look.bad } : { of: 'm', style: look.muted }),
  ]));
  const more = owedMore !== undefined ? `<p class="m" style="margin:6px 0 0;font-size:13px;${look.muted}"><a class="a" href="${safe(links.owed)}" style="${look.accent}">${safe(owedMore)}</a></p>` : '';
  return `${heading(words.owed.title, words.owed.when)}<table width="100%" cellpadding="0" cellspacing="0" style="border-collapse:collapse">\n${rows.join('\n')}\n</table>${more}`;
}

function heading(title: string, note: string): string {
  return `<h2 class="t" style="margin:26px 0 8px;font-size:14px;font-weight:620;${look.text}">${safe(title)}${note === '' ? '' : ` <span class="m" style="font-size:12px;font-weight:400;${look.muted}">${safe(note)}</span>`}</h2>`;
}

function row(cells: readonly string[]): string {
  return `<tr>${cells.join('')}</tr>`;
}

function cell(html: string, { of, style }: { of: string; style: string }): string {
  return `<td class="${of} l" valign="top" style="padding:8px 8px 8px 0;font-size:14px;line-height:1.4;${style};${look.line}">${html}</td>`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text from outside, as it may stand in an element or an attribute. */
function safe(text: string): string {
  return plainLine(text).replace(/[&<>"']/g, (letter) => entities[letter] ?? '');
}
