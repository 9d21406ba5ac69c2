import type { Outbound } from '../contract.js';
import { parseMarks, plainMarks } from '../lib/marks.js';
import { splitText } from '../lib/split-text.js';
import type { SmsSettings } from './config.js';
import { readThreadKey } from './ids.js';
import { segmentsMax } from './limits.js';

/** What Twilio is asked to send: one form for each message of at most ten segments. */
export interface Rendered {
  to: string;
  from?: string;
  bodies: string[];
}

/** Pure. Marks become words: a phone shows none. Answers come from the number that was written to. */
export function render(outbound: Outbound, settings: SmsSettings): Rendered {
  const pair = readThreadKey(outbound.threadKey);
  const choices = outbound.choices === undefined ? '' : outbound.choices.map((choice) => `\n- ${choice}`).join('');
  const from = pair?.ours ?? settings.number;
  return {
    to: pair?.theirs ?? outbound.to.externalUserId,
    ...(from === '' ? {} : { from }),
    bodies: splitText(plainMarks(parseMarks(outbound.text)) + choices, segmentsMax, 'segment'),
  };
}

/** The address for news of a message: the webhook's, with our id, so that even a message whose answer was lost is found. */
export function statusUrl(publicUrl: string, messageId: string): string {
  const base = publicUrl.replace(/#.*$/su, '');
  return `${base}${base.includes('?') ? '&' : '?'}m=${encodeURIComponent(messageId)}`;
}
