import type { Viewer } from '../../inbox/api.js';
import type { Asking, ReportQuery } from '../../reports/api.js';
import { scopeOf } from '../../reports/scope.js';
import type { Reports } from '../../reports/shapes.js';
import type { ApiContext } from './context.js';
import { defined } from './defined.js';
import { found } from './found.js';
import { queryOf } from './report-query-text.js';
import { idParams } from './requests.js';
import { conversationsQuery, receiptsQuery, recomputeBody, reportQuery } from './requests-reports.js';
import { route, type Route } from './route.js';
import { definitionList, listedConversations, receipt, receiptList, recomputed, report } from './shapes-reports.js';
import { AppError } from '../../errors.js';

const rowsOnPage = 50;

/** Response times: figures, the waits behind each of them, and a check of what is kept against the facts. Everybody gets what `scopeOf` lets them see. */
export function reportRoutes(context: ApiContext, reports: Reports): Route[] {
  const { people, clock } = context;
  const askingOf = async (viewer: Viewer): Promise<Asking> => ({ viewer, scope: scopeOf(viewer, await people.workspace()), now: clock() });
  const inZone = async (query: Omit<ReportQuery, 'zone'> & { zone?: string | undefined }): Promise<ReportQuery> => ({ ...query, zone: query.zone ?? await reports.defaultZone() });
  return [
    route({
      method: 'get', path: '/reports', summary: 'Response times of a period: figures, trend, groups, where the time went', who: 'agent', query: reportQuery, answer: report,
      handle: async ({ query }, { viewer }) => reports.report(await askingOf(viewer), await inZone(defined(query))),
    }),
    route({
      method: 'get', path: '/reports/waits', summary: 'The waits that a number of a report stands for, each with its clock', who: 'agent', query: receiptsQuery, answer: receiptList,
      async handle({ query }, { viewer }) {
        const { pick, sort, cursor, limit, ...asked } = query;
        return reports.receipts(await askingOf(viewer), await inZone(defined(asked)), { sort, limit: limit ?? rowsOnPage, ...defined({ pick, cursor }) });
      },
    }),
    route({
      method: 'get', path: '/reports/waits/:id', summary: 'One wait with its clock', who: 'agent', params: idParams, answer: receipt,
      handle: async ({ params }, { viewer }) => found(await reports.receipt(await askingOf(viewer), params.id), 'wait'),
    }),
    route({
      method: 'get', path: '/reports/conversations', summary: 'The conversations that a number of a report stands for: resolved, reopened, passed on, answered, by the bot', who: 'agent', query: conversationsQuery, answer: listedConversations,
      async handle({ query }, { viewer }) {
        const { pick, sort, cursor, limit, ...asked } = query;
        return reports.conversations(await askingOf(viewer), await inZone(defined(asked)), { sort, limit: limit ?? rowsOnPage, ...defined({ pick, cursor }) });
      },
    }),
    route({
      method: 'post', path: '/reports/recompute', summary: 'Works waits of a report out anew from the messages and compares them with what is kept', who: 'agent', body: recomputeBody, answer: recomputed,
      async handle({ body }, { viewer }) {
        const given = new URLSearchParams(body.query);
        const [from, to] = [given.get('from'), given.get('to')];
        if (from === null || to === null) throw new AppError('bad_request', 'The query names no days: it needs from and to.', { facts: { field: 'query' } });
        const query = queryOf(body.query, { from, to, zone: given.get('zone') ?? await reports.defaultZone() });
        return reports.recompute(await askingOf(viewer), query, { limit: body.limit, ...defined({ pick: body.pick }) });
      },
    }),
    route({
      method: 'get', path: '/reports/definitions', summary: 'What each number of a report means, in plain words', who: 'agent', answer: definitionList,
      handle: () => Promise.resolve({ items: reports.definitions() }),
    }),
  ];
}
