import { AppError } from '../../errors.js';
import type { Target } from '../../inbox/model/target.js';
import type { ApiContext } from './context.js';
import { defined } from './defined.js';
import { found } from './found.js';
import { idParams } from './requests.js';
import { changeTargetBody, newTargetBody } from './requests-reports.js';
import { route, type Route } from './route.js';
import { target as targetShape, targetList, type TargetView } from './shapes-reports.js';

/** How long answers may take. Everybody may read it, administrators change it; what is open is held against it anew in the background. */
export function targetRoutes(context: ApiContext): Route[] {
  const { targets, newId, clock } = context;
  return [
    route({
      method: 'get', path: '/targets', summary: 'How long answers may take', who: 'agent', answer: targetList,
      handle: async () => ({ items: (await targets.list()).sort((a, b) => a.createdAt - b.createdAt).map(presentTarget) }),
    }),
    route({
      method: 'post', path: '/targets', summary: 'Adds a target; of several that apply the earliest deadline counts', who: 'administrator', body: newTargetBody, answer: targetShape, status: 201,
      async handle({ body }) {
        await assertPlaces(context, body);
        const target: Target = { _id: newId(), ...clean(body), createdAt: clock() };
        await targets.insert(target);
        return presentTarget(target);
      },
    }),
    route({
      method: 'patch', path: '/targets/:id', summary: 'Changes a target, or switches it on or off', who: 'administrator', params: idParams, body: changeTargetBody, answer: targetShape,
      async handle({ params, body }) {
        await assertPlaces(context, body);
        return presentTarget(found(await targets.change(params.id, clean(defined(body))), 'target'));
      },
    }),
    route({
      method: 'delete', path: '/targets/:id', summary: 'Takes a target away; what was breached by it stays breached', who: 'administrator', params: idParams,
      async handle({ params }) {
        found((await targets.remove(params.id)) || undefined, 'target');
      },
    }),
  ];
}

export function presentTarget(target: Target): TargetView {
  const { _id, createdAt: _, ...rest } = target;
  return { id: _id, ...rest };
}

function clean<T extends Partial<Pick<Target, 'name' | 'customerTags' | 'teamIds' | 'channelIds' | 'priorities'>>>(given: T): T {
  return {
    ...given,
    ...(given.name !== undefined && { name: given.name.trim() }),
    ...(given.customerTags !== undefined && { customerTags: [...new Set(given.customerTags.map((tag) => tag.trim().toLowerCase()).filter(Boolean))] }),
    ...(given.teamIds !== undefined && { teamIds: [...new Set(given.teamIds)] }),
    ...(given.channelIds !== undefined && { channelIds: [...new Set(given.channelIds)] }),
    ...(given.priorities !== undefined && { priorities: [...new Set(given.priorities)] }),
  };
}

/** A target for a team or a channel that is not there would never apply, in silence. */
async function assertPlaces({ people, channels }: ApiContext, given: { teamIds?: string[] | undefined; channelIds?: string[] | undefined }): Promise<void> {
  const strange = [
    ...await unknown('team', given.teamIds, async () => (await people.listTeams()).map((team) => team._id)),
    ...await unknown('channel', given.channelIds, async () => (await channels.list()).map((channel) => channel._id)),
  ];
  if (strange.length === 0) return;
  throw new AppError('bad_request', `There is no such ${strange[0]?.kind ?? 'place'}: ${strange.map(({ id }) => `"${id}"`).join(', ')}. Choose from those that are there, or leave it empty for all.`, { facts: { unknown: strange } });
}

async function unknown(kind: 'team' | 'channel', ids: readonly string[] | undefined, read: () => Promise<string[]>): Promise<{ kind: string; id: string }[]> {
  if (ids === undefined || ids.length === 0) return [];
  const known = new Set(await read());
  return ids.filter((id) => !known.has(id)).map((id) => ({ kind, id }));
}
