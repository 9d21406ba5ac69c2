import type { RejectedBecause } from '../../inbox/model/message.js';

/** Errors of Twilio's that say something lasting about the number, the text or us. https://www.twilio.com/docs/api/errors */
const known: Readonly<Record<number, { because: RejectedBecause; channelBroken?: true; text: string }>> = {
  20003: { because: 'auth', channelBroken: true, text: 'Twilio does not accept the account SID and auth token' },
  20005: { because: 'auth', channelBroken: true, text: 'the Twilio account is suspended' },
  20404: { because: 'auth', channelBroken: true, text: 'Twilio does not know this account' },
  21211: { because: 'not_found', text: 'this is no valid number' },
  21408: { because: 'invalid', text: 'the account may not send to that country (Geo permissions)' },
  21602: { because: 'invalid', text: 'there is no text' },
  21606: { because: 'invalid', channelBroken: true, text: 'our number cannot send SMS, or is not the account’s' },
  21610: { because: 'opted_out', text: 'this person has answered STOP' },
  21612: { because: 'not_found', text: 'there is no way from our number to this one' },
  21614: { because: 'not_found', text: 'this is no mobile number' },
  21617: { because: 'too_long', text: 'the text is too long' },
  21660: { because: 'invalid', channelBroken: true, text: 'our number is not this account’s' },
  30003: { because: 'not_found', text: 'the phone is switched off or out of reach' },
  30004: { because: 'blocked', text: 'the message was blocked' },
  30005: { because: 'not_found', text: 'the number does not exist' },
  30006: { because: 'not_found', text: 'a landline, or not to be reached by the carrier' },
  30007: { because: 'blocked', text: 'the carrier took it for spam' },
  30008: { because: 'invalid', text: 'the carrier gave no reason' },
  30034: { because: 'invalid', text: 'our number is not registered for A2P 10DLC' },
};

/** Codes of "not now": the number's queue is full, too many at once. */
export const queueFull = 21611;
export const optedOut = 21610;

export function errorOf(code: number | undefined): { because: RejectedBecause; channelBroken?: true; text: string } | undefined {
  return code === undefined || !Object.hasOwn(known, code) ? undefined : known[code];
}

/** Twilio's number and what it means, for people. */
export function wordsOf(code: number | undefined, message: string | undefined): string {
  const meaning = errorOf(code)?.text ?? message;
  return code === undefined ? meaning ?? 'no reason given' : `${code}${meaning === undefined ? '' : `: ${meaning}`}`;
}
