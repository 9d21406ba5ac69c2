import { asText } from '../lib/read-json.js';

/** Digits of a phone number as WhatsApp gives it (`wa_id`), without a plus. */
export type WaId = string & { readonly brand: 'WaId' };
/** A business-scoped user id, as `DE.13491208655302741918`: the one id that every webhook has since April 2026, also where the number is hidden. */
export type UserId = string & { readonly brand: 'UserId' };

const choice = 'choice:';
const group = 'group.';

export function asWaId(value: unknown): WaId | undefined {
  const text = asText(value)?.replace(/^\+/u, '');
  return text !== undefined && /^\d{5,20}$/u.test(text) ? (text as WaId) : undefined;
}

export function asUserId(value: unknown): UserId | undefined {
  const text = asText(value);
  return text !== undefined && /^[A-Z]{2}\.(?:ENT\.)?[A-Za-z\d]{1,128}$/u.test(text) ? (text as UserId) : undefined;
}

/**
 * E.164 of a `wa_id`. WhatsApp knows some numbers by an older form: Brazilian mobiles without their ninth digit,
 * Argentinian ones with or without the 9 behind the country, Mexican ones with a 1 that is gone since 2019.
 */
export function phoneOf(waId: WaId): string {
  const brazil = /^55(\d{2})([6-9]\d{7})$/u.exec(waId);
  if (brazil !== null) return `+55${brazil[1] ?? ''}9${brazil[2] ?? ''}`;
  const argentina = /^54(\d{10})$/u.exec(waId);
  if (argentina !== null) return `+549${argentina[1] ?? ''}`;
  const mexico = /^521(\d{10})$/u.exec(waId);
  return mexico === null ? `+${waId}` : `+52${mexico[1] ?? ''}`;
}

/** A person's id and their thread's key: the user id where there is one, it stays when the number is hidden; else the number's digits. */
export function personKey(ids: { waId: WaId | undefined; userId: UserId | undefined }): string | undefined {
  return ids.userId ?? (ids.waId === undefined ? undefined : phoneOf(ids.waId).slice(1));
}

/** A group is one thread, whoever writes in it. */
export function groupKey(groupId: string): string {
  return `${group}${groupId}`;
}

/** What a button carries: the whole text, of which it shows the beginning. */
export function choiceId(text: string, max: number): string {
  return `${choice}${text}`.slice(0, max);
}

export function readChoice(id: string | undefined): string | undefined {
  return id?.startsWith(choice) === true ? id.slice(choice.length) : undefined;
}

/** Names under which our own message is found: the platform's, and the one we sent along. */
export function targetsOf(wamid: string, callbackData: string | undefined, channelId: string): string[] {
  const own = callbackData?.startsWith(`${channelId}:`) === true ? [callbackData.slice(channelId.length + 1)] : [];
  return [wamid, ...own];
}
