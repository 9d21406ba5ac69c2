import type { Outbound } from '../contract.js';
import { asNumber, field } from '../lib/read-json.js';
import { splitText } from '../lib/split-text.js';
import { topicOfThread } from './ids.js';
import { textMax } from './limits.js';
import { writeMarkdown } from './write-markdown.js';

export interface Rendered {
  topicId: number;
  parts: string[];
  /** Number, within the topic, of the post that is answered. */
  replyTo?: number;
}

/** Pure: what is posted, in order, before uploads are added to the first; `undefined` when the thread is no topic. */
export function render(outbound: Outbound): Rendered | undefined {
  const topicId = topicOfThread(outbound.threadKey);
  if (topicId === undefined) return undefined;
  const replyTo = asNumber(field(outbound.handle, 'postNumber'));
  return { topicId, parts: splitText(writeMarkdown(outbound.text), textMax, 'codepoint'), ...(replyTo === undefined ? {} : { replyTo }) };
}

/** How an upload stands in a post: a picture shows, another file is a link with its name. */
export function uploadMarkdown(upload: { name: string; mime: string; shortUrl: string }): string {
  const name = upload.name.replace(/[[\]|\n]/g, ' ').trim();
  return upload.mime.startsWith('image/') ? `![${name}](${upload.shortUrl})` : `[${name}|attachment](${upload.shortUrl})`;
}
