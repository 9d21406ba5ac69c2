import { useEffect, useRef } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useApi } from '../../../lib/api/api-context.js';
import { patchRow } from '../../../lib/cache/patch.js';
import type { ConversationRow } from '../../../lib/shapes.js';
import { markRead } from '../api/mark-read.js';

const lookMs = 600;

/** Marks the conversation as seen once its newest message has stood in view for a moment. */
export function useMarkRead(row: ConversationRow, inView: boolean): void {
  const api = useApi();
  const client = useQueryClient();
  const told = useRef('');
  useEffect(() => {
    const mark = `${row.id} ${row.lastSeq}`;
    if (!inView || row.lastInSeq <= row.readSeq || told.current === mark) return undefined;
    const look = () => {
      if (document.visibilityState !== 'visible') return;
      told.current = mark;
      // Refused or lost, it stays unread and is marked at the next look.
      markRead(api, row.id, row.lastSeq).then((fresh) => patchRow(client, fresh), () => (told.current = ''));
    };
    const timer = setTimeout(look, lookMs);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [api, client, row.id, row.lastSeq, row.lastInSeq, row.readSeq, inView]);
}
