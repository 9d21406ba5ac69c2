import { useCallback, useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { ApiError, wordsOf } from '../../../lib/api/api-error.js';
import { useApi } from '../../../lib/api/api-context.js';
import { keys } from '../../../lib/cache/keys.js';
import { dropMessage, patchMessage, patchRow } from '../../../lib/cache/patch.js';
import { pendingPrefix } from '../../../lib/cache/thread.js';
import type { ConversationDetail, Me, MessageView } from '../../../lib/shapes.js';
import { addNote } from '../api/add-note.js';
import { sendReply, type ReplyInput } from '../api/send-reply.js';
import { mentionsIn } from '../model/mentions.js';
import type { DraftState } from './use-draft.js';

/** Why something was not sent. The text is kept in each case. */
export type SendProblem = { kind: 'stale'; newer: readonly string[] } | { kind: 'failed'; words: string };

export type After = Pick<ReplyInput, 'andStatus' | 'snoozeUntil' | 'force' | 'template'>;

interface Input {
  detail: ConversationDetail;
  me: Me;
  /** Empties the composer; what it returns puts everything back. */
  take: () => () => void;
  onSent: (after: After) => void;
}

/** Sends what was written: shown at once, confirmed by the server, put back into the composer when it was refused. */
export function useSend({ detail, me, take, onSent }: Input) {
  const api = useApi();
  const client = useQueryClient();
  const [problem, setProblem] = useState<SendProblem>();
  const [busy, setBusy] = useState(false);
  // The same text is sent under the same id until it is through, so that a retry never doubles it.
  const attempt = useRef<{ text: string; clientId: string }>(undefined);
  const { conversation, customer } = detail;

  const send = useCallback(
    async (draft: DraftState, after: After = {}) => {
      const clientId = attempt.current?.text === draft.text ? attempt.current.clientId : crypto.randomUUID();
      attempt.current = { text: draft.text, clientId };
      const early = earlyMessage(draft, { detail, me, clientId, now: Date.now() });
      const putBack = take();
      setProblem(undefined);
      setBusy(true);
      patchMessage(client, early, customer.id);
      try {
        const attachmentIds = draft.attachments.map((file) => file.id);
        const sent =
          draft.kind === 'note'
            ? await addNote(api, conversation.id, { text: draft.text, attachmentIds, clientId, mentions: mentionsIn(draft.text, me.agents) })
            : await sendReply(api, conversation.id, { text: draft.text, attachmentIds, clientId, ...(draft.began === undefined ? {} : { personSeen: draft.began.personSeen }), ...after });
        attempt.current = undefined;
        patchMessage(client, sent.message, customer.id);
        patchRow(client, sent.conversation);
        void client.invalidateQueries({ queryKey: keys.conversation(conversation.id) });
        onSent(after);
      } catch (error) {
        dropMessage(client, conversation.id, early.id);
        putBack();
        setProblem(problemOf(error));
        void client.invalidateQueries({ queryKey: keys.conversation(conversation.id) });
      } finally {
        setBusy(false);
      }
    },
    [api, client, conversation.id, customer.id, detail, me, onSent, take],
  );
  const forget = useCallback(() => setProblem(undefined), []);
  return { send, problem, forget, busy };
}

function problemOf(error: unknown): SendProblem {
  if (error instanceof ApiError && error.code === 'stale_reply') {
    const newer = error.facts['newer'];
    return { kind: 'stale', newer: Array.isArray(newer) ? newer.filter((id) => typeof id === 'string') : [] };
  }
  return { kind: 'failed', words: `Not sent, your text is kept. ${wordsOf(error)}` };
}

function earlyMessage(draft: DraftState, at: { detail: ConversationDetail; me: Me; clientId: string; now: number }): MessageView {
  const { detail, me, clientId, now } = at;
  return {
    id: `${pendingPrefix}${clientId}`,
    conversationId: detail.conversation.id,
    seq: detail.conversation.lastSeq + 0.5,
    channel: detail.conversation.channel,
    kind: draft.kind === 'note' ? 'note' : 'out',
    author: { type: 'agent', id: me.agent.id, name: me.agent.name },
    text: draft.text,
    attachments: [...draft.attachments],
    at: now,
    receivedAt: now,
    hasSource: false,
    clientId,
    ...(draft.kind === 'note' ? {} : { delivery: { state: 'sending' as const, at: now, attempts: 0 } }),
  };
}
