import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { ConversationDetail, ConversationRow, Counts, Me, MessageView, Page, Wall, WallRow } from '../shapes.js';
import { keys } from './keys.js';
import { lastSeqOf, upsert, withoutMessage, type Thread } from './thread.js';
import { patchRows, type ViewName } from './rows.js';

/**
 * The one file that changes what is cached: live events come through here, and so do the guesses made before the server
 * has answered. Server state lives nowhere else.
 */
export interface Presence {
  typing: { id: string; name: string; type: 'agent' | 'customer'; at: number }[];
  viewing: { id: string; name: string }[];
}

/** A conversation's row as it is now: in every list, and in the conversation if it has been opened. */
export function patchRow(client: QueryClient, row: ConversationRow): void {
  const me = client.getQueryData<Me>(keys.me);
  if (me === undefined) return;
  for (const [key, data] of client.getQueriesData<InfiniteData<Page<ConversationRow>, string | undefined>>({ queryKey: keys.lists })) {
    if (data === undefined) continue;
    const last = data.pages.at(-1);
    const view = key[1] as ViewName;
    const rows = patchRows(data.pages.map((page) => page.items), withDraftOf(client, row), { view, agentId: me.agent.id, complete: last?.cursor === undefined });
    client.setQueryData(key, { ...data, pages: data.pages.map((page, index) => ({ ...page, items: rows[index] ?? page.items })) });
  }
  client.setQueryData<ConversationDetail>(keys.conversation(row.id), (detail) =>
    detail === undefined || detail.conversation.changeSeq > row.changeSeq ? detail : { ...detail, conversation: row },
  );
}

/** Rows over the live connection are everybody's; a draft is one's own and stays as it was known. */
function withDraftOf(client: QueryClient, row: ConversationRow): ConversationRow {
  if (row.draft !== undefined) return row;
  const known = findRow(client, row.id)?.draft;
  return known === undefined ? row : { ...row, draft: known };
}

/** The row as any list or the opened conversation knows it. */
export function findRow(client: QueryClient, id: string): ConversationRow | undefined {
  const opened = client.getQueryData<ConversationDetail>(keys.conversation(id))?.conversation;
  for (const [, data] of client.getQueriesData<InfiniteData<Page<ConversationRow>>>({ queryKey: keys.lists })) {
    const found = data?.pages.flatMap((page) => page.items).find((row) => row.id === id);
    if (found !== undefined && (opened === undefined || found.changeSeq >= opened.changeSeq)) return found;
  }
  return opened;
}

/** Shows or takes away the first words of one's own draft in the lists. */
export function patchDraft(client: QueryClient, id: string, text: string | undefined): void {
  for (const [key, data] of client.getQueriesData<InfiniteData<Page<ConversationRow>>>({ queryKey: keys.lists })) {
    if (data === undefined) continue;
    const set = ({ draft: _old, ...row }: ConversationRow): ConversationRow => (text === undefined ? row : { ...row, draft: text });
    client.setQueryData(key, { ...data, pages: data.pages.map((page) => ({ ...page, items: page.items.map((row) => (row.id === id ? set(row) : row)) })) });
  }
}

/** A message in every opened story of that person. */
export function patchMessage(client: QueryClient, message: MessageView, customerId: string): void {
  for (const [, detail] of client.getQueriesData<ConversationDetail>({ queryKey: keys.conversations })) {
    if (detail === undefined || detail.customer.id !== customerId) continue;
    client.setQueryData<Thread>(keys.thread(detail.conversation.id), (thread) => (thread === undefined ? undefined : upsert(thread, message)));
  }
}

/** Takes back a message that was shown before it was sent. */
export function dropMessage(client: QueryClient, conversationId: string, messageId: string): void {
  client.setQueryData<Thread>(keys.thread(conversationId), (thread) => (thread === undefined ? undefined : withoutMessage(thread, messageId)));
}

/** Everything that one `conversation` event says. Returns whether the opened story has a hole now and must be fetched. */
export function applyConversation(client: QueryClient, event: { conversation: ConversationRow; messages: MessageView[] }): boolean {
  patchRow(client, event.conversation);
  for (const message of event.messages) patchMessage(client, message, event.conversation.customer.id);
  const thread = client.getQueryData<Thread>(keys.thread(event.conversation.id));
  return thread !== undefined && thread.after === undefined && lastSeqOf(thread, event.conversation.id) < event.conversation.lastSeq;
}

/** New figures beside the views. */
export function applyCounts(client: QueryClient, counts: Counts): void {
  client.setQueryData<Me>(keys.me, (me) => (me === undefined ? undefined : { ...me, counts }));
}

/** How a connected account is: the composer and the settings show it. */
export function applyChannel(client: QueryClient, channel: Omit<Me['channels'][number], 'actions' | 'mirrorPlaces'>): void {
  client.setQueryData<Me>(keys.me, (me) => {
    if (me === undefined) return undefined;
    const known = me.channels.some((other) => other.id === channel.id);
    return { ...me, channels: known ? me.channels.map((other) => (other.id === channel.id ? { ...other, ...channel } : other)) : [...me.channels, { ...channel, actions: [], mirrorPlaces: [] }] };
  });
}

const silence: Presence = { typing: [], viewing: [] };

/** Somebody began or ended typing. */
export function applyTyping(client: QueryClient, event: { conversationId: string; who: { id: string; name: string; type: 'agent' | 'customer' }; on: boolean }, now: number): void {
  client.setQueryData<Presence>(keys.presence(event.conversationId), (presence = silence) => {
    const others = presence.typing.filter((person) => person.id !== event.who.id);
    return { ...presence, typing: event.on ? [...others, { ...event.who, at: now }] : others };
  });
}

/** Who has the conversation open. */
export function applyViewing(client: QueryClient, event: { conversationId: string; agents: { id: string; name: string }[] }): void {
  client.setQueryData<Presence>(keys.presence(event.conversationId), (presence = silence) => ({ ...presence, viewing: event.agents }));
}

/** A conversation went to where this agent does not see it. */
export function applyGone(client: QueryClient, id: string): void {
  for (const [key, data] of client.getQueriesData<InfiniteData<Page<ConversationRow>>>({ queryKey: keys.lists })) {
    if (data === undefined) continue;
    client.setQueryData(key, { ...data, pages: data.pages.map((page) => ({ ...page, items: page.items.filter((row) => row.id !== id) })) });
  }
  void client.invalidateQueries({ queryKey: keys.conversation(id) });
}

/** A row of the wall as it will be, until the wall is fetched again. */
export function patchWall(client: QueryClient, conversationId: string, change: (row: WallRow) => WallRow): void {
  const changed = (row: WallRow) => (row.conversation.id === conversationId ? change(row) : row);
  client.setQueriesData<Wall>({ queryKey: keys.walls }, (wall) => {
    if (wall === undefined) return undefined;
    return { ...wall, rows: wall.rows.map(changed), soon: wall.soon.map(changed), ...(wall.oldestUnassigned === undefined ? {} : { oldestUnassigned: changed(wall.oldestUnassigned) }) };
  });
}
