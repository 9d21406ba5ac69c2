import type { Sender } from '../../inbox/model/event.js';
import type { Alias } from '../../inbox/model/identity.js';
import { asNumber, asObject, asText } from '../lib/read-json.js';

/** User ids are the same for every bot, so one person is one identity, whichever of our bots they write to. */
export const scope = 'user';

/** A user as a sender; `undefined` when there is no id. */
export function senderOf(given: unknown): Sender | undefined {
  const user = asObject(given);
  const id = asNumber(user?.['id']);
  if (user === undefined || id === undefined) return undefined;
  const username = asText(user['username']);
  const name = [asText(user['first_name']), asText(user['last_name'])].filter((part) => part !== undefined && part !== '').join(' ') || username;
  const language = asText(user['language_code']);
  return {
    kind: 'telegram', scope, externalUserId: String(id), proof: 'channel',
    aliases: username === undefined || username === '' ? [] : [{ type: 'username', value: username.toLowerCase(), proof: 'channel' }],
    ...(name === undefined ? {} : { displayName: name.slice(0, 200) }),
    ...(language === undefined || language === '' ? {} : { language: language.slice(0, 12) }),
  };
}

/** A group or channel that writes in its own name, or stands for everybody in it. */
export function senderOfChat(given: unknown): Sender | undefined {
  const chat = asObject(given);
  const id = asNumber(chat?.['id']);
  if (chat === undefined || id === undefined) return undefined;
  if (chat['type'] === 'private') return senderOf(chat);
  const title = asText(chat['title']);
  return { kind: 'telegram', scope, externalUserId: String(id), proof: 'channel', aliases: [], ...(title === undefined ? {} : { displayName: title.slice(0, 200) }) };
}

/** Telegram vouches for a shared contact only when it is the sender's own. */
export function ownPhone(contact: unknown, userId: string): Alias[] {
  const card = asObject(contact);
  const digits = asText(card?.['phone_number'])?.replace(/\D/gu, '') ?? '';
  const own = String(asNumber(card?.['user_id'])) === userId;
  return own && /^[1-9]\d{6,14}$/u.test(digits) ? [{ type: 'phone', value: `+${digits}`, proof: 'channel' }] : [];
}

/** Is this user one of those an administrator has named as ours? */
export function isColleague(given: unknown, colleagues: ReadonlySet<string>): boolean {
  if (colleagues.size === 0) return false;
  const user = asObject(given);
  return colleagues.has(String(asNumber(user?.['id']))) || colleagues.has(asText(user?.['username'])?.toLowerCase() ?? '');
}
