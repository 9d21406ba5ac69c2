import type { Live } from '../../inbox/ports.js';

/** Who has which conversation on the screen, as the notices tell it: for the first load; afterwards the browser hears itself. */
export interface ViewingBoard {
  of(conversationId: string): { id: string; name: string }[];
  /** Conversations that this agent has on the screen. */
  by(agentId: string): string[];
  close(): void;
}

export function createViewingBoard(live: Live): ViewingBoard {
  const viewing = new Map<string, { id: string; name: string }[]>();
  const unsubscribe = live.subscribe((notice) => {
    if (notice.kind !== 'viewing') return;
    if (notice.agents.length === 0) viewing.delete(notice.conversationId);
    else viewing.set(notice.conversationId, notice.agents.map(({ id, name }) => ({ id, name })));
  });
  return {
    of: (conversationId) => viewing.get(conversationId) ?? [],
    by: (agentId) => [...viewing].filter(([, agents]) => agents.some(({ id }) => id === agentId)).map(([conversationId]) => conversationId),
    close: unsubscribe,
  };
}
