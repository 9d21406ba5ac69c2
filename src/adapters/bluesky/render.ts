import type { Json } from '../../inbox/model/common.js';
import type { Outbound } from '../contract.js';
import { asText, field } from '../lib/read-json.js';
import { type Facet, richParts } from './facets.js';
import { recordKey, timeOf } from './ids.js';
import { directMessage, post } from './limits.js';
import type { PostHandle } from './parse.js';

export type Handle = PostHandle | { kind: 'chat'; convoId: string };

export interface PostRecord {
  $type: 'app.bsky.feed.post';
  text: string;
  facets?: Facet[];
  langs?: string[];
  createdAt: string;
}

/** The thread's handle as `parse` wrote it; `undefined` where it is none. */
export function readHandle(handle: Json | undefined): Handle | undefined {
  const convoId = asText(field(handle, 'convoId'));
  if (field(handle, 'kind') === 'chat' && convoId !== undefined) return { kind: 'chat', convoId };
  const [root, parent] = [reference(field(handle, 'root')), reference(field(handle, 'parent'))];
  return field(handle, 'kind') === 'post' && root !== undefined && parent !== undefined ? { kind: 'post', root, parent } : undefined;
}

function reference(value: unknown): { uri: string; cid: string } | undefined {
  const [uri, cid] = [asText(field(value, 'uri')), asText(field(value, 'cid'))];
  return uri === undefined || cid === undefined ? undefined : { uri, cid };
}

/** The posts of one answer with the keys they are put under; putting them again makes the very same records. Pure. */
export function renderPosts(outbound: Pick<Outbound, 'text' | 'language' | 'messageId'>, now: number): { rkey: string; record: PostRecord }[] {
  const written = timeOf(outbound.messageId) ?? now;
  const parts = richParts(outbound.text, post);
  return (parts.length === 0 ? [{ text: '', facets: [] }] : parts).map(({ text, facets }, index) => ({
    rkey: recordKey(outbound.messageId, index),
    record: {
      $type: 'app.bsky.feed.post', text, createdAt: new Date(Math.min(written, now) + index).toISOString(),
      ...(facets.length === 0 ? {} : { facets }), ...(outbound.language === undefined ? {} : { langs: [outbound.language] }),
    },
  }));
}

/** The messages of one answer in a chat. Pure. */
export function renderChat(outbound: Pick<Outbound, 'text'>): { text: string; facets?: Facet[] }[] {
  return richParts(outbound.text, directMessage).map(({ text, facets }) => ({ text, ...(facets.length === 0 ? {} : { facets }) }));
}
