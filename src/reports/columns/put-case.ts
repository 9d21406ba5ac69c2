import type { Millis } from '../../inbox/model/common.js';
import type { Conversation } from '../../inbox/model/conversation.js';
import type { Columns } from './columns.js';
import { botParts, caseFlag, priorities, tagsWord } from './layouts.js';

/** Writes what reports know of a conversation into its row. `openTime`: from its first message until then. */
export function putCase(columns: Columns, conversation: Conversation, openTime: (until: Millis) => number): void {
  const { cases: table, words } = columns;
  const { facts } = conversation;
  const row = facts.n;
  table.touch(row);
  const { at } = table;
  const resolvedAt = conversation.status === 'resolved' ? conversation.resolvedAt : undefined;
  const since = (moment: Millis | undefined): number => (moment === undefined ? 0 : Math.max(0, moment - facts.firstAt));
  const openUntil = (moment: Millis | undefined): number => (moment === undefined || moment <= facts.firstAt ? 0 : openTime(moment));
  at.present[row] = 1;
  at.from[row] = facts.firstAt;
  table.setLength('resolved', row, since(resolvedAt));
  table.setLength('resolvedBusiness', row, openUntil(resolvedAt));
  table.setLength('held', row, since(facts.held?.at));
  table.setLength('heldBusiness', row, openUntil(facts.held?.at));
  table.setLength('assigned', row, since(facts.firstAssignedAt));
  at.team[row] = words.team.code(conversation.teamId);
  at.agent[row] = words.responder.code(facts.resolvedBy ?? facts.held?.by ?? conversation.assigneeId);
  at.channel[row] = words.channel.code(conversation.channelId);
  at.language[row] = words.language.code(conversation.language);
  at.tags[row] = words.tags.code(tagsWord(conversation.tags));
  at.customer[row] = words.customer.code(conversation.customerId);
  at.touches[row] = facts.touches;
  at.transfers[row] = facts.transfers;
  at.reopened[row] = facts.reopened;
  at.priority[row] = Math.max(0, priorities.indexOf(conversation.priority));
  at.bot[row] = Math.max(0, botParts.indexOf(facts.bot));
  at.flags[row] = (facts.known ? caseFlag.known : 0) | (facts.imported === true ? caseFlag.imported : 0) | (resolvedAt === undefined ? 0 : caseFlag.resolved)
    | (facts.held === undefined ? 0 : caseFlag.held) | (facts.firstAssignedAt === undefined ? 0 : caseFlag.assigned);
}
