import type { Json } from '../../inbox/model/common.js';
import type { Outbound } from '../contract.js';
import { parseMarks, plainMarks } from '../lib/marks.js';
import { asText, field } from '../lib/read-json.js';
import { splitText } from '../lib/split-text.js';
import type { MastodonHandle } from './parse.js';
import type { ServerFacts } from './server-facts.js';

export interface StatusToSend {
  status: string;
  visibility: string;
  spoiler_text?: string;
  language?: string;
}

const visibilities = new Set(['public', 'unlisted', 'private', 'direct']);

/** The thread's handle as `parse` wrote it; `undefined` where it is none. */
export function readHandle(handle: Json | undefined): MastodonHandle | undefined {
  const [statusId, visibility, mention, spoiler] = ['statusId', 'visibility', 'mention', 'spoiler'].map((key) => asText(field(handle, key)));
  if (statusId === undefined || visibility === undefined || !visibilities.has(visibility) || mention === undefined || !/^[\w.-]+(?:@[\w.:-]+)?$/u.test(mention)) return undefined;
  return { statusId, visibility, mention, ...(spoiler === undefined ? {} : { spoiler }) };
}

/** The posts of one answer: who is answered is named in each, the audience stays what it was. Pure. */
export function render(outbound: Pick<Outbound, 'text' | 'language'>, handle: MastodonHandle, facts: Pick<ServerFacts, 'textMax' | 'perUrl'>): StatusToSend[] {
  const text = harmless(plainMarks(parseMarks(outbound.text)).trim());
  // A mention counts without its server; a short link counts as a long one.
  const mention = `@${handle.mention} `;
  const shortUrls = (text.match(/https?:\/\/\S+/gu) ?? []).reduce((sum, url) => sum + Math.max(0, facts.perUrl - url.length), 0);
  const spoiler = handle.spoiler === undefined ? 0 : [...handle.spoiler].length;
  const room = Math.max(50, facts.textMax - mention.length - shortUrls - spoiler);
  const parts = splitText(text, room, 'grapheme');
  return (parts.length === 0 ? [''] : parts).map((part) => ({
    status: `${mention}${part}`.trim(), visibility: handle.visibility,
    ...(handle.spoiler === undefined ? {} : { spoiler_text: handle.spoiler }),
    ...(outbound.language === undefined || !/^[a-z]{2,3}$/u.test(outbound.language) ? {} : { language: outbound.language }),
  }));
}

/** Nobody else is called by an answer: a name in the text is kept readable and tells nobody. */
function harmless(text: string): string {
  return text.replace(/(?<![\p{L}\p{N}_/.])@(?=[\p{L}\p{N}_])/gu, '@\u200b');
}
