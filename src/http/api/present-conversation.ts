import type { Brief, BriefLine } from '../../inbox/model/brief.js';
import type { Conversation } from '../../inbox/model/conversation.js';
import type { DueTarget } from '../../inbox/model/wait.js';
import type { BriefView, ConversationRow } from './shapes.js';

/** The list row. `draft` is the asking agent's own, and is absent in what is pushed to everybody. */
export function presentConversation(conversation: Conversation, draft?: string): ConversationRow {
  const elsewhere = conversation.answeredElsewhere;
  return {
    id: conversation._id,
    channel: { id: conversation.channelId, kind: conversation.channelKind, name: conversation.channelName },
    customer: { id: conversation.customerId, name: conversation.customerName },
    subject: conversation.subject,
    audience: conversation.audience === 'private' ? undefined : conversation.audience,
    status: conversation.status,
    priority: conversation.priority,
    assigneeId: conversation.assigneeId,
    teamId: conversation.teamId,
    routeReason: conversation.routeReason,
    tags: conversation.tags,
    waitingSince: conversation.waitingSince,
    due: conversation.due && presentDue(conversation.due),
    breachedAt: conversation.breachedAt,
    imported: conversation.facts.imported === true ? true : undefined,
    acknowledged: conversation.acknowledged,
    answeredElsewhere: elsewhere && { conversationId: elsewhere.conversationId, messageId: elsewhere.messageId, at: elsewhere.at },
    lastSeq: conversation.lastSeq,
    lastInSeq: conversation.lastInSeq,
    readSeq: conversation.readSeq,
    customerReadSeq: conversation.customerReadSeq,
    lastMessageAt: conversation.lastMessageAt,
    preview: {
      text: conversation.preview.text,
      by: conversation.preview.by,
      name: conversation.preview.name,
      attachments: conversation.preview.attachments,
    },
    draft,
    mirror: conversation.mirror && { channelId: conversation.mirror.channelId, place: conversation.mirror.place, failed: conversation.mirror.failed },
    language: conversation.language,
    urgency: conversation.urgency,
    mood: conversation.mood,
    snoozedUntil: conversation.snoozedUntil,
    changeSeq: conversation.changeSeq,
    createdAt: conversation.createdAt,
  };
}

function presentDue(due: DueTarget): NonNullable<ConversationRow['due']> {
  return { at: due.dueAt, warnAt: due.warnAt, ms: due.ms, hours: due.hours, name: due.name, why: due.why };
}

export function presentBrief(brief: Brief): BriefView {
  return { lines: brief.lines.map((line) => ({ kind: line.kind, parts: line.parts.map(presentPart) })) };
}

function presentPart(part: BriefLine['parts'][number]): BriefView['lines'][number]['parts'][number] {
  const cite = part.cite;
  return { text: part.text, tone: part.tone, cite: cite && { messageId: cite.messageId, conversationId: cite.conversationId, seq: cite.seq } };
}
