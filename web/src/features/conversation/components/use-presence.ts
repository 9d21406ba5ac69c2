import { useEffect } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../../../lib/api/api-context.js';
import { keys } from '../../../lib/cache/keys.js';
import type { ConversationDetail } from '../../../lib/shapes.js';
import type { Presence } from '../../../lib/cache/patch.js';
import { tellViewing } from '../api/tell-presence.js';

const againMs = 30_000;
const typingLastsMs = 8000;

/** Tells colleagues that one has it open, and says who else has, and who writes. */
export function usePresence(detail: ConversationDetail, agentId: string, now: number) {
  const conversationId = detail.conversation.id;
  const api = useApi();
  useEffect(() => {
    const tell = (on: boolean) => void tellViewing(api, conversationId, on).catch(() => undefined);
    const look = () => tell(document.visibilityState === 'visible');
    look();
    const timer = setInterval(() => document.visibilityState === 'visible' && tell(true), againMs);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
      tell(false);
    };
  }, [api, conversationId]);
  const { data } = useQuery<Presence>({ queryKey: keys.presence(conversationId), enabled: false });
  const typing = data?.typing.filter((person) => person.id !== agentId && now - person.at < typingLastsMs) ?? [];
  return {
    viewing: (data?.viewing ?? detail.viewing).filter((agent) => agent.id !== agentId),
    agentsTyping: typing.filter((person) => person.type === 'agent'),
    customerTyping: typing.find((person) => person.type === 'customer')?.name,
  };
}
