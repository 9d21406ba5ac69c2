import type { DeliveryOutcome } from '../adapters/contract.js';
import { actsOnMessages } from '../adapters/contract/abilities.js';
import { messageOf } from '../errors.js';
import type { ChannelActions } from '../inbox/ports.js';
import type { InboxStore } from '../inbox/stores.js';
import type { ChannelBook } from './channel-book.js';

/** Longer than any adapter gives its provider. */
const timeoutMs = 12_000;

/** What agents do to messages, brought to the channel that they belong to. Never throws. */
export function createProviderActions(book: ChannelBook, store: Pick<InboxStore, 'now'>): ChannelActions {
  const adapterOf = (channelId: string) => {
    const account = book.account(channelId);
    const adapter = account?.channel.state === 'on' ? book.adapter(account.channel.kind) : undefined;
    return account === undefined || adapter === undefined || !actsOnMessages(adapter) ? undefined : { adapter, account };
  };
  return {
    can: (channelId) => adapterOf(channelId)?.adapter.actions ?? [],
    act: async (channelId, action, { conversation }) => {
      const ready = adapterOf(channelId);
      if (ready === undefined) return { ok: false, reason: 'the channel is paused, broken, or cannot do that' };
      const threadKey = conversation.answerOn?.channelId === channelId ? conversation.answerOn.threadKey : conversation.threadKey;
      const identityId = conversation.answerOn?.channelId === channelId ? conversation.answerOn.identityId : conversation.identityId;
      const handle = (await store.now.threads.find(`${channelId}:${threadKey}`))?.handle;
      let timer: NodeJS.Timeout | undefined;
      try {
        const late = new Promise<DeliveryOutcome>((resolve) => {
          timer = setTimeout(() => resolve({ result: 'unknown', reason: 'no answer within 12 s' }), timeoutMs);
        });
        const to = { identityId, externalUserId: identityId.split(':').slice(2).join(':') };
        const outcome = await Promise.race([ready.adapter.act(action, { threadKey, to, ...(handle === undefined ? {} : { handle }) }, ready.account), late]);
        if (outcome.result === 'sent' || outcome.result === 'delivered') return { ok: true };
        return { ok: false, reason: outcome.reason ?? '' };
      } catch (error) {
        return { ok: false, reason: messageOf(error) };
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
