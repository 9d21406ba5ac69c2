import type { Live, Notice } from '../../inbox/ports.js';

/** Whose notices to hear: an identity's conversations, one conversation's typing, a channel's settings. */
export type Topic = `identity:${string}` | `conversation:${string}` | `channel:${string}`;

/** One subscription to the live notices for all visitors; each hears only what is said under its own topics. */
export interface VisitorHub {
  listen(topic: Topic, listener: (notice: Notice) => void): () => void;
  /** Whether anybody listens under this topic now. */
  isHeard(topic: Topic): boolean;
  close(): void;
}

export function createHub(live: Live): VisitorHub {
  const listeners = new Map<Topic, Set<(notice: Notice) => void>>();
  const unsubscribe = live.subscribe((notice) => {
    const topic = topicOf(notice);
    if (topic === undefined) return;
    for (const listener of [...(listeners.get(topic) ?? [])]) listener(notice);
  });
  return {
    listen(topic, listener) {
      const group = listeners.get(topic) ?? new Set();
      listeners.set(topic, group.add(listener));
      return () => {
        group.delete(listener);
        if (group.size === 0 && listeners.get(topic) === group) listeners.delete(topic);
      };
    },
    isHeard: (topic) => listeners.has(topic),
    close: unsubscribe,
  };
}

function topicOf(notice: Notice): Topic | undefined {
  switch (notice.kind) {
    case 'conversation':
      return `identity:${notice.conversation.identityId}`;
    case 'typing':
      return notice.who.type === 'agent' ? `conversation:${notice.conversationId}` : undefined;
    case 'channel':
      return `channel:${notice.channel._id}`;
    case 'viewing':
    case 'customer':
    case 'agent':
    case 'counts':
      return undefined;
  }
}
