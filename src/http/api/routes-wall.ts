import { z } from 'zod';
import { AppError } from '../../errors.js';
import type { ApiContext } from './context.js';
import { defined } from './defined.js';
import { found } from './found.js';
import { presentConversation } from './present-conversation.js';
import { presentMessage } from './present-message.js';
import { presentWall } from './present-wall.js';
import { id, idParams, text } from './requests.js';
import { wallQuery } from './requests-reports.js';
import { route, type Route } from './route.js';
import { sentAnswer } from './shapes.js';
import { wall as wallShape } from './shapes-reports.js';

const callInBody = z.strictObject({ agentId: id, text: text(2_000).optional() });

/** Who waits now, and calling a colleague in. */
export function wallRoutes(context: ApiContext): Route[] {
  const { wall, actions, people, reads, newId } = context;
  return [
    route({
      method: 'get', path: '/reports/wall', summary: 'Who waits now, since when and against which target, within what I may see', who: 'agent', query: wallQuery, answer: wallShape,
      handle: async ({ query }, { viewer }) => presentWall(await wall(viewer, defined(query))),
    }),
    route({
      method: 'post', path: '/conversations/:id/call-in', summary: 'Calls a colleague in: a note that mentions them', who: 'agent', params: idParams, body: callInBody, answer: sentAnswer, status: 201,
      async handle({ params, body }, { viewer }) {
        const conversation = found(await reads.conversation(viewer, params.id), 'conversation');
        const colleague = await people.findAgent(body.agentId);
        if (colleague?.state !== 'active') throw new AppError('bad_request', 'There is no such agent, or they are no longer active.', { facts: { field: 'agentId' } });
        if (!reads.maySee({ agentId: colleague._id, role: colleague.role, teamIds: colleague.teamIds }, conversation)) {
          throw new AppError('bad_request', `${colleague.name} is not in the team that has this conversation, and could not open it. Give it to one of their teams first.`, { facts: { field: 'agentId' } });
        }
        const words = body.text?.trim() ?? '';
        const sent = await actions.note(viewer, params.id, { text: `@${colleague.name} ${words === '' ? 'can you help here?' : words}`, attachmentIds: [], clientId: `call-in-${newId()}`, mentions: [colleague._id] });
        return { message: presentMessage(sent.message, await context.book.labels()), conversation: presentConversation(sent.conversation) };
      },
    }),
  ];
}
