import type { Attachment, Message } from '../../inbox/model/message.js';
import type { ChannelLabel } from './channel-book.js';
import type { AttachmentView, MessageView } from './shapes.js';

/** A message as agents see it. Raw source, e-mail ids and blob ids stay inside. */
export function presentMessage(message: Message, labelOf: (message: Message) => ChannelLabel): MessageView {
  return {
    id: message._id,
    conversationId: message.conversationId,
    seq: message.seq,
    channel: labelOf(message),
    kind: message.kind,
    author: { type: message.author.type, id: message.author.id, name: message.author.name },
    text: message.text,
    quoted: message.quoted,
    language: message.language,
    attachments: (message.attachments ?? []).map(presentAttachment),
    at: message.at,
    receivedAt: message.receivedAt,
    email: presentEmail(message),
    hasSource: message.rawBlobId !== undefined,
    auto: message.auto,
    unreadable: message.unreadable,
    delivery: presentDelivery(message),
    matched: message.matched,
    mood: message.mood,
    step: message.step && { type: message.step.type, reason: message.step.reason, data: message.step.data },
    choices: message.choices,
    clientId: message.clientId,
    revisions: message.revisions?.map(({ text, until }) => ({ text, until })),
    deleted: message.deleted && { at: message.deleted.at, by: message.deleted.by },
    reactions: message.reactions?.map(({ emoji, name, by }) => ({ emoji, name, agentId: by.startsWith('agent:') ? by.slice('agent:'.length) : undefined })),
    silent: message.silent,
  };
}

export function presentAttachment(attachment: Attachment): AttachmentView {
  return {
    id: attachment.id,
    name: attachment.name,
    mime: attachment.mime,
    size: attachment.size,
    kind: attachment.kind,
    inline: attachment.inline,
    contentId: attachment.contentId,
    width: attachment.width,
    height: attachment.height,
    url: `/api/v1/attachments/${encodeURIComponent(attachment.id)}`,
    state: attachment.state,
    reason: attachment.reason,
  };
}

function presentEmail({ email }: Message): MessageView['email'] {
  return email && {
    from: email.from,
    to: email.to,
    cc: email.cc,
    subject: email.subject,
    dmarc: email.auth?.dmarc,
    authDetail: email.auth?.detail,
    hasHtml: email.htmlBlobId !== undefined,
  };
}

function presentDelivery({ delivery }: Message): MessageView['delivery'] {
  return delivery && { state: delivery.state, at: delivery.at, attempts: delivery.attempts, reason: delivery.reason, nextAttemptAt: delivery.nextAttemptAt, because: delivery.because };
}
