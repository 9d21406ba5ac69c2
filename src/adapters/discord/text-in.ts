import { escapeMarks } from '../lib/marks.js';
import { asList, asObject, asText } from '../lib/read-json.js';
import { snowflake } from './ids.js';

/**
 * Discord's Markdown as light marks: mentions become names, custom emoji `:name:`, times and bare links readable;
 * underlines are dropped, headings, lists, quotes and spoilers stay as written. Pure.
 */
export function toMarks(content: string, mentions: readonly unknown[]): string {
  if (!special.test(content)) return content;
  return content.replace(tokens, (whole: string, user?: string, channel?: string, emoji?: string, seconds?: string, command?: string, url?: string, escaped?: string, underlined?: string) => {
    if (user !== undefined) return `@${escapeMarks(nameAmong(mentions, user))}`;
    if (channel !== undefined) return `#${channel}`;
    if (emoji !== undefined) return `:${escapeMarks(emoji)}:`;
    if (seconds !== undefined) return readableTime(Number(seconds)) ?? whole;
    if (command !== undefined) return `/${escapeMarks(command)}`;
    return url ?? escaped ?? underlined ?? whole;
  });
}

const special = /[<\\]|__/u;
/** Code is matched first, so that nothing in it is touched. */
const tokens = /```[\s\S]*?```|`[^`\n]+`|<@[!&]?(\d{5,20})>|<#(\d{5,20})>|<a?:(\w{2,32}):\d{5,20}>|<t:(-?\d{1,11})(?::[tTdDfFR])?>|<\/([^:>\n]{1,100}):\d{5,20}>|<(https?:\/\/[^\s>]+)>|\\([^\w\s*_~`[\]\\])|__(?=[^\s_])([^\n]*?[^\s_])__/gu;

function nameAmong(mentions: readonly unknown[], id: string): string {
  for (const mention of mentions) {
    const user = asObject(mention);
    if (user?.['id'] === id) return nameOf(user) ?? id;
  }
  return id;
}

/** What a user is called: on this server, else everywhere, else by their unique name. */
export function nameOf(user: Record<string, unknown>, member?: Record<string, unknown>): string | undefined {
  return asText(member?.['nick']) ?? asText(asObject(user['member'])?.['nick']) ?? asText(user['global_name']) ?? asText(user['username']);
}

function readableTime(seconds: number): string | undefined {
  const time = new Date(seconds * 1_000);
  return Number.isNaN(time.getTime()) ? undefined : `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** All that a message says: its text, what was forwarded with it, a poll, stickers, and of bots what they put into embeds. Pure. */
export function textOf(message: Record<string, unknown>, isForwarded = false): string {
  const content = asText(message['content']) ?? '';
  const lines = content === '' ? [] : [toMarks(content, asList(message['mentions']))];
  for (const snapshot of isForwarded ? [] : asList(message['message_snapshots'])) {
    const forwarded = asObject(asObject(snapshot)?.['message']);
    if (forwarded !== undefined) lines.push(`Forwarded message:\n${textOf(forwarded, true)}`.trimEnd());
  }
  const poll = asObject(message['poll']);
  if (poll !== undefined) lines.push(pollText(poll));
  for (const sticker of asList(message['sticker_items'])) lines.push(`[sticker: ${escapeMarks(asText(asObject(sticker)?.['name']) ?? 'without a name')}]`);
  if (lines.length === 0) for (const embed of asList(message['embeds'])) lines.push(...embedLines(asObject(embed)));
  return lines.join('\n\n');
}

function pollText(poll: Record<string, unknown>): string {
  const answers = asList(poll['answers']).map((answer) => asText(asObject(asObject(answer)?.['poll_media'])?.['text']) ?? '').filter((text) => text !== '');
  return [`Poll: ${escapeMarks(asText(asObject(poll['question'])?.['text']) ?? '')}`, ...answers.map((text) => `- ${escapeMarks(text)}`)].join('\n');
}

function embedLines(embed: Record<string, unknown> | undefined): string[] {
  return [asText(embed?.['title']), asText(embed?.['description'])].filter((text): text is string => text !== undefined && text !== '').map((text) => toMarks(text, []));
}

/** Files of a message and of what was forwarded with it. */
export function attachmentsOf(message: Record<string, unknown>): Record<string, unknown>[] {
  const own = asList(message['attachments']);
  const forwarded = asList(message['message_snapshots']).flatMap((snapshot) => asList(asObject(asObject(snapshot)?.['message'])?.['attachments']));
  return [...own, ...forwarded].map(asObject).filter((file): file is Record<string, unknown> => snowflake(file?.['id']) !== undefined && asText(file?.['url']) !== undefined);
}
