import { AppError } from '../../errors.js';
import type { Viewer } from '../../inbox/api.js';
import { viewerOf, whoIs } from '../auth/sign-in.js';
import type { ApiContext } from './context.js';
import { downloadHeaders, pictureHeaders, pictureTypeOf } from './download.js';
import { found } from './found.js';
import { presentAttachment } from './present-message.js';
import { receiveUpload } from './receive-upload.js';
import { attachmentQuery, idParams } from './requests.js';
import { answered, openRoute, route, type Call, type Route } from './route.js';
import { attachment } from './shapes.js';

/** Larger than any channel takes; each channel's own limit is checked when the message is sent. */
const uploadMaxBytes = 25 * 1024 * 1024;

/** Files: one in, one out. */
export function fileRoutes(context: ApiContext): Route[] {
  return [
    route({
      method: 'post', path: '/uploads', summary: 'Takes one file of at most 25 MB for a later message', who: 'agent', consumes: 'multipart/form-data',
      answer: attachment, status: 201,
      handle: async ({ request }, { viewer }) =>
        presentAttachment(await receiveUpload(request, uploadMaxBytes, (file) => context.actions.addUpload(viewer, { ...file, maxBytes: uploadMaxBytes }))),
    }),
    openRoute({
      method: 'get', path: '/attachments/:id', summary: 'The bytes of an attachment: for who is signed in, or with the pass that a mail page carries',
      params: idParams, query: attachmentQuery, produces: 'application/octet-stream',
      async handle(call) {
        const viewer = await viewerFor(context, call);
        const about = found(await context.reads.attachment(viewer, call.params.id), 'attachment');
        const bytes = found(await context.blobs.get(about.id), 'attachment');
        const picture = call.query.download ? undefined : pictureTypeOf(bytes);
        call.response.set(picture === undefined ? downloadHeaders(about.name) : pictureHeaders(about.name, picture)).end(bytes);
        return answered;
      },
    }),
  ];
}

/** The route is open because the frame that shows a mail sends no cookie; its pass stands for an agent whose rights are asked anew. */
async function viewerFor(context: ApiContext, { request, params, query }: Call<{ id: string }, { pass?: string | undefined }, unknown>): Promise<Viewer> {
  const agentId = query.pass === undefined ? undefined : context.links.agentOf(params.id, query.pass);
  const agent = agentId === undefined ? undefined : await context.people.findAgent(agentId);
  if (agent?.state === 'active') return viewerOf(agent);
  const person = await whoIs(context, context.cookie, request);
  if (!person) throw new AppError('not_signed_in', 'Sign in first.');
  await context.limits.request(person.credentialId);
  return person.viewer;
}
