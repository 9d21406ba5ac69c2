import { z } from 'zod';
import { AppError } from '../../errors.js';
import type { Channel } from '../../inbox/model/channel.js';
import type { ApiContext } from './context.js';
import { defined } from './defined.js';
import { found } from './found.js';
import { presentChannel, presentChannelType } from './present-channel.js';
import { changeChannelBody, idParams, newChannelBody, sinceBody, testChannelBody } from './requests.js';
import { route, type Route } from './route.js';
import { backFilled, channel as channelShape, channelType, connectionReport, newChannel } from './shapes.js';

/** Connected accounts. Leads may look, administrators change. */
export function channelRoutes(context: ApiContext): Route[] {
  const { channels } = context;
  const present = (channel: Channel) => presentChannel(channel, channels.types().find((type) => type.kind === channel.kind), { publicUrl: context.config.publicUrl, now: context.clock() });

  const step = (name: 'pause' | 'resume', summary: string): Route =>
    route({
      method: 'post', path: `/channels/:id/${name}`, summary, who: 'administrator', params: idParams, answer: channelShape,
      handle: async ({ params }) => present(found(await channels[name](params.id), 'channel')),
    });

  return [
    route({
      method: 'get', path: '/channels', summary: 'All channels with their settings and health', who: 'lead', answer: z.object({ items: z.array(channelShape) }),
      handle: async () => ({ items: (await channels.list()).map(present) }),
    }),
    route({
      method: 'get', path: '/channels/types', summary: 'Kinds of channels and the fields of their settings', who: 'lead', answer: z.object({ items: z.array(channelType) }),
      handle: async () => ({ items: channels.types().map(presentChannelType) }),
    }),
    route({
      method: 'post', path: '/channels/test', summary: 'Tries a connection and names what is wrong; changes nothing', who: 'administrator', body: testChannelBody, answer: connectionReport,
      handle: ({ body }) => channels.test(defined(body)),
    }),
    route({
      method: 'post', path: '/channels', summary: 'Connects a channel', who: 'administrator', body: newChannelBody, answer: newChannel, status: 201,
      async handle({ body }) {
        await assertTeam(context, body.teamId);
        const made = channels.newSecrets?.(body.kind) ?? {};
        const newSecrets = Object.fromEntries(Object.entries(made).filter(([key]) => body.secrets[key] === undefined));
        return { ...present(await channels.create(defined({ ...body, secrets: { ...newSecrets, ...body.secrets } }))), newSecrets };
      },
    }),
    route({
      method: 'get', path: '/channels/:id', summary: 'One channel', who: 'lead', params: idParams, answer: channelShape,
      handle: async ({ params }) => present(found(await channels.find(params.id), 'channel')),
    }),
    route({
      method: 'patch', path: '/channels/:id', summary: 'Changes name, team, settings or secrets', who: 'administrator', params: idParams, body: changeChannelBody, answer: channelShape,
      async handle({ params, body }) {
        await assertTeam(context, body.teamId ?? undefined);
        return present(found(await channels.change(params.id, defined(body)), 'channel'));
      },
    }),
    route({
      method: 'post', path: '/channels/:id/back-fill', summary: 'Reads what came at the provider while nobody listened; nothing comes twice', who: 'administrator', params: idParams, body: sinceBody, answer: backFilled,
      handle: ({ params, body }) => channels.backFill(params.id, body.since),
    }),
    step('pause', 'Stops taking and sending'),
    step('resume', 'Takes and sends again; also after it broke'),
    route({
      method: 'delete', path: '/channels/:id', summary: 'Disconnects it and forgets its secrets; conversations stay', who: 'administrator', params: idParams,
      async handle({ params }) {
        found((await channels.remove(params.id)) || undefined, 'channel');
      },
    }),
  ];
}

async function assertTeam(context: ApiContext, teamId: string | undefined): Promise<void> {
  if (teamId === undefined) return;
  const teams = await context.people.listTeams();
  if (!teams.some((team) => team._id === teamId)) throw new AppError('bad_request', 'There is no such team.', { facts: { field: 'teamId' } });
}
