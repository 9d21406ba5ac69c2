import { useMemo } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useToast } from '../../../components/toaster.js';
import { ApiError, wordsOf } from '../../../lib/api/api-error.js';
import { useApi } from '../../../lib/api/api-context.js';
import { keys } from '../../../lib/cache/keys.js';
import { patchRow, patchWall } from '../../../lib/cache/patch.js';
import type { ConversationRow, Me, Priority, WallRow } from '../../../lib/shapes.js';
import { assign } from '../api/assign.js';
import { setPriority } from '../api/set-priority.js';
import { raised } from '../model/wall-words.js';
import { useCallIn } from './use-call-in.js';

/** What a row of the wall lets one do at once. Each can be taken back. */
export interface WallActions {
  /** `null` puts it back. */
  assign: (row: WallRow, agentId: string | null) => void;
  callIn: (row: WallRow, agentId: string) => void;
  raise: (row: WallRow) => void;
}

interface Change {
  id: string;
  guess: (row: WallRow) => WallRow;
  send: () => Promise<ConversationRow>;
  done: string;
  undo?: () => void;
}

export function useWallActions(me: Me): WallActions {
  const api = useApi();
  const client = useQueryClient();
  const toast = useToast();
  const callIn = useCallIn();
  const { mutate } = useMutation({
    mutationFn: (change: Change) => change.send(),
    onMutate: (change) => patchWall(client, change.id, change.guess),
    onSuccess: (row, { done, undo }) => {
      patchRow(client, row);
      toast({ text: done, ...(undo === undefined ? {} : { undo }) });
    },
    onError: (error) => toast({ text: refusal(error), tone: 'bad' }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.walls }),
  });

  return useMemo(() => {
    const nameOf = (id: string) => (id === me.agent.id ? 'you' : (me.agents.find((agent) => agent.id === id)?.name ?? 'them'));
    /** `from` is not known where names are hidden: then nothing is asked of it, and there is no way back. */
    const give = (row: WallRow, change: { from: string | null | undefined; to: string | null; undone?: boolean }) => {
      const { id, customer } = row.conversation;
      const { from, to } = change;
      mutate({
        id,
        guess: (known) => held(known, to === null ? undefined : { id: to, name: to === me.agent.id ? me.agent.name : nameOf(to) }),
        send: () => assign(api, id, { assigneeId: to, ...(from === undefined ? {} : { ifAssignedTo: from }) }),
        done: to === null ? `Put back: ${customer.name} is nobody’s now.` : `${customer.name} is assigned to ${nameOf(to)}.`,
        ...(change.undone === true || from === undefined ? {} : { undo: () => give(row, { from: to, to: from, undone: true }) }),
      });
    };
    const prioritise = (row: WallRow, change: { from: Priority; to: Priority; undone?: boolean }) => {
      const { id, customer } = row.conversation;
      mutate({
        id,
        guess: (known) => ({ ...known, conversation: { ...known.conversation, priority: change.to } }),
        send: () => setPriority(api, id, change.to),
        done: `${customer.name}: ${change.to} priority.`,
        ...(change.undone === true ? {} : { undo: () => prioritise(row, { from: change.to, to: change.from, undone: true }) }),
      });
    };
    return {
      assign: (row, agentId) => give(row, { from: row.conversation.assigneeId ?? (row.holder === undefined ? null : undefined), to: agentId }),
      callIn: (row, agentId) => callIn(row, { id: agentId, name: nameOf(agentId) }),
      raise: (row) => {
        const from = row.conversation.priority;
        const to = raised(from);
        if (to !== undefined) prioritise(row, { from, to });
      },
    };
  }, [api, me, mutate, callIn]);
}

function held({ holder: _holder, ...row }: WallRow, holder: { id: string; name: string } | undefined): WallRow {
  const { assigneeId: _assignee, ...conversation } = row.conversation;
  if (holder === undefined) return { ...row, by: 'unassigned', conversation };
  return { ...row, by: row.by === 'snoozed' || row.by === 'customer' ? row.by : 'agent', holder, conversation: { ...conversation, assigneeId: holder.id } };
}

function refusal(error: unknown): string {
  if (error instanceof ApiError && error.code === 'conflict') return 'Somebody was faster: it is with somebody else already.';
  return `Nothing was changed. ${wordsOf(error)}`;
}
