import type { Logger } from 'pino';
import type { InboundSink } from '../adapters/contract/abilities.js';
import { servesVisitors } from '../adapters/contract/visitors.js';
import { AppError } from '../errors.js';
import { clientIpBehind } from '../http/visitor/client-ip.js';
import { createVisitorSide } from '../http/visitor/visitor-side.js';
import type { OpenVisitorSide } from '../http/visitor/visitor-side.js';
import type { Core } from '../inbox/core.js';
import type { BlobStore } from '../inbox/ports.js';
import type { SendNotice } from '../inbox/prove-address.js';
import { createVisitorInbox } from '../inbox/visitor-inbox.js';
import type { ChannelBook } from './channel-book.js';
import { openingOf } from './thinking.js';

/** The visitor's side of web chat over the real inbox. */
export function openVisitors(deps: { core: Core; book: ChannelBook; receive: InboundSink; sendNotice: SendNotice; blobs: BlobStore; publicUrl: string; trustProxy?: number; log: Logger }): OpenVisitorSide {
  const { core, book } = deps;
  const webchat = book.adapter('webchat');
  if (webchat === undefined || !servesVisitors(webchat)) throw new AppError('bug', 'web chat is not registered');
  const c = core.store.now;
  return createVisitorSide({
    webchat,
    findChannel: (id) => {
      const account = book.account(id);
      return Promise.resolve(account?.channel.kind === 'webchat' && account.channel.state === 'on' ? account : undefined);
    },
    sink: deps.receive,
    inbox: createVisitorInbox(core, deps.sendNotice),
    live: core.live,
    blobs: deps.blobs,
    clock: core.clock,
    clientIp: clientIpBehind(deps.trustProxy ?? 0),
    publicUrl: deps.publicUrl,
    workspace: async (channelId) => {
      const workspace = await c.settings.workspace();
      const teamId = channelId === undefined ? undefined : book.account(channelId)?.channel.teamId;
      const place = { ...(channelId === undefined ? {} : { channelId }), ...(teamId === undefined ? {} : { teamId }) };
      return { companyName: workspace.companyName, botName: workspace.botName, answerTargetMinutes: workspace.answerTargetMinutes, opening: openingOf(core.times(), place, core.clock()) };
    },
    agentName: async (agentId) => (await c.agents.get(agentId))?.name.split(' ')[0],
    typing: ({ conversationId, identityId, on }) => {
      void c.conversations.get(conversationId).then((conversation) => {
        if (conversation === undefined || conversation.identityId !== identityId) return;
        core.live.publish({
          kind: 'typing', conversationId, on, who: { type: 'customer', id: identityId, name: conversation.customerName },
          ...(conversation.teamId === undefined ? {} : { teamId: conversation.teamId }), ...(conversation.assigneeId === undefined ? {} : { assigneeId: conversation.assigneeId }),
        });
      }).catch((error: unknown) => deps.log.warn({ err: error }, 'a typing notice was lost'));
    },
    log: deps.log,
    chatPageChannel: () => Promise.resolve([...book.all().values()].find((channel) => channel.kind === 'webchat' && channel.state === 'on')?._id),
  });
}
