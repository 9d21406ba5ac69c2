import type { z } from 'zod';
import type { Conversation } from '../../inbox/model/conversation.js';
import type { ReportScope } from '../../reports/scope.js';
import type { WallPicture, WallRow } from '../../reports/wall.js';
import { presentConversation } from './present-conversation.js';
import type { wall } from './shapes-reports.js';

/** The wall as browsers get it; where names are hidden, nothing in its rows names a colleague. */
export function presentWall(picture: WallPicture): z.input<typeof wall> {
  const { scope, rows, soon, oldestUnassigned, ...rest } = picture;
  const present = (row: WallRow) => presentRow(row, scope);
  return { ...rest, rows: rows.map(present), soon: soon.map(present), oldestUnassigned: oldestUnassigned && present(oldestUnassigned) };
}

function presentRow({ wait, conversation, holder }: WallRow, scope: ReportScope): z.input<typeof wall>['rows'][number] {
  return {
    conversation: presentConversation(scope.names ? conversation : withoutNames(conversation, scope)),
    since: wait.since, dueAt: wait.dueAt, breachedAt: wait.breachedAt, targetMs: wait.targetMs, why: wait.why, by: wait.by, holder,
  };
}

function withoutNames(conversation: Conversation, scope: ReportScope): Conversation {
  const { assigneeId, routeReason: _reason, ...rest } = conversation;
  const { preview } = conversation;
  return {
    ...rest,
    preview: preview.by === 'agent' || preview.by === 'outside' ? { ...preview, name: 'A colleague' } : preview,
    ...(assigneeId === scope.agentId ? { assigneeId } : {}),
  };
}
