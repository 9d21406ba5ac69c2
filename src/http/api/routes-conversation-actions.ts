import type { z } from 'zod';
import type { Conversation } from '../../inbox/model/conversation.js';
import type { Message } from '../../inbox/model/message.js';
import type { ApiContext } from './context.js';
import { defined } from './defined.js';
import { presentConversation } from './present-conversation.js';
import { presentMessage } from './present-message.js';
import {
  assignBody, draftBody, idParams, mirrorBody, none, noteBody, onBody, priorityBody, readBody, reasonBody, replyBody, snoozeBody, statusBody, subjectBody, tagsBody,
} from './requests.js';
import { route, type Route } from './route.js';
import { conversationAnswer, sentAnswer } from './shapes.js';
import type { Viewer } from '../../inbox/api.js';

/** Acting on a conversation. Each answers with the row as it is afterwards. */
export function conversationActionRoutes(context: ApiContext): Route[] {
  const { actions } = context;

  /** A change that takes a body and gives the row. */
  const change = <B extends z.ZodType>(name: string, summary: string, body: B, act: (viewer: Viewer, id: string, body: z.output<B>) => Promise<Conversation>) =>
    route({
      method: 'post', path: `/conversations/:id/${name}`, summary, who: 'agent', params: idParams, body, answer: conversationAnswer,
      handle: async (call, { viewer }) => ({ conversation: presentConversation(await act(viewer, call.params.id, call.body)) }),
    });

  return [
    route({
      method: 'post', path: '/conversations/:id/reply', summary: 'Answers the customer; the same clientId twice sends once', who: 'agent',
      params: idParams, body: replyBody, answer: sentAnswer, status: 201,
      handle: async ({ params, body }, { viewer }) => presentSent(context, await actions.reply(viewer, params.id, defined(body))),
    }),
    route({
      method: 'post', path: '/conversations/:id/note', summary: 'Writes a note that stays inside the house', who: 'agent',
      params: idParams, body: noteBody, answer: sentAnswer, status: 201,
      handle: async ({ params, body }, { viewer }) => presentSent(context, await actions.note(viewer, params.id, body)),
    }),
    change('assign', 'Gives it to an agent or team, or puts it back', assignBody, (viewer, id, { assigneeId, ...rest }) =>
      actions.assign(viewer, id, { ...defined(rest), ...(assigneeId !== null && { assigneeId }) })),
    change('snooze', 'Puts it away until a time', snoozeBody, (viewer, id, { until }) => actions.snooze(viewer, id, until)),
    change('resolve', 'Resolves it', none, (viewer, id) => actions.setStatus(viewer, id, 'resolved')),
    change('reopen', 'Opens it again', none, (viewer, id) => actions.setStatus(viewer, id, 'open')),
    change('status', 'Sets the status', statusBody, (viewer, id, { status }) => actions.setStatus(viewer, id, status)),
    change('priority', 'Sets the priority', priorityBody, (viewer, id, { priority }) => actions.setPriority(viewer, id, priority)),
    change('tags', 'Sets all tags', tagsBody, (viewer, id, { tags }) => actions.setTags(viewer, id, tags)),
    change('subject', 'Sets the subject', subjectBody, (viewer, id, { subject }) => actions.setSubject(viewer, id, subject)),
    change('read', 'Marks as seen up to a sequence number; never goes back', readBody, (viewer, id, { seq }) => actions.markRead(viewer, id, seq)),
    change('no-answer-needed', "Stops the customer's clock: what started it needs no answer", reasonBody, (viewer, id, { reason }) => actions.noAnswerNeeded(viewer, id, reason)),
    change('wait', 'The customer waits after all: starts the clock, or lets it run on', none, (viewer, id) => actions.startWait(viewer, id)),
    change('mirror', 'Lets colleagues follow and answer it in a thread of a team’s channel', mirrorBody, (viewer, id, to) => actions.startMirror(viewer, id, to)),
    route({
      method: 'delete', path: '/conversations/:id/mirror', summary: 'Ends the mirroring', who: 'agent', params: idParams, answer: conversationAnswer,
      handle: async ({ params }, { viewer }) => ({ conversation: presentConversation(await actions.stopMirror(viewer, params.id)) }),
    }),
    ...draftRoutes(context),
    signal('typing', 'Tells colleagues and the customer that I am typing', (viewer, id, on) => actions.setTyping(viewer, id, on)),
    signal('viewing', 'Tells colleagues that I have it on the screen', (viewer, id, on) => actions.setViewing(viewer, id, on)),
  ];
}

function draftRoutes({ actions }: ApiContext): Route[] {
  return [
    route({
      method: 'put', path: '/conversations/:id/draft', summary: 'Keeps what I have written and not sent', who: 'agent', params: idParams, body: draftBody,
      handle: ({ params, body }, { viewer }) => actions.saveDraft(viewer, params.id, body),
    }),
    route({
      method: 'delete', path: '/conversations/:id/draft', summary: 'Throws my draft away', who: 'agent', params: idParams,
      handle: ({ params }, { viewer }) => actions.saveDraft(viewer, params.id, undefined),
    }),
  ];
}

function signal(name: string, summary: string, act: (viewer: Viewer, id: string, on: boolean) => Promise<void>): Route {
  return route({
    method: 'post', path: `/conversations/:id/${name}`, summary, who: 'agent', params: idParams, body: onBody,
    handle: ({ params, body }, { viewer }) => act(viewer, params.id, body.on),
  });
}

async function presentSent(context: ApiContext, sent: { message: Message; conversation: Conversation }) {
  return { message: presentMessage(sent.message, await context.book.labels()), conversation: presentConversation(sent.conversation) };
}
