import { useNavigate } from '@tanstack/react-router';
import type { ViewName } from '../../../lib/cache/rows.js';
import { useKeys } from '../../../lib/keys/use-keys.js';
import type { ConversationRow } from '../../../lib/shapes.js';
import { neighbourOf } from '../model/keep-place.js';

interface Input {
  rows: readonly ConversationRow[];
  view: ViewName;
  selectedId: string | undefined;
  /** Scrolls a row into view. */
  show: (index: number) => void;
}

/** j and k walk through the list; the conversation beside it follows. */
export function useListKeys({ rows, view, selectedId, show }: Input): void {
  const navigate = useNavigate();
  const step = (by: 1 | -1) => {
    const row = neighbourOf(rows, selectedId, by);
    if (row === undefined) return;
    show(rows.indexOf(row));
    void navigate({ to: '/inbox/$view/$conversationId', params: { view, conversationId: row.id }, replace: selectedId !== undefined });
  };
  useKeys([
    { key: 'j', label: 'Next conversation', group: 'List', run: () => step(1) },
    { key: 'k', label: 'Previous conversation', group: 'List', run: () => step(-1) },
  ]);
}
