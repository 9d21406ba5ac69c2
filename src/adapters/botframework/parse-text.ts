import { htmlToMarks } from '../lib/html-marks.js';
import { escapeMarks } from '../lib/marks.js';
import { asList, asText, field } from '../lib/read-json.js';

const formatted = /<(?:b|strong|i|em|s|strike|del|code|pre|a|li|blockquote)[\s>]/iu;
const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', '#39': "'", apos: "'" };

/** What a message says, with light marks: the bot's own name is taken out, other people's names stay. */
export function textOf(activity: unknown): string {
  const own = ownMentions(activity);
  const html = htmlOf(activity);
  const cards = cardsOf(activity);
  const said = html === undefined ? plainOf(activity, own) : htmlToMarks(withoutMentions(html, own));
  const value = said === '' && cards === '' ? valueOf(activity) : '';
  return [said, cards, value].filter((part) => part !== '').join('\n\n').trim();
}

function plainOf(activity: unknown, own: readonly string[]): string {
  const isMarkdown = asText(field(activity, 'textFormat')) === 'markdown';
  const text = withoutMentions(asText(field(activity, 'text')) ?? '', own);
  const bare = (isMarkdown || field(activity, 'channelId') === 'msteams' ? text.replace(/&(amp|lt|gt|quot|nbsp|#39|apos);/gu, (all, name: string) => named[name] ?? all) : text).trim();
  // Web Chat's users write Markdown; what is said to be plain is to be read as it stands.
  return isMarkdown ? bare : escapeMarks(bare);
}

/** Teams tells formatting only in a second copy of the text. */
function htmlOf(activity: unknown): string | undefined {
  const copy = asList(field(activity, 'attachments')).find((attachment) => field(attachment, 'contentType') === 'text/html');
  const html = asText(field(copy, 'content'));
  return html !== undefined && html.length < 200_000 && formatted.test(html) ? html : undefined;
}

function ownMentions(activity: unknown): string[] {
  const bot = asText(field(activity, 'recipient', 'id'));
  return asList(field(activity, 'entities')).flatMap((entity) => {
    const isOurs = field(entity, 'type') === 'mention' && bot !== undefined && field(entity, 'mentioned', 'id') === bot;
    return isOurs ? [asText(field(entity, 'text')) ?? '', asText(field(entity, 'mentioned', 'name')) ?? ''] : [];
  }).filter((text) => text !== '');
}

function withoutMentions(text: string, own: readonly string[]): string {
  const names = own.map((one) => one.replace(/<\/?at[^>]*>/giu, '').trim());
  return text.replace(/<at(?:\s[^>]{0,200})?>([^<]{0,300})<\/at>/giu, (_all, name: string) => (names.includes(name.trim()) ? '' : `@${name.trim()}`));
}

/** A card's own words; its layout is nothing for an inbox. */
function cardsOf(activity: unknown): string {
  return asList(field(activity, 'attachments')).flatMap((attachment) => {
    const type = asText(field(attachment, 'contentType')) ?? '';
    if (!type.startsWith('application/vnd.microsoft.card.')) return [];
    const words = ['title', 'subtitle', 'text', 'fallbackText'].flatMap((key) => asText(field(attachment, 'content', key)) ?? []);
    return [words.length === 0 ? `[${type.replace('application/vnd.microsoft.', '')}]` : escapeMarks(words.join('\n'))];
  }).join('\n\n');
}

/** What a button sent that has no words: its value. */
function valueOf(activity: unknown): string {
  const value = field(activity, 'value');
  if (value === undefined || value === null) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return escapeMarks(text.slice(0, 500));
}
