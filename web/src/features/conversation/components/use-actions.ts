import { useMemo } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useToast } from '../../../components/toaster.js';
import { ApiError, wordsOf } from '../../../lib/api/api-error.js';
import { useApi } from '../../../lib/api/api-context.js';
import { findRow, patchRow } from '../../../lib/cache/patch.js';
import type { ConversationRow, Priority } from '../../../lib/shapes.js';
import { dayWords, timeOfDay } from '../../../lib/time/format.js';
import { assignConversation } from '../api/assign-conversation.js';
import { startMirror, stopMirror } from '../api/mirror.js';
import { noAnswerNeeded } from '../api/no-answer-needed.js';
import { setPriority } from '../api/set-priority.js';
import { setStatus } from '../api/set-status.js';
import { setSubject } from '../api/set-subject.js';
import { setTags } from '../api/set-tags.js';
import { snoozeConversation } from '../api/snooze-conversation.js';
import { startWait } from '../api/start-wait.js';

interface Change {
  /** How the row will look; shown before the server has answered. */
  guess: (row: ConversationRow) => ConversationRow;
  send: () => Promise<ConversationRow>;
  /** What was done, for the notice. */
  done?: string;
  undo?: () => void;
}

/** All that can be done to a conversation. Each is shown at once, taken back when the server refuses, and may be undone where that makes sense. */
export interface Actions {
  resolve: () => void;
  reopen: () => void;
  spam: () => void;
  snooze: (until: number) => void;
  assign: (assigneeId: string | null, name: string) => void;
  moveTo: (teamId: string, name: string) => void;
  setPriority: (priority: Priority) => void;
  setTags: (tags: string[]) => void;
  setSubject: (subject: string) => void;
  noAnswerNeeded: (reason: string) => void;
  /** The clock runs after all, from the customer's own time. */
  startWait: () => void;
  startMirror: (to: { channelId: string; place: string }, name: string) => void;
  stopMirror: () => void;
}

export function useActions(conversationId: string, agentId: string): Actions {
  const api = useApi();
  const client = useQueryClient();
  const toast = useToast();
  const { mutate } = useMutation({
    mutationFn: (change: Change) => change.send(),
    onMutate: (change) => {
      const before = findRow(client, conversationId);
      if (before !== undefined) patchRow(client, change.guess(before));
      return before;
    },
    onSuccess: (row, change) => {
      patchRow(client, row);
      if (change.done !== undefined) toast({ text: change.done, ...(change.undo === undefined ? {} : { undo: change.undo }) });
    },
    onError: (error, _change, before) => {
      if (before !== undefined) patchRow(client, before);
      toast({ text: refusal(error), tone: 'bad' });
    },
  });

  return useMemo(() => {
    const row = () => findRow(client, conversationId);
    const reopen = () => mutate({ guess: changed({ status: 'open' }), send: () => setStatus(api, conversationId, 'open') });
    const undoTo = (before: ConversationRow | undefined) => {
      if (before?.status === 'snoozed' && before.snoozedUntil !== undefined && before.snoozedUntil > Date.now()) return () => snooze(before.snoozedUntil ?? 0);
      return reopen;
    };
    const snooze = (until: number) => {
      const before = row();
      mutate({ guess: changed({ status: 'snoozed', snoozedUntil: until }), send: () => snoozeConversation(api, conversationId, until), done: `Snoozed until ${dayWords(until, Date.now())} ${timeOfDay(until)}.`, undo: undoTo(before) });
    };
    const assign = (assigneeId: string | null, name: string) => {
      const before = row()?.assigneeId ?? null;
      mutate({
        guess: assigneeId === null ? ({ assigneeId: _gone, ...rest }) => rest : changed({ assigneeId }),
        send: () => assignConversation(api, conversationId, { assigneeId, ...(assigneeId === agentId ? { ifAssignedTo: before } : {}) }),
        done: assigneeId === null ? 'Put back: it is nobody’s now.' : assigneeId === agentId ? 'It is yours.' : `Assigned to ${name}.`,
        undo: () => mutate({ guess: same, send: () => assignConversation(api, conversationId, { assigneeId: before }) }),
      });
    };
    const wait = () => mutate({ guess: same, send: () => startWait(api, conversationId), done: 'The clock runs, from when the customer wrote.' });
    return {
      resolve: () => {
        const before = row();
        mutate({ guess: changed({ status: 'resolved' }), send: () => setStatus(api, conversationId, 'resolved'), done: `Resolved: ${before?.customer.name ?? 'conversation'}.`, undo: undoTo(before) });
      },
      reopen,
      spam: () => mutate({ guess: changed({ status: 'spam' }), send: () => setStatus(api, conversationId, 'spam'), done: 'Marked as spam.', undo: reopen }),
      snooze,
      assign,
      moveTo: (teamId, name) => mutate({ guess: changed({ teamId }), send: () => assignConversation(api, conversationId, { assigneeId: row()?.assigneeId ?? null, teamId }), done: `Moved to ${name}.` }),
      setPriority: (priority) => mutate({ guess: changed({ priority }), send: () => setPriority(api, conversationId, priority) }),
      setTags: (tags) => mutate({ guess: changed({ tags }), send: () => setTags(api, conversationId, tags) }),
      setSubject: (subject) => mutate({ guess: changed({ subject }), send: () => setSubject(api, conversationId, subject) }),
      noAnswerNeeded: (reason) => mutate({ guess: withoutWait, send: () => noAnswerNeeded(api, conversationId, reason), done: `The clock is stopped. No answer needed: ${reason}.`, undo: wait }),
      startWait: wait,
      startMirror: (to, name) => mutate({ guess: changed({ mirror: to }), send: () => startMirror(api, conversationId, to), done: `Mirrored to ${name}: colleagues can answer from there.` }),
      stopMirror: () => mutate({ guess: ({ mirror: _gone, ...rest }) => rest, send: () => stopMirror(api, conversationId), done: 'Mirrored no more.' }),
    };
  }, [api, client, conversationId, agentId, mutate]);
}

const same = (row: ConversationRow): ConversationRow => row;
const withoutWait = ({ waitingSince: _since, due: _due, breachedAt: _breached, ...row }: ConversationRow): ConversationRow => row;
const changed = (change: Partial<ConversationRow>) => (row: ConversationRow): ConversationRow => ({ ...row, ...change });

function refusal(error: unknown): string {
  if (error instanceof ApiError && error.code === 'conflict') return 'Somebody was faster: it has an owner already.';
  return `Nothing was changed. ${wordsOf(error)}`;
}
