import type { InboundEvent } from '../../inbox/model/event.js';
import type { Message } from '../../inbox/model/message.js';
import type { MirrorReply } from '../../inbox/model/mirror.js';
import type { Account, ChannelAdapter, DeliveryOutcome } from '../contract.js';

/** What is posted where colleagues read: the head of a thread, or one message below it. */
export type MirrorPost =
  | { type: 'opening'; id: string; conversationId: string; customerName: string; channelName: string; subject?: string; link?: string }
  | { type: 'message'; id: string; conversationId: string; kind: Message['kind']; authorName: string; text: string; files: readonly string[] };

export type { MirrorReply };

/**
 * A channel in which colleagues can follow a conversation of any other channel, and answer it. What is written there
 * reaches the ledger as `ignored` events and never opens a conversation; whoever applies them asks `mirrored` first.
 */
export interface MirrorsConversations {
  /** Where this account may mirror to, as chosen in its settings: ids of the platform. */
  mirrorPlaces(account: Account): readonly string[];
  /**
   * Posts; without `thread` it begins one. `externalIds[0]` of what was sent is the post's id, and of an opening the
   * thread's. `post.id` is carried along: an attempt whose answer was lost is found again before it is repeated. `attempt`: 1 (as without it) for the first.
   */
  mirror(post: MirrorPost, where: { place: string; thread?: string; attempt?: number }, account: Account): Promise<DeliveryOutcome>;
  /** Pure. `undefined` for every event but a colleague's post in a thread of a mirrored place. */
  mirrored(event: InboundEvent): MirrorReply | undefined;
  /** Who a colleague is, as the platform tells; `email` only where it vouches for it. May do IO, and may throw. */
  colleague?(externalUserId: string, account: Account): Promise<{ name?: string; email?: string } | undefined>;
}

export function mirrorsConversations(adapter: ChannelAdapter): adapter is ChannelAdapter & MirrorsConversations {
  return 'mirrored' in adapter;
}
