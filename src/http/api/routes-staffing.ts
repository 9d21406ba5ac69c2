import { scopeOf } from '../../reports/scope.js';
import type { HttpDeps } from '../deps.js';
import type { ApiContext } from './context.js';
import { defined } from './defined.js';
import { staffingQuery } from './requests-reports.js';
import { route, type Route } from './route.js';
import { staffing as staffingShape } from './shapes-reports.js';

/** How many people each hour of the week needs. */
export function staffingRoutes({ people, clock }: ApiContext, staffing: NonNullable<HttpDeps['staffing']>): Route[] {
  return [
    route({
      method: 'get', path: '/reports/staffing', summary: 'How many people each hour of the week needs, beside how many were there, with the assumptions', who: 'agent', query: staffingQuery, answer: staffingShape,
      async handle({ query }, { viewer }) {
        const workspace = await people.workspace();
        const asking = { viewer, scope: scopeOf(viewer, workspace), now: clock() };
        return staffing(asking, { ...defined(query), zone: query.zone ?? workspace.hours.timeZone });
      },
    }),
  ];
}
