import { z } from 'zod';
import { AppError } from '../../errors.js';
import type { Viewer } from '../../inbox/api.js';
import type { SavedReport } from '../../inbox/model/report.js';
import type { SmallStore } from '../../inbox/stores/times.js';
import { scopeOf } from '../../reports/scope.js';
import type { ApiContext } from './context.js';
import { found } from './found.js';
import { keptQuery } from './report-query-text.js';
import { idParams } from './requests.js';
import { changeSavedReportBody, savedReportBody } from './requests-reports.js';
import { route, type Route } from './route.js';
import { savedReport, type SavedReportView } from './shapes-reports.js';

/** Reports that somebody wants to see again. A saved one is an address and no figures: who opens it sees what they may see. */
export function savedReportRoutes(context: ApiContext, saved: SmallStore<SavedReport>): Route[] {
  const { people, clock, newId } = context;
  const assertMaySee = async (viewer: Viewer): Promise<void> => void scopeOf(viewer, await people.workspace());
  return [
    route({
      method: 'get', path: '/reports/saved', summary: "Saved reports: one's own, and those shared with one's teams", who: 'agent', answer: z.object({ items: z.array(savedReport) }),
      async handle(_call, { viewer }) {
        await assertMaySee(viewer);
        const seen = (await saved.all()).filter((each) => maySee(viewer, each)).sort((a, b) => a.name.localeCompare(b.name, 'en') || a.createdAt - b.createdAt);
        return { items: seen.map((each) => present(viewer, each)) };
      },
    }),
    route({
      method: 'post', path: '/reports/saved', summary: 'Saves a report, for oneself or for a team', who: 'agent', body: savedReportBody, answer: savedReport, status: 201,
      async handle({ body }, { viewer }) {
        await assertMaySee(viewer);
        if (body.teamId !== undefined) await assertTeam(context, viewer, body.teamId);
        const { teamId } = body;
        const made: SavedReport = { _id: newId(), name: body.name.trim(), ownerId: viewer.agentId, ...(teamId === undefined ? {} : { teamId }), query: keptQuery(body.query), period: body.period, createdAt: clock() };
        await saved.insert(made);
        return present(viewer, made);
      },
    }),
    route({
      method: 'patch', path: '/reports/saved/:id', summary: 'Renames a saved report, changes it, or shares it with a team', who: 'agent', params: idParams, body: changeSavedReportBody, answer: savedReport,
      async handle({ params, body }, { viewer }) {
        await assertMaySee(viewer);
        await changeable(saved, viewer, params.id);
        if (typeof body.teamId === 'string') await assertTeam(context, viewer, body.teamId);
        const set = {
          ...(body.name === undefined ? {} : { name: body.name.trim() }), ...(body.query === undefined ? {} : { query: keptQuery(body.query) }), ...(body.period === undefined ? {} : { period: body.period }),
          ...(typeof body.teamId === 'string' ? { teamId: body.teamId } : {}),
        };
        return present(viewer, found(await saved.change(params.id, { set, ...(body.teamId === null ? { unset: ['teamId'] as const } : {}) }), 'saved report'));
      },
    }),
    route({
      method: 'delete', path: '/reports/saved/:id', summary: 'Forgets a saved report', who: 'agent', params: idParams,
      async handle({ params }, { viewer }) {
        await assertMaySee(viewer);
        await changeable(saved, viewer, params.id);
        found((await saved.remove(params.id)) || undefined, 'saved report');
      },
    }),
  ];
}

function isOwn(viewer: Viewer, report: SavedReport): boolean {
  return viewer.role === 'administrator' || report.ownerId === viewer.agentId;
}

function maySee(viewer: Viewer, report: SavedReport): boolean {
  return isOwn(viewer, report) || (report.teamId !== undefined && viewer.teamIds.includes(report.teamId));
}

/** What is not seen does not exist; what is seen and is somebody else's says so. */
async function changeable(saved: SmallStore<SavedReport>, viewer: Viewer, id: string): Promise<void> {
  const report = await saved.get(id);
  const seen = found(report !== undefined && maySee(viewer, report) ? report : undefined, 'saved report');
  if (!isOwn(viewer, seen)) throw new AppError('forbidden', 'Only whoever saved it can change it. Save one of your own instead.');
}

async function assertTeam(context: ApiContext, viewer: Viewer, teamId: string): Promise<void> {
  if (viewer.role !== 'administrator' && !viewer.teamIds.includes(teamId)) throw new AppError('forbidden', 'You can share with a team that you belong to.');
  found((await context.people.listTeams()).find((team) => team._id === teamId), 'team');
}

function present(viewer: Viewer, report: SavedReport): SavedReportView {
  return { id: report._id, name: report.name, own: report.ownerId === viewer.agentId, teamId: report.teamId, query: report.query, period: report.period };
}
