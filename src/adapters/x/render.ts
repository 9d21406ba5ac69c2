import type { Attachment } from '../../inbox/model/message.js';
import type { Outbound } from '../contract.js';
import { parseMarks, plainMarks } from '../lib/marks.js';
import { asText, field } from '../lib/read-json.js';
import { splitText } from '../lib/split-text.js';
import { directMax, imagesPerPost, postMax } from './limits.js';

/** One post or direct message to be made, before its pictures have ids. */
export interface Part {
  text: string;
  files: Attachment[];
}

export type Rendered =
  | { kind: 'post'; parts: Part[]; /** What the first part answers; each further one answers the one before. */ answers?: string }
  | { kind: 'direct'; parts: Part[]; to: string };

/** A name that would call somebody; behind a letter, as in an address, it calls nobody. */
const mention = /(?<![\p{L}\p{N}_])[@＠](?=\w)/gu;
/** Between the sign and the name: the reader sees the name, X sees none. */
const gap = '\u200B';

/** Pure: the posts of a thread under the customer's post, or direct messages. X knows no formatting. */
export function render(outbound: Outbound): Rendered {
  const known = asText(field(outbound.handle, 'username'))?.toLowerCase();
  const text = quiet(plainMarks(parseMarks(outbound.text)), known);
  if (outbound.threadKey.startsWith('dm:')) return { kind: 'direct', parts: partsOf(splitText(text, directMax, 'codepoint'), outbound.attachments, 1), to: outbound.to.externalUserId };
  const answers = asText(field(outbound.handle, 'postId')) ?? outbound.answers?.externalId;
  return { kind: 'post', parts: partsOf(splitText(text, postMax, 'weighted'), outbound.attachments, imagesPerPost), ...(answers === undefined ? {} : { answers }) };
}

/** Nobody but the one who is answered is called by a text. */
function quiet(text: string, known: string | undefined): string {
  return text.replace(mention, (sign, at: number) => (/^\w{1,50}/.exec(text.slice(at + 1))?.[0].toLowerCase() === known ? sign : `${sign}${gap}`));
}

/** Pictures go with the first text; what one post cannot carry, with the next. */
function partsOf(texts: string[], files: readonly Attachment[], filesEach: number): Part[] {
  const count = Math.max(texts.length, Math.ceil(files.length / filesEach));
  return Array.from({ length: count }, (_, index) => ({ text: texts[index] ?? '', files: files.slice(index * filesEach, (index + 1) * filesEach) }));
}
