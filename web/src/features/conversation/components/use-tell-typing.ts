import { useCallback, useEffect, useRef } from 'react';
import { useApi } from '../../../lib/api/api-context.js';
import { tellTyping } from '../api/tell-presence.js';

const againMs = 4000;
const restMs = 5000;

/** Tells others that one writes: at once, again every few seconds while it goes on, and when it stops. */
export function useTellTyping(conversationId: string) {
  const api = useApi();
  const told = useRef(0);
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  // Only a courtesy: when it fails nothing is to be said about it.
  const tell = useCallback((on: boolean) => tellTyping(api, conversationId, on).catch(() => undefined), [api, conversationId]);
  const stop = useCallback(() => {
    clearTimeout(rest.current);
    if (told.current === 0) return;
    told.current = 0;
    void tell(false);
  }, [tell]);
  const go = useCallback(() => {
    clearTimeout(rest.current);
    rest.current = setTimeout(stop, restMs);
    const now = Date.now();
    if (now - told.current < againMs) return;
    told.current = now;
    void tell(true);
  }, [stop, tell]);
  useEffect(() => stop, [stop]);
  return { go, stop };
}
