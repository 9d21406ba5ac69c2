import type { VisitorInbox } from './api.js';
import type { Core } from './core.js';
import type { Message } from './model/message.js';
import { finishProof, type SendNotice, startProof } from './prove-address.js';

const conversationsShown = 20;
/** Steps that concern the customer; everything else that happens inside the house stays there. */
const stepsShown: readonly string[] = ['handed_over', 'assigned', 'routed', 'continued_by_email'];

/** What a visitor may read and do; bound to the identity that the signed token names. */
export function createVisitorInbox(core: Core, send: SendNotice): VisitorInbox {
  const c = core.store.now;
  const own = async (identityId: string): Promise<string[]> => (await conversationsOf(identityId)).map((conversation) => conversation._id);
  const conversationsOf = async (identityId: string) => {
    const identity = await c.identities.get(identityId);
    if (identity === undefined) return [];
    const found = await c.conversations.ofCustomers([identity.customerId], 50);
    return found.filter((conversation) => conversation.identityId === identityId).sort((a, b) => a.createdAt - b.createdAt).slice(-conversationsShown);
  };
  return {
    conversations: conversationsOf,
    messages: async (identityId, conversationId, query) => {
      if (!(await own(identityId)).includes(conversationId)) return [];
      const place = { ...(query.afterSeq === undefined ? {} : { after: query.afterSeq }), ...(query.beforeSeq === undefined ? {} : { before: query.beforeSeq }) };
      const page = await c.messages.page(conversationId, { ...place, limit: query.limit });
      return page.filter(shownToCustomer);
    },
    identity: (identityId) => c.identities.get(identityId),
    startProof: (identityId, address, language) => startProof(core, send, { identityId, address, language }),
    finishProof: (identityId, code) => finishProof(core, { identityId, code }),
  };
}

/** Whether the customer may see this message at all. */
export function shownToCustomer(message: Message): boolean {
  return message.kind === 'in' || message.kind === 'out' || (message.kind === 'event' && message.step !== undefined && stepsShown.includes(message.step.type));
}
