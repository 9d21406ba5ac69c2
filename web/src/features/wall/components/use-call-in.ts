import { useCallback, useEffect, useRef } from 'react';
import { useToast } from '../../../components/toaster.js';
import { wordsOf } from '../../../lib/api/api-error.js';
import { useApi } from '../../../lib/api/api-context.js';
import type { WallRow } from '../../../lib/shapes.js';
import { callIn } from '../api/call-in.js';

/** As long as the notice with its Undo stands there. */
const restMs = 8_000;

interface Pending {
  timer: ReturnType<typeof setTimeout>;
  send: () => void;
}

/**
 * Calls a colleague in. A note that was written cannot be taken back, so it is written when the time for undoing is over,
 * or when this page is left.
 */
export function useCallIn(): (row: WallRow, colleague: { id: string; name: string }) => void {
  const api = useApi();
  const toast = useToast();
  const pending = useRef(new Set<Pending>());
  useEffect(() => {
    const all = pending.current;
    const sendAll = () => all.forEach((each) => each.send());
    window.addEventListener('pagehide', sendAll);
    return () => {
      window.removeEventListener('pagehide', sendAll);
      sendAll();
    };
  }, []);
  return useCallback(
    (row, colleague) => {
      const call: Pending = {
        timer: setTimeout(() => call.send(), restMs),
        send: () => {
          clearTimeout(call.timer);
          if (!pending.current.delete(call)) return;
          callIn(api, row.conversation.id, colleague.id).catch((error: unknown) => toast({ text: `${colleague.name} was not called in. ${wordsOf(error)}`, tone: 'bad' }));
        },
      };
      pending.current.add(call);
      const undo = () => {
        clearTimeout(call.timer);
        if (!pending.current.delete(call)) toast({ text: `${colleague.name} knows already: the note is written.` });
      };
      toast({ text: `${colleague.name} is called in for ${row.conversation.customer.name}.`, undo });
    },
    [api, toast],
  );
}
