import type { Capabilities } from '../../adapters/contract.js';
import { AppError } from '../../errors.js';
import type { ConversationPicture } from '../../inbox/api.js';
import type { ApiContext } from './context.js';
import { found } from './found.js';
import { defined } from './defined.js';
import { presentBrief, presentConversation } from './present-conversation.js';
import { presentCustomer } from './present-customer.js';
import { presentAttachment, presentMessage } from './present-message.js';
import { detailQuery, idParams, listQuery, messagesQuery } from './requests.js';
import { route, type Route } from './route.js';
import { conversationDetail, conversationList, messageList, templateList, type ConversationDetail } from './shapes.js';

/** Reading conversations: the list, one whole screen, older and newer messages. */
export function conversationRoutes(context: ApiContext): Route[] {
  const { reads } = context;
  return [
    route({
      method: 'get', path: '/conversations', summary: 'One view of the inbox, by cursor', who: 'agent', query: listQuery, answer: conversationList,
      async handle({ query: { limit, ...where } }, { viewer }) {
        const [page, drafts] = await Promise.all([reads.list(viewer, defined({ ...where, limit: limit ?? 50 })), reads.drafts(viewer)]);
        const draftOf = new Map(drafts.map((draft) => [draft.conversationId, draft.text.slice(0, 200)]));
        return { items: page.items.map((row) => presentConversation(row, draftOf.get(row._id))), cursor: page.cursor };
      },
    }),
    route({
      method: 'get', path: '/conversations/:id', summary: 'All that the screen of one conversation needs', who: 'agent', params: idParams, query: detailQuery,
      answer: conversationDetail,
      async handle({ params, query }, { viewer }) {
        return presentDetail(context, found(await reads.picture(viewer, params.id, { timeline: query.timeline ?? false }), 'conversation'));
      },
    }),
    route({
      method: 'get', path: '/conversations/:id/templates', summary: 'Messages that the provider has approved, for when the time to answer is over', who: 'agent', params: idParams, answer: templateList,
      async handle({ params }, { viewer }) {
        const conversation = found(await reads.conversation(viewer, params.id), 'conversation');
        return { items: await context.channels.templates(conversation.answerOn?.channelId ?? conversation.channelId) };
      },
    }),
    route({
      method: 'get', path: '/conversations/:id/messages', summary: 'Messages before, after or around one, by cursor', who: 'agent', params: idParams,
      query: messagesQuery, answer: messageList,
      async handle({ params, query: { limit, timeline, ...where } }, { viewer }) {
        found(await reads.conversation(viewer, params.id), 'conversation');
        const page = await reads.messages(viewer, params.id, defined({ ...where, limit: limit ?? 50, timeline: timeline ?? false }));
        const labelOf = await context.book.labels();
        return { messages: page.messages.map((message) => presentMessage(message, labelOf)), before: page.before, after: page.after };
      },
    }),
  ];
}

async function presentDetail(context: ApiContext, picture: ConversationPicture): Promise<ConversationDetail> {
  const { conversation, draft } = picture;
  const labelOf = await context.book.labels();
  return {
    conversation: presentConversation(conversation, draft?.text),
    messages: picture.messages.map((message) => presentMessage(message, labelOf)),
    before: picture.before,
    brief: presentBrief(picture.brief),
    customer: presentCustomer(picture.person),
    reply: presentReply(context, picture),
    draft: draft && { kind: draft.kind, text: draft.text, attachments: draft.attachments.map(presentAttachment), seenSeq: draft.seenSeq, updatedAt: draft.updatedAt },
    personSeen: picture.personSeen,
    viewing: context.viewing.of(conversation._id),
  };
}

function windowOf(window: Capabilities['window'], lastInAt: number | undefined): ConversationDetail['reply']['window'] {
  if (window === undefined || lastInAt === undefined) return undefined;
  const until = (hours: number): number => lastInAt + hours * 3_600_000;
  return { expiresAt: until(window.hours), after: window.after, humanUntil: window.humanHours === undefined ? undefined : until(window.humanHours) };
}

function presentReply(context: ApiContext, { reply, conversation }: ConversationPicture): ConversationDetail['reply'] {
  const type = context.channels.types().find((known) => known.kind === reply.channel.kind);
  if (!type) throw new AppError('bug', `no adapter for ${reply.channel.kind}`);
  const { textMax, textUnit, partsMax, fileMax, filesPerMessage, fileTypes, formats, costs } = type.capabilities;
  const window = windowOf(type.capabilities.window, conversation.lastInAt);
  const shut = window !== undefined && window.after !== 'template' && (window.humanUntil ?? window.expiresAt) < context.clock();
  return {
    to: reply.to, cc: reply.cc, address: reply.address, channelState: reply.channel.state,
    blocked: reply.blocked ?? conversation.replyBlocked?.reason ?? (shut ? 'The platform lets nobody write first, and the time to answer is over: it opens again when they write.' : undefined),
    ...(conversation.facts.imported === true && { imported: true }),
    textMax, textUnit, partsMax: partsMax ?? 1, fileMax, filesPerMessage, markdown: formats.includes('markdown'), fileTypes: fileTypes && [...fileTypes],
    window, costs: costs && { perMessage: costs.perMessage, withLink: costs.withLink }, templates: type.listsTemplates,
  };
}
