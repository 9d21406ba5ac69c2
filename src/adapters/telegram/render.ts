import type { Attachment } from '../../inbox/model/message.js';
import type { Outbound } from '../contract.js';
import { parseMarks } from '../lib/marks.js';
import { splitText } from '../lib/split-text.js';
import { entitiesOf, entitiesWithin, type Entity } from './entities.js';
import { isGroup, readMessageId, type Place } from './ids.js';
import { captionMax, photoMax, textMax } from './limits.js';

export interface Words {
  text: string;
  entities: Entity[];
}

/** What every request to a place says besides its content. */
export interface Addressing {
  chat_id: number;
  business_connection_id?: string;
  message_thread_id?: number;
  direct_messages_topic_id?: number;
  reply_parameters?: { message_id: number; allow_sending_without_reply: true };
}

/** One request: words, or a file with words under it. */
export type Part =
  | { kind: 'text'; words: Words; choices?: string[]; answers?: number }
  | { kind: 'file'; attachment: Attachment; as: 'photo' | 'video' | 'audio' | 'document'; words?: Words; answers?: number };

/**
 * Pure: a message as the requests that carry it, in order. A file takes the words as its caption where they fit; each file
 * goes by itself, so that each has an id and none is sent twice.
 */
export function render(outbound: Outbound, place: Place): Part[] {
  const group = isGroup(place.chat);
  const words = wordsOf(outbound, { group, keyboard: takesKeyboard(place) });
  const captioned = outbound.attachments.length > 0 && words.text.length > 0 && words.text.length <= captionMax && outbound.choices === undefined;
  const texts = captioned ? [] : splitWords(words);
  const parts: Part[] = texts.map((part) => ({ kind: 'text', words: part }));
  const files = outbound.attachments.map((attachment, index): Part => ({ kind: 'file', attachment, as: kindOf(attachment), ...(captioned && index === 0 ? { words } : {}) }));
  const all = [...parts, ...files];
  const last = parts.at(-1);
  if (last?.kind === 'text' && outbound.choices !== undefined && takesKeyboard(place)) last.choices = outbound.choices;
  const answers = outbound.answers === undefined || !group ? undefined : readMessageId(outbound.answers.externalId);
  if (all[0] !== undefined && answers?.place.chat === place.chat) all[0].answers = answers.message;
  return all;
}

function wordsOf(outbound: Outbound, options: { group: boolean; keyboard: boolean }): Words {
  const listed = outbound.choices === undefined || options.keyboard ? '' : outbound.choices.map((choice) => `\n- ${choice}`).join('');
  const { text, entities } = entitiesOf(parseMarks(outbound.text), options.group ? withoutMentions : (plain) => plain);
  return { text: text + listed, entities };
}

/** The text of an edit: as `render` would write it, in one piece. */
export function renderText(text: string, place: Place): Words {
  const words = entitiesOf(parseMarks(text), isGroup(place.chat) ? withoutMentions : (plain) => plain);
  return splitWords(words)[0] ?? { text: '', entities: [] };
}

/** In a group `@name` would call that person; a joiner behind the sign leaves it text. Addresses such as a@b.example are none. */
export function withoutMentions(text: string): string {
  return text.replace(/(?<![\p{L}\p{N}_.])@(?=[\p{L}\p{N}_])/gu, '@\u2060');
}

/** A keyboard shows in the bot's own private chats only. */
function takesKeyboard(place: Place): boolean {
  return !isGroup(place.chat) && place.connection === undefined;
}

function splitWords(words: Words): Words[] {
  let at = 0;
  return splitText(words.text, textMax, 'utf16').map((text) => {
    const from = words.text.indexOf(text, at);
    at = from + text.length;
    return { text, entities: entitiesWithin(words.entities, from, at) };
  });
}

function kindOf(attachment: Attachment): 'photo' | 'video' | 'audio' | 'document' {
  if (['image/jpeg', 'image/png', 'image/webp'].includes(attachment.mime) && attachment.size <= photoMax) return 'photo';
  if (attachment.mime === 'video/mp4') return 'video';
  return ['audio/mpeg', 'audio/mp4'].includes(attachment.mime) ? 'audio' : 'document';
}

/** Pure: where a request goes. A business account's chat is answered over its connection. */
export function addressing(place: Place, answers?: number): Addressing {
  return {
    chat_id: place.chat,
    ...(place.connection === undefined ? {} : { business_connection_id: place.connection }),
    ...(place.topic?.kind === 't' ? { message_thread_id: place.topic.id } : {}),
    ...(place.topic?.kind === 'd' ? { direct_messages_topic_id: place.topic.id } : {}),
    ...(answers === undefined ? {} : { reply_parameters: { message_id: answers, allow_sending_without_reply: true } }),
  };
}
