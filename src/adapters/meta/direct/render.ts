import type { Attachment } from '../../../inbox/model/message.js';
import type { Outbound } from '../../contract.js';
import { parseMarks, plainMarks } from '../../lib/marks.js';
import { splitText } from '../../lib/split-text.js';
import { choicePayload, metadataOf } from './ids.js';
import type { DirectProduct } from './product.js';

/** https://developers.facebook.com/docs/messenger-platform/send-messages/quick-replies */
export const choicesMax = 13;
export const choiceTitleMax = 20;
/** "Within 24 hours of the customer's last message"; later, a person may answer for seven days with this tag. */
const windowMs = 24 * 3_600_000;

export type Part =
  | { kind: 'text'; text: string; choices: readonly string[] }
  | { kind: 'file'; attachment: Attachment; type: 'image' | 'audio' | 'video' | 'file' };

/** Files first: buttons are shown below the last message only. Pure. */
export function partsOf(outbound: Outbound, product: Pick<DirectProduct, 'textMax' | 'textUnit'>): Part[] {
  const files = outbound.attachments.map((attachment): Part => ({ kind: 'file', attachment, type: typeOf(attachment) }));
  const texts = splitText(plainMarks(parseMarks(outbound.text)), product.textMax, product.textUnit);
  return [...files, ...texts.map((text, at): Part => ({ kind: 'text', text, choices: at === texts.length - 1 ? (outbound.choices ?? []).slice(0, choicesMax) : [] }))];
}

function typeOf(attachment: Attachment): 'image' | 'audio' | 'video' | 'file' {
  return attachment.kind === 'image' || attachment.kind === 'audio' || attachment.kind === 'video' ? attachment.kind : 'file';
}

/** To whom, and under which rule of the reply window. Pure. */
export function addressing(outbound: Outbound, now: number): Record<string, unknown> {
  const late = outbound.answers !== undefined && now - outbound.answers.at > windowMs;
  const byPerson = outbound.author.type === 'agent' && !outbound.isAutomatic;
  return { recipient: { id: outbound.to.externalUserId }, ...(late && byPerson ? { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' } : { messaging_type: 'RESPONSE' }) };
}

/** The `message` of one part. A file's bytes travel beside it. Pure. */
export function messageBody(part: Part, outbound: Pick<Outbound, 'messageId'>, product: Pick<DirectProduct, 'carriesMetadata'>): Record<string, unknown> {
  const metadata = product.carriesMetadata ? { metadata: metadataOf(outbound.messageId) } : {};
  if (part.kind === 'file') return { attachment: { type: part.type, payload: { is_reusable: false } }, ...metadata };
  return { text: part.text, ...(part.choices.length === 0 ? {} : { quick_replies: part.choices.map(quickReply) }), ...metadata };
}

function quickReply(choice: string): Record<string, string> {
  return { content_type: 'text', title: titleOf(choice), payload: choicePayload(choice) };
}

function titleOf(choice: string): string {
  const characters = [...choice];
  return characters.length <= choiceTitleMax ? choice : `${characters.slice(0, choiceTitleMax - 1).join('').trimEnd()}…`;
}
