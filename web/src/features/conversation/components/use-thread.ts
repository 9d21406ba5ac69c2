import { useCallback, useRef } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useToast } from '../../../components/toaster.js';
import { wordsOf } from '../../../lib/api/api-error.js';
import { useApi } from '../../../lib/api/api-context.js';
import { keys } from '../../../lib/cache/keys.js';
import { appendNewer, prependOlder, threadOf, type Thread, type ThreadPage } from '../../../lib/cache/thread.js';
import { getMessages } from '../api/get-messages.js';

/** The window on the story that a conversation shows, and ways to move it. */
export interface ThreadHandle {
  thread: Thread | undefined;
  loadOlder: () => void;
  loadNewer: () => void;
  /** Moves the window to a message that it does not show. */
  loadAround: (messageId: string) => Promise<void>;
  /** Moves it back to the newest. */
  loadNewest: () => Promise<void>;
}

export function useThread(conversationId: string): ThreadHandle {
  const api = useApi();
  const client = useQueryClient();
  const toast = useToast();
  const { data: thread } = useQuery<Thread>({ queryKey: keys.thread(conversationId), enabled: false });
  const busy = useRef(false);

  const change = useCallback(
    async (fetchPage: () => Promise<ThreadPage>, merge: (thread: Thread | undefined, page: ThreadPage) => Thread | undefined) => {
      if (busy.current) return;
      busy.current = true;
      try {
        const page = await fetchPage();
        client.setQueryData<Thread>(keys.thread(conversationId), (current) => merge(current, page));
      } catch (error) {
        toast({ text: `More messages could not be shown. ${wordsOf(error)}`, tone: 'bad' });
      } finally {
        busy.current = false;
      }
    },
    [client, conversationId, toast],
  );

  const loadOlder = useCallback(() => {
    const before = client.getQueryData<Thread>(keys.thread(conversationId))?.before;
    if (before === undefined) return;
    void change(() => getMessages(api, conversationId, { before }), (current, page) => (current?.before === before ? prependOlder(current, page) : current));
  }, [api, client, conversationId, change]);

  const loadNewer = useCallback(() => {
    const after = client.getQueryData<Thread>(keys.thread(conversationId))?.after;
    if (after === undefined) return;
    void change(() => getMessages(api, conversationId, { after }), (current, page) => (current?.after === after ? appendNewer(current, page) : current));
  }, [api, client, conversationId, change]);

  const loadAround = useCallback((messageId: string) => change(() => getMessages(api, conversationId, { around: messageId }), (_current, page) => threadOf(page)), [api, conversationId, change]);

  const loadNewest = useCallback(async () => {
    client.removeQueries({ queryKey: keys.thread(conversationId), exact: true });
    await client.invalidateQueries({ queryKey: keys.conversation(conversationId) });
  }, [client, conversationId]);

  return { thread, loadOlder, loadNewer, loadAround, loadNewest };
}
