import { channelWords } from '../../../lib/channel-words.js';
import type { ChannelKind, MessageView } from '../../../lib/shapes.js';

export interface RecipientChange {
  added: string[];
  removed: string[];
}

/** Who gets the answer and did not get the last one, and who no longer does; nothing when we have not written yet. */
export function recipientChange(messages: readonly MessageView[], conversationId: string, reply: { address?: string | undefined; cc: readonly string[] }): RecipientChange {
  const last = messages.findLast((message) => message.conversationId === conversationId && message.kind === 'out' && message.email !== undefined)?.email;
  if (last === undefined || reply.address === undefined) return { added: [], removed: [] };
  const before = new Set([...last.to, ...last.cc].map(bareAddress));
  const now = new Set([reply.address, ...reply.cc].map(bareAddress));
  return { added: [...now].filter((address) => !before.has(address)), removed: [...before].filter((address) => !now.has(address)) };
}

/** "ines@posteo.example" of "Ines Bauer <ines@posteo.example>". */
export function bareAddress(text: string): string {
  const inBrackets = /<([^<>]+)>\s*$/.exec(text)?.[1];
  return (inBrackets ?? text).trim().toLowerCase();
}

/** Where a reply goes, in one line: "E-mail to ines@posteo.example and 2 more". */
export function whereTo(kind: ChannelKind, reply: { to: string; address?: string | undefined; cc: readonly string[] }): string {
  const more = reply.cc.length === 0 ? '' : ` and ${reply.cc.length} more`;
  if (kind === 'email') return `E-mail to ${reply.address ?? reply.to}${more}`;
  return `${channelWords[kind]} with ${reply.to}`;
}
