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
      try {
        const page = await fetchPage();
        client.setQueryData<Thread>(keys.thread(conversationId), (current) => merge(current, page));
      } catch (error) {
        toast({ text: `More messages could not be shown. ${wordsOf(error)}`, tone: 'bad' });
      }
    },
    [client, conversationId, toast],
  );
  /** One page at a time; asked for again as long as its edge is in view. */
  const page = useCallback(
    async (work: () => Promise<void>) => {
      if (busy.current) return;
      busy.current = true;
      await work();
      busy.current = false;
    },
    [],
  );

  const loadOlder = useCallback(() => {
    const before = client.getQueryData<Thread>(keys.thread(conversationId))?.before;
    if (before === undefined) return;
    // Only if the window is still where it was: a jump may have moved it meanwhile.
    void page(() => change(() => getMessages(api, conversationId, { before }), (current, found) => (current?.before === before ? prependOlder(current, found) : current)));
  }, [api, client, conversationId, change, page]);

  const loadNewer = useCallback(() => {
    const after = client.getQueryData<Thread>(keys.thread(conversationId))?.after;
    if (after === undefined) return;
    void page(() => change(() => getMessages(api, conversationId, { after }), (current, found) => (current?.after === after ? appendNewer(current, found) : current)));
  }, [api, client, conversationId, change, page]);

  const loadAround = useCallback((messageId: string) => change(() => getMessages(api, conversationId, { around: messageId }), (_current, found) => threadOf(found)), [api, conversationId, change]);

  const loadNewest = useCallback(() => change(() => getMessages(api, conversationId, {}), (_current, found) => threadOf(found)), [api, conversationId, change]);

  return { thread, loadOlder, loadNewer, loadAround, loadNewest };
}
