import { z } from 'zod';
import { AppError } from '../../errors.js';
import type { LedgerRow } from '../../inbox/model/event.js';
import { hashToken, newToken } from '../auth/tokens.js';
import type { ApiContext } from './context.js';
import { defined } from './defined.js';
import { found } from './found.js';
import { presentApiKey, presentWorkspace } from './present-people.js';
import { idParams, ledgerQuery, newKeyBody, settingsBody } from './requests.js';
import { route, type Route } from './route.js';
import { apiKey, ledgerEntry, ledgerList, newApiKey, workspace } from './shapes.js';

/** The workspace's settings, API keys, and the ledger of what came in. */
export function workspaceRoutes(context: ApiContext): Route[] {
  const { people, reads, actions } = context;
  return [
    route({
      method: 'get', path: '/settings', summary: "The workspace's settings", who: 'agent', answer: workspace,
      handle: async () => presentWorkspace(await people.workspace(), context.config.demo),
    }),
    route({
      method: 'patch', path: '/settings', summary: "Changes the workspace's settings", who: 'administrator', body: settingsBody, answer: workspace,
      handle: async ({ body }) => presentWorkspace(await people.changeWorkspace(defined(body)), context.config.demo),
    }),
    route({
      method: 'get', path: '/keys', summary: 'API keys, without the keys themselves', who: 'administrator', answer: z.object({ items: z.array(apiKey) }),
      handle: async () => ({ items: (await people.listApiKeys()).map(presentApiKey) }),
    }),
    route({
      method: 'post', path: '/keys', summary: 'Makes an API key that acts as an agent; it is shown this once', who: 'administrator', body: newKeyBody, answer: newApiKey, status: 201,
      async handle({ body }, { agent }) {
        const owner = found(await people.findAgent(body.agentId ?? agent._id), 'agent');
        if (owner.state === 'disabled') throw new AppError('conflict', 'This agent is disabled.');
        const key = `rap_${newToken()}`;
        const stored = { _id: hashToken(key), name: body.name.trim(), agentId: owner._id, createdAt: context.clock() };
        await people.insertApiKey(stored);
        return { key, info: presentApiKey(stored) };
      },
    }),
    route({
      method: 'delete', path: '/keys/:id', summary: 'Takes an API key away', who: 'administrator', params: idParams,
      async handle({ params }) {
        found((await people.deleteApiKey(params.id)) || undefined, 'key');
      },
    }),
    route({
      method: 'get', path: '/ledger', summary: 'Every event that came in and what became of it', who: 'administrator', query: ledgerQuery, answer: ledgerList,
      async handle({ query }, { viewer }) {
        const page = await reads.ledger(viewer, defined({ ...query, limit: query.limit ?? 50 }));
        return { items: page.items.map(presentLedgerRow), cursor: page.cursor };
      },
    }),
    route({
      method: 'post', path: '/ledger/:id/replay', summary: 'Applies an event again', who: 'administrator', params: idParams, answer: ledgerEntry,
      handle: async ({ params }, { viewer }) => presentLedgerRow(await actions.replayLedger(viewer, params.id)),
    }),
    route({
      method: 'post', path: '/ledger/:id/discard', summary: 'Sets a failed event aside for good', who: 'administrator', params: idParams, answer: ledgerEntry,
      handle: async ({ params }, { viewer }) => presentLedgerRow(await actions.discardLedger(viewer, params.id)),
    }),
  ];
}

function presentLedgerRow(row: LedgerRow): z.infer<typeof ledgerEntry> {
  return {
    id: row._id, channelId: row.channelId, state: row.state, reason: row.reason, attempts: row.attempts, receivedAt: row.receivedAt, doneAt: row.doneAt, messageId: row.messageId,
  };
}
