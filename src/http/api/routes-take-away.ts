import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import type { Logger } from 'pino';
import { AppError } from '../../errors.js';
import type { Viewer } from '../../inbox/api.js';
import type { Digest } from '../../inbox/model/report.js';
import type { Asking, ReportQuery } from '../../reports/api.js';
import { scopeOf } from '../../reports/scope.js';
import { makeFile, type MadeFile } from '../../reports/take-away/make-file.js';
import { z } from 'zod';
import type { DigestDesk, HttpDeps } from '../deps.js';
import type { ApiContext } from './context.js';
import { defined } from './defined.js';
import { downloadHeaders } from './download.js';
import { found } from './found.js';
import { keptQuery } from './report-query-text.js';
import { idParams } from './requests.js';
import { changeDigestBody, digestBody, exportQuery } from './requests-reports.js';
import { answered, route, type Route } from './route.js';
import { digest as digestShape, type DigestView } from './shapes-reports.js';

type TakeAway = NonNullable<HttpDeps['takeAway']>;

/** What leaves the report page: files of exactly what is shown, and digests by e-mail. Whoever may see no reports gets none of it. */
export function takeAwayRoutes(context: ApiContext, { source, digests }: Pick<TakeAway, 'source' | 'digests'>): Route[] {
  const { people, clock, newId } = context;
  const askingOf = async (viewer: Viewer): Promise<Asking> => ({ viewer, scope: scopeOf(viewer, await people.workspace()), now: clock() });
  return [
    route({
      method: 'get', path: '/reports/export', summary: 'A report as a file: CSV or JSON of exactly what is shown', who: 'agent', query: exportQuery, produces: 'text/csv',
      async handle({ query, response }, { viewer }) {
        const asking = await askingOf(viewer);
        const { what, format, pick, share, targetMinutes, handlingMinutes, concurrent, ...asked } = query;
        const report: ReportQuery = { ...defined(asked), zone: asked.zone ?? await source.defaultZone() };
        const teams = new Map((await people.listTeams()).map((team) => [team._id, team.name]));
        const file = await makeFile(source, asking, { what, format, query: report, staffing: defined({ share, targetMinutes, handlingMinutes, concurrent }), ...(pick === undefined ? {} : { pick }) }, { publicUrl: context.config.publicUrl, teamName: (id) => teams.get(id) ?? id });
        await sendFile(response, file, context.log);
        return answered;
      },
    }),
    route({
      method: 'get', path: '/reports/digests', summary: 'Reports that are sent by e-mail: one’s own; of administrators all', who: 'agent', answer: z.object({ items: z.array(digestShape) }),
      async handle(_call, { viewer }) {
        await askingOf(viewer);
        const mine = (await digests.digests.all()).filter((each) => mayChange(viewer, each));
        return { items: await Promise.all(mine.map((each) => presentDigest(digests, viewer, each))) };
      },
    }),
    route({
      method: 'post', path: '/reports/digests', summary: 'Sends a report every Monday, or on the first of each month, at seven', who: 'agent', body: digestBody, answer: digestShape, status: 201,
      async handle({ body }, { viewer }) {
        await askingOf(viewer);
        await assertRecipients(context, viewer, body.recipientIds);
        const digest: Digest = { _id: newId(), ownerId: viewer.agentId, ...body, name: body.name.trim(), query: keptQuery(body.query), recipientIds: [...new Set(body.recipientIds)], lastPeriod: digests.newestDue(body), createdAt: clock() };
        await digests.digests.insert(digest);
        return presentDigest(digests, viewer, digest);
      },
    }),
    route({
      method: 'patch', path: '/reports/digests/:id', summary: 'Changes a digest, or switches it on or off', who: 'agent', params: idParams, body: changeDigestBody, answer: digestShape,
      async handle({ params, body }, { viewer }) {
        await askingOf(viewer);
        const before = await reachable(digests, viewer, params.id);
        if (body.recipientIds !== undefined) await assertRecipients(context, viewer, body.recipientIds.filter((id) => !before.recipientIds.includes(id)));
        const change = { ...defined(body), ...(body.name !== undefined && { name: body.name.trim() }), ...(body.query !== undefined && { query: keptQuery(body.query) }), ...(body.recipientIds !== undefined && { recipientIds: [...new Set(body.recipientIds)] }) };
        const after = { ...before, ...change };
        // What was due while it was off, or was counted otherwise, is not sent now.
        const afresh = (after.on && !before.on) || after.every !== before.every ? { lastPeriod: digests.newestDue(after) } : {};
        return presentDigest(digests, viewer, found(await digests.digests.change(params.id, { set: { ...change, ...afresh } }), 'digest'));
      },
    }),
    route({
      method: 'delete', path: '/reports/digests/:id', summary: 'Takes a digest away', who: 'agent', params: idParams,
      async handle({ params }, { viewer }) {
        await askingOf(viewer);
        await reachable(digests, viewer, params.id);
        found((await digests.digests.remove(params.id)) || undefined, 'digest');
      },
    }),
    route({
      method: 'post', path: '/reports/digests/:id/send', summary: 'Sends the newest one now, to oneself alone, for a look', who: 'agent', params: idParams, answer: z.object({ to: z.string(), certain: z.boolean() }),
      async handle({ params }, { viewer }) {
        await askingOf(viewer);
        return digests.sendNow(await reachable(digests, viewer, params.id), viewer.agentId);
      },
    }),
  ];
}

/** Writes as fast as the other side reads. What fails before the first piece is told as any problem is; later, breaking off is the only way left to say that the file is not whole. */
async function sendFile(response: Response, file: MadeFile, log: Logger): Promise<void> {
  const pieces = file.text[Symbol.asyncIterator]();
  const first = await pieces.next();
  response.set({ ...downloadHeaders(file.name), 'content-type': file.mime });
  try {
    await pipeline(Readable.from(continued(first, pieces)), response);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE')) log.error({ err: error, name: file.name }, 'a file was broken off');
  }
}

async function* continued(first: IteratorResult<string>, rest: AsyncIterator<string>): AsyncGenerator<string> {
  try {
    for (let piece = first; piece.done !== true; piece = await rest.next()) yield piece.value;
  } finally {
    await rest.return?.();
  }
}

function mayChange(viewer: Viewer, digest: Digest): boolean {
  return viewer.role === 'administrator' || digest.ownerId === viewer.agentId;
}

async function reachable(desk: DigestDesk, viewer: Viewer, id: string): Promise<Digest> {
  const digest = await desk.digests.get(id);
  return found(digest !== undefined && mayChange(viewer, digest) ? digest : undefined, 'digest');
}

/** Agents may send to themselves only. What each recipient then reads is by their own right, so leads may name anybody who is here. */
async function assertRecipients(context: ApiContext, viewer: Viewer, ids: readonly string[]): Promise<void> {
  if (viewer.role === 'agent' && ids.some((id) => id !== viewer.agentId)) throw new AppError('forbidden', 'You can send reports to yourself only.');
  const here = new Set((await context.people.listAgents()).filter((agent) => agent.state !== 'disabled').map((agent) => agent._id));
  if (ids.some((id) => !here.has(id))) throw new AppError('bad_request', 'One of the recipients is no longer here. Choose among the people of the list.');
}

async function presentDigest(desk: DigestDesk, viewer: Viewer, digest: Digest): Promise<DigestView> {
  const { _id, name, every, query, timeZone, recipientIds, on, lastSentAt } = digest;
  return { id: _id, name, every, query, timeZone, recipientIds, on, own: digest.ownerId === viewer.agentId, lastSentAt, ...(on ? { nextAt: desk.nextAt(digest) } : {}), trouble: await desk.trouble(digest) };
}
