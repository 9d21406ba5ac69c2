import { useCallback, useEffect, useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useApi } from '../../../lib/api/api-context.js';
import { keys } from '../../../lib/cache/keys.js';
import { patchDraft } from '../../../lib/cache/patch.js';
import type { AttachmentView, ConversationDetail } from '../../../lib/shapes.js';
import { saveDraft } from '../api/save-draft.js';

export interface DraftState {
  kind: 'reply' | 'note';
  text: string;
  attachments: readonly AttachmentView[];
  /** When the text was begun, and what had reached the person by then; the guard compares with it. */
  began: { at: number; personSeen: number } | undefined;
}

export type SaveState = 'nothing' | 'unsaved' | 'saving' | 'saved' | 'failed';

const restMs = 700;
const againMs = 5000;

/** What is being written, kept on the server a moment after each rest, and once more when the conversation is left. What could not be kept is tried again. */
export function useDraft(detail: ConversationDetail) {
  const api = useApi();
  const client = useQueryClient();
  const id = detail.conversation.id;
  const [draft, setDraft] = useState<DraftState>(() => startOf(detail));
  const [saved, setSaved] = useState<SaveState>(() => (detail.draft === undefined ? 'nothing' : 'saved'));
  const latest = useRef({ draft, dirty: false });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const flushAgain = useRef<(leaving: boolean) => Promise<void>>(() => Promise.resolve());

  const flush = useCallback(
    async (leaving: boolean) => {
      clearTimeout(timer.current);
      if (!latest.current.dirty) return;
      latest.current.dirty = false;
      const { draft: now } = latest.current;
      const empty = now.text.trim() === '' && now.attachments.length === 0;
      const input = empty ? undefined : { kind: now.kind, text: now.text, attachmentIds: now.attachments.map((file) => file.id), seenSeq: now.began?.personSeen ?? 0 };
      patchDraft(client, id, input?.text);
      client.setQueryData<ConversationDetail>(keys.conversation(id), (known) => withDraft(known, input === undefined ? undefined : { ...input, attachments: [...now.attachments], updatedAt: now.began?.at ?? Date.now() }));
      if (!leaving) setSaved('saving');
      try {
        await saveDraft(api, id, input, leaving);
        if (!leaving) setSaved(latest.current.dirty ? 'unsaved' : empty ? 'nothing' : 'saved');
      } catch {
        latest.current.dirty = true;
        if (leaving) return;
        setSaved('failed');
        timer.current = setTimeout(() => void flushAgain.current(false), againMs);
      }
    },
    [api, client, id],
  );

  useEffect(() => {
    flushAgain.current = flush;
  }, [flush]);
  useEffect(() => {
    const onHide = () => document.visibilityState === 'hidden' && void flush(true);
    document.addEventListener('visibilitychange', onHide);
    return () => {
      document.removeEventListener('visibilitychange', onHide);
      void flush(true);
    };
  }, [flush]);

  const change = useCallback(
    (next: (current: DraftState) => DraftState) => {
      const draftNow = next(latest.current.draft);
      latest.current = { draft: draftNow, dirty: true };
      setDraft(draftNow);
      setSaved('unsaved');
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void flush(false), restMs);
    },
    [flush],
  );

  /** Empties it because it was sent; the server forgets its copy by itself, the lists at once. */
  const clear = useCallback(() => {
    clearTimeout(timer.current);
    const empty: DraftState = { kind: latest.current.draft.kind, text: '', attachments: [], began: undefined };
    latest.current = { draft: empty, dirty: false };
    setDraft(empty);
    setSaved('nothing');
    patchDraft(client, id, undefined);
    client.setQueryData<ConversationDetail>(keys.conversation(id), (known) => withDraft(known, undefined));
  }, [client, id]);

  return { draft, saved, change, clear, flush };
}

function startOf(detail: ConversationDetail): DraftState {
  const { draft } = detail;
  if (draft === undefined) return { kind: 'reply', text: '', attachments: [], began: undefined };
  return { kind: draft.kind, text: draft.text, attachments: draft.attachments, began: { at: draft.updatedAt, personSeen: draft.seenSeq } };
}

function withDraft(detail: ConversationDetail | undefined, draft: ConversationDetail['draft']): ConversationDetail | undefined {
  if (detail === undefined) return undefined;
  const { draft: _old, ...rest } = detail;
  return draft === undefined ? rest : { ...rest, draft };
}
