import { useEffect, useRef, useState } from 'react';
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useApi } from '../../lib/api/api-context.js';
import type { Api } from '../../lib/api/client.js';
import { keys } from '../../lib/cache/keys.js';
import { applyChannel, applyConversation, applyCounts, applyGone, applyTyping, applyViewing } from '../../lib/cache/patch.js';
import type { Counts } from '../../lib/shapes.js';
import { LiveConnection, type LiveEvent, type LiveState } from './live-connection.js';

/** Keeps everything that is cached up to date for as long as the caller is shown. */
export function useLive(since: number): LiveState {
  const api = useApi();
  const client = useQueryClient();
  const [state, setState] = useState<LiveState>({ at: 'connecting' });
  const begin = useRef(since);
  useEffect(() => {
    const later = createLater();
    let wasDown = false;
    const onState = (next: LiveState) => {
      setState(next);
      // Either the server is away, or we are no longer signed in: the answer to this tells, and leads to the sign-in.
      if (next.at === 'down') void api.get('/me').catch(() => undefined);
      // The session may be another one now, and with it the token for writing.
      if (next.at === 'live' && wasDown) void client.invalidateQueries({ queryKey: keys.me });
      wasDown = next.at === 'down';
    };
    const connection = new LiveConnection({ since: begin.current, onState, onEvent: (event) => handle(event, { api, client, later }) });
    const wake = () => document.visibilityState === 'visible' && connection.wake();
    window.addEventListener('online', wake);
    document.addEventListener('visibilitychange', wake);
    return () => {
      window.removeEventListener('online', wake);
      document.removeEventListener('visibilitychange', wake);
      connection.close();
      later.stop();
    };
  }, [api, client]);
  return state;
}

/** The wall is fetched again at most twice a second. */
const wallRestMs = 500;

interface Tools {
  api: Api;
  client: QueryClient;
  later: Later;
}

function handle(event: LiveEvent, { api, client, later }: Tools): void {
  switch (event.name) {
    case 'conversation': {
      const { conversation, messages } = event.data;
      const hole = applyConversation(client, event.data);
      later.run('counts', 1000, () => fetchCounts(api, client));
      later.run('wall', wallRestMs, () => refetchWall(client));
      // The brief, the mood and the guard's mark come with the conversation; only what is open is fetched again.
      if (hole || messages.length > 0) {
        later.run(`customer ${conversation.customer.id}`, hole ? 0 : 300, () => refetchPerson(client, conversation.customer.id));
      }
      break;
    }
    case 'gone':
      applyGone(client, event.data.id);
      later.run('wall', wallRestMs, () => refetchWall(client));
      break;
    case 'typing':
      applyTyping(client, event.data, Date.now());
      break;
    case 'viewing':
      applyViewing(client, event.data);
      break;
    case 'counts':
      later.run('counts', 1000, () => fetchCounts(api, client));
      break;
    case 'customer':
      later.run(`customer ${event.data.id}`, 300, () => refetchPerson(client, event.data.id));
      break;
    case 'channel':
      applyChannel(client, event.data);
      void client.invalidateQueries({ queryKey: keys.channels });
      void client.invalidateQueries({ queryKey: keys.conversations, refetchType: 'active' });
      break;
    case 'agent':
      later.run('me', 800, () => {
        void client.invalidateQueries({ queryKey: keys.me });
        void client.invalidateQueries({ queryKey: keys.agents });
      });
      later.run('wall', wallRestMs, () => refetchWall(client));
      break;
    case 'reset':
      void client.invalidateQueries();
      break;
    case 'ready':
      // What could not be fetched while the connection was down.
      void client.refetchQueries({ type: 'active', predicate: (query) => query.state.status === 'error' });
      later.run('wall', wallRestMs, () => refetchWall(client));
      break;
  }
}

/** Only while it is shown; else it is fetched when it is opened. */
function refetchWall(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: keys.walls });
}

function refetchPerson(client: QueryClient, customerId: string): void {
  void client.invalidateQueries({ queryKey: keys.customer(customerId) });
  void client.invalidateQueries({
    queryKey: keys.conversations,
    predicate: (query) => hasCustomer(query.state.data, customerId),
  });
}

function hasCustomer(data: unknown, customerId: string): boolean {
  if (typeof data !== 'object' || data === null || !('customer' in data)) return false;
  const { customer } = data;
  return typeof customer === 'object' && customer !== null && 'id' in customer && customer.id === customerId;
}

async function fetchCounts(api: Api, client: QueryClient): Promise<void> {
  try {
    applyCounts(client, await api.get<Counts>('/counts'));
  } catch {
    // The figures stay as they were; the next change asks again.
  }
}

interface Later {
  /** Runs once, after things have been quiet; a second call before that changes nothing. */
  run: (key: string, afterMs: number, act: () => void | Promise<void>) => void;
  stop: () => void;
}

function createLater(): Later {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  return {
    run(key, afterMs, act) {
      if (timers.has(key)) return;
      const timer = setTimeout(() => {
        timers.delete(key);
        void act();
      }, afterMs);
      timers.set(key, timer);
    },
    stop() {
      timers.forEach((timer) => clearTimeout(timer));
      timers.clear();
    },
  };
}
