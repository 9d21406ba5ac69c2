import type { z } from 'zod';
import type { ApiContext } from './context.js';
import { defined } from './defined.js';
import { excerptOf } from './excerpt.js';
import { found } from './found.js';
import { presentConversation } from './present-conversation.js';
import { presentCustomer, presentCustomerRow } from './present-customer.js';
import { presentMessage } from './present-message.js';
import { customersQuery, decideJoinBody, idParams, joinBody, renameBody, searchQuery, tagsBody, timelineQuery } from './requests.js';
import { route, type Route } from './route.js';
import { customer, customerList, messageList, searchResult, type SearchResult } from './shapes.js';

/** People over channels: finding them, their story, and which records are one person. */
export function customerRoutes(context: ApiContext): Route[] {
  const { reads, actions } = context;
  return [
    route({
      method: 'get', path: '/customers', summary: 'Customers, by cursor; q filters by name or address', who: 'agent', query: customersQuery, answer: customerList,
      async handle({ query: { q, cursor, limit } }, { viewer }) {
        const page = await reads.people(viewer, defined({ text: q, cursor, limit: limit ?? 50 }));
        return { items: page.items.map(presentCustomerRow), cursor: page.cursor };
      },
    }),
    route({
      method: 'get', path: '/customers/:id', summary: 'Everything held about one person', who: 'agent', params: idParams, answer: customer,
      handle: async ({ params }, { viewer }) => presentCustomer(found(await reads.person(viewer, params.id), 'customer')),
    }),
    route({
      method: 'patch', path: '/customers/:id', summary: 'Renames a customer', who: 'agent', params: idParams, body: renameBody, answer: customer,
      handle: async ({ params, body }, { viewer }) => presentCustomer(await actions.renameCustomer(viewer, params.id, body.name.trim())),
    }),
    route({
      method: 'put', path: '/customers/:id/tags', summary: 'Sets all tags of a customer; targets and opening hours may follow from them', who: 'agent', params: idParams, body: tagsBody, answer: customer,
      handle: async ({ params, body }, { viewer }) => presentCustomer(await actions.tagCustomer(viewer, params.id, body.tags)),
    }),
    route({
      method: 'get', path: '/customers/:id/timeline', summary: 'What was said with this person on every channel, newest page first', who: 'agent',
      params: idParams, query: timelineQuery, answer: messageList,
      async handle({ params, query }, { viewer }) {
        found(await reads.person(viewer, params.id), 'customer');
        const page = await reads.timeline(viewer, params.id, defined({ before: query.before, limit: query.limit ?? 50 }));
        const labelOf = await context.book.labels();
        return { messages: page.messages.map((message) => presentMessage(message, labelOf)), before: page.before, after: page.after };
      },
    }),
    route({
      method: 'post', path: '/customers/:id/join', summary: 'Says that another record is the same person; can be undone', who: 'agent',
      params: idParams, body: joinBody, answer: customer,
      handle: async ({ params, body }, { viewer }) => presentCustomer(await actions.joinCustomers(viewer, params.id, body.otherId, body.reason)),
    }),
    route({
      method: 'post', path: '/customers/joins/:id', summary: 'Decides a suggested join, or undoes one', who: 'agent', params: idParams, body: decideJoinBody, answer: customer,
      handle: async ({ params, body }, { viewer }) => presentCustomer(await actions.decideJoin(viewer, params.id, body.decision)),
    }),
    route({
      method: 'get', path: '/search', who: 'agent', query: searchQuery, answer: searchResult,
      summary: 'Messages of all history, newest first: words, "phrases", -not, prefix*, from: in: channel: tag: before: after: has:attachment',
      handle: ({ query }, { viewer }) => search(context, viewer, query),
    }),
  ];
}

async function search(context: ApiContext, viewer: Parameters<ApiContext['reads']['search']>[0], query: z.output<typeof searchQuery>): Promise<SearchResult> {
  const page = await context.reads.search(viewer, defined({ text: query.q, cursor: query.cursor, limit: query.limit ?? 30 }));
  const labelOf = await context.book.labels();
  const messages = new Map(page.messages.map((message) => [message._id, message]));
  const conversations = new Map(page.conversations.map((conversation) => [conversation._id, conversation]));
  const hits = page.hits.flatMap((hit) => {
    const message = messages.get(hit.messageId);
    const conversation = conversations.get(hit.conversationId);
    if (!message || !conversation) return [];
    return [{ message: presentMessage(message, labelOf), conversation: presentConversation(conversation), excerpt: excerptOf(message.text, page.terms) }];
  });
  return { hits, cursor: page.cursor, notice: page.notice };
}
