import type { Activity } from 'botframework-schema';
import type { Outbound } from '../contract.js';
import { type MarkStyle, parseMarks, writeMarks } from '../lib/marks.js';
import { asText, field } from '../lib/read-json.js';
import { splitText } from '../lib/split-text.js';
import type { Json } from '../../inbox/model/common.js';
import { textMax } from './limits.js';
import type { BotHandle } from './parse.js';

const entities = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const lines = (text: string): string => entities(text).replaceAll('\n', '<br>');

/** Teams' HTML subset: text in it is text, whatever signs it holds, and an `<at>` in it calls nobody. */
const teamsStyle: MarkStyle = {
  text: lines,
  bold: (inner) => `<strong>${inner}</strong>`, italic: (inner) => `<em>${inner}</em>`, strike: (inner) => `<s>${inner}</s>`,
  code: (text) => `<code>${entities(text)}</code>`, block: (text) => `<pre>${entities(text)}</pre>`,
  link: (text, url) => `<a href="${entities(url).replaceAll('"', '&quot;')}">${lines(text)}</a>`,
};

/** Web Chat's Markdown: what would be a mark in somebody's words gets a backslash, what would be HTML is written as text. */
const markdown = (text: string): string => text.replace(/[\\*_~`[\]]/gu, '\\$&').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replace(/^(\s*)([#>+-]|\d+\.)(?=\s)/gmu, '$1\\$2').replace(/(?<!\n)\n(?!\n)/gu, '  \n');
const markdownStyle: MarkStyle = {
  text: markdown,
  bold: (inner) => `**${inner}**`, italic: (inner) => `*${inner}*`, strike: (inner) => `~~${inner}~~`,
  code: (text) => `\`${text}\``, block: (text) => `\n\`\`\`\n${text}\n\`\`\`\n`, link: (text, url) => `[${markdown(text)}](${url})`,
};

/** The thread's handle as `parse` wrote it; `undefined` where it is none. */
export function readHandle(handle: Json | undefined): BotHandle | undefined {
  const [serviceUrl, channelId, conversationId, botId, userId] = [['serviceUrl'], ['channelId'], ['conversation', 'id'], ['bot', 'id'], ['user', 'id']].map((path) => asText(field(handle, ...path)));
  if (serviceUrl === undefined || channelId === undefined || conversationId === undefined || botId === undefined || userId === undefined || !URL.canParse(serviceUrl)) return undefined;
  const [tenantId, locale] = [asText(field(handle, 'conversation', 'tenantId')), asText(field(handle, 'locale'))];
  return {
    serviceUrl, channelId,
    conversation: { id: conversationId, isGroup: field(handle, 'conversation', 'isGroup') === true, ...(tenantId === undefined ? {} : { tenantId }) },
    bot: { id: botId, name: asText(field(handle, 'bot', 'name')) ?? '' }, user: { id: userId, name: asText(field(handle, 'user', 'name')) ?? '' },
    ...(locale === undefined ? {} : { locale }),
  };
}

/** The activities of one answer. Pure. */
export function render(outbound: Pick<Outbound, 'text' | 'choices' | 'language'>, handle: BotHandle): Partial<Activity>[] {
  const parts = splitText(outbound.text, textMax, 'utf16');
  const choices = outbound.choices ?? [];
  return (parts.length === 0 ? [''] : parts).map((part, index, all) => ({
    ...renderText(index === all.length - 1 && choices.length > 0 && handle.conversation.isGroup ? `${part}\n\n${choices.map((choice) => `- ${choice}`).join('\n')}` : part, handle),
    ...(outbound.language === undefined ? {} : { locale: outbound.language }),
    // Teams shows suggested actions in personal chats only; elsewhere they stand in the text.
    ...(index === all.length - 1 && choices.length > 0 && !handle.conversation.isGroup
      ? { suggestedActions: { to: [handle.user.id], actions: choices.slice(0, 6).map((choice) => ({ type: 'imBack', title: choice, value: choice })) } } : {}),
  }));
}

/** One text as the channel writes it. Pure. */
export function renderText(text: string, handle: Pick<BotHandle, 'channelId'>): Partial<Activity> {
  const isTeams = handle.channelId === 'msteams';
  return { type: 'message', textFormat: isTeams ? 'xml' : 'markdown', text: writeMarks(parseMarks(text), isTeams ? teamsStyle : markdownStyle) };
}
