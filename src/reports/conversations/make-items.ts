import type { Channel } from '../../inbox/model/channel.js';
import type { Collections } from '../../inbox/stores.js';
import type { ListedConversation } from '../shapes.js';
import type { Counted } from './list-conversations.js';

/** These conversations with what they are called, in their order; the figures stay as they were counted. Names nobody but the customer. */
export async function makeItems(c: Pick<Collections, 'conversations'>, channels: ReadonlyMap<string, Channel>, counted: readonly Counted[]): Promise<ListedConversation[]> {
  const found = await c.conversations.numbered(counted.map(({ row }) => row));
  const byNumber = new Map(found.map((conversation) => [conversation.facts.n, conversation]));
  return counted.flatMap(({ row, ...figures }): ListedConversation[] => {
    const conversation = byNumber.get(row);
    if (conversation === undefined) return [];
    const { _id, customerId, customerName, channelId, channelKind, channelName, subject, teamId, status } = conversation;
    const channel = channels.get(channelId);
    return [{
      id: _id, customer: { id: customerId, name: customerName }, channel: { id: channelId, kind: channel?.kind ?? channelKind, name: channel?.name ?? channelName },
      ...(subject === undefined ? {} : { subject }), ...(teamId === undefined ? {} : { teamId }), status, imported: conversation.facts.imported === true, ...figures,
    }];
  });
}
