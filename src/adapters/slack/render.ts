import type { Json } from '../../inbox/model/common.js';
import type { Outbound } from '../contract.js';
import { parseMarks, writeMarks, type MarkStyle } from '../lib/marks.js';
import { splitText } from '../lib/split-text.js';
import { field, asText } from '../lib/read-json.js';
import { isChannel, isTs, readThreadKey } from './ids.js';
import { buttonsMax, buttonTextMax, sectionMax, textMax } from './limits.js';

/** Where a message goes: a channel, a direct message or a member; in a thread or not. */
export interface Target {
  channel: string;
  threadTs?: string;
}

/** One post: mrkdwn, and blocks where there are buttons. */
export interface RenderedPart {
  text: string;
  blocks?: Json[];
}

const style: MarkStyle = {
  text: (text) => escaped(unread(text)),
  bold: (inner) => `*${inner}*`,
  italic: (inner) => `_${inner}_`,
  strike: (inner) => `~${inner}~`,
  code: (text) => `\`${escaped(text)}\``,
  block: (text) => `\`\`\`\n${escaped(text)}\n\`\`\``,
  link: (text, url) => `<${escaped(url).replaceAll('|', '%7C')}|${escaped(text)}>`,
};

/** Light marks as mrkdwn. Nothing in it becomes a mention: only links are written with angle brackets. Pure. */
export function writeMrkdwn(text: string): string {
  return writeMarks(parseMarks(text), style);
}

/** The three signs that Slack wants escaped, and no other. https://docs.slack.dev/messaging/formatting-message-text */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A sign that Slack would read as a mark and that is none gets a zero-width space behind it, which keeps it one. */
function unread(text: string): string {
  return text.replace(/(?<![\p{L}\p{N}])([*_~])(?=[^\s*_~])(?=[^\n]*\S\1)|`(?=[^\n`]*`)/gu, '$&\u200B');
}

/** Pure: the posts that a message becomes, in order; none for a message of files only. */
export function render(outbound: Pick<Outbound, 'text' | 'choices'>): RenderedPart[] {
  const parts: RenderedPart[] = splitText(outbound.text, textMax, 'utf16').map((part) => ({ text: writeMrkdwn(part) }));
  const last = parts.at(-1);
  if (last === undefined || outbound.choices === undefined || outbound.choices.length === 0) return parts;
  if (last.text.length > sectionMax) parts.push(withButtons('⬇️', outbound.choices));
  else parts[parts.length - 1] = withButtons(last.text, outbound.choices);
  return parts;
}

function withButtons(text: string, choices: readonly string[]): RenderedPart {
  const elements = choices.slice(0, buttonsMax).map((choice, at) => ({
    type: 'button', action_id: `rapport_choice_${at}`, value: choice.slice(0, 2_000), text: { type: 'plain_text', text: choice.slice(0, buttonTextMax), emoji: true },
  }));
  return { text, blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }, { type: 'actions', elements }] };
}

/** Where an answer goes: the newest handle, else the thread's key, else the person themselves. Pure. */
export function targetOf(to: { handle?: Json; threadKey: string; to: { externalUserId: string } }): Target {
  const channel = asText(field(to.handle, 'channel'));
  const threadTs = asText(field(to.handle, 'threadTs'));
  if (isChannel(channel)) return isTs(threadTs) ? { channel, threadTs } : { channel };
  return readThreadKey(to.threadKey) ?? { channel: to.to.externalUserId };
}
