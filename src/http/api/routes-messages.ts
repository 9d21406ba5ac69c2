import type { Response } from 'express';
import type { z } from 'zod';
import type { MessageChange } from '../../inbox/act-on-message.js';
import type { Message } from '../../inbox/model/message.js';
import { mailDocument, mailDocumentHeaders } from '../mail/mail-document.js';
import type { SanitisedMail } from '../mail/sanitise-mail.js';
import { textAsHtml } from '../mail/text-as-html.js';
import { whyTangled } from '../mail/why-tangled.js';
import type { ApiContext } from './context.js';
import { downloadHeaders, isSafePicture } from './download.js';
import { found } from './found.js';
import { presentMessage } from './present-message.js';
import { editBody, htmlQuery, idParams, none, reactBody } from './requests.js';
import { answered, route, type Route } from './route.js';
import { message as messageShape } from './shapes.js';

/** One message: as data, as its mail looked, as it came in, and sent again. */
export function messageRoutes(context: ApiContext): Route[] {
  const { reads } = context;
  const change = <B extends z.ZodType>(name: string, summary: string, body: B, toChange: (body: z.output<B>) => MessageChange): Route =>
    route({
      method: 'post', path: `/messages/:id/${name}`, summary, who: 'agent', params: idParams, body, answer: messageShape,
      handle: async (call, { viewer }) => presentMessage(await context.actions.changeMessage(viewer, call.params.id, toChange(call.body)), await context.book.labels()),
    });
  return [
    route({
      method: 'get', path: '/messages/:id', summary: 'One message', who: 'agent', params: idParams, answer: messageShape,
      async handle({ params }, { viewer }) {
        const message = found(await reads.message(viewer, params.id), 'message');
        return presentMessage(message, await context.book.labels());
      },
    }),
    route({
      method: 'get', path: '/messages/:id/html', who: 'agent', params: idParams, query: htmlQuery, produces: 'text/html',
      summary: 'The mail as a page for a sandboxed frame; remote pictures only with images=1. The header x-remote-images tells how many were left out',
      async handle({ params, query, response }, { viewer, agent }) {
        const message = found(await reads.message(viewer, params.id), 'message');
        const mail = await sanitised(context, message, { agentId: agent._id, remoteImages: query.images ?? false });
        sendPage(response, mailDocument(mail), {
          ...mailDocumentHeaders({ ownOrigin: new URL(context.config.publicUrl).origin, remoteImages: query.images ?? false }),
          'x-remote-images': String(mail.remoteImages),
        });
        return answered;
      },
    }),
    route({
      method: 'get', path: '/messages/:id/source', summary: 'The message as it came in, as a text file', who: 'agent', params: idParams, produces: 'text/plain',
      async handle({ params, response }, { viewer }) {
        const message = found(await reads.message(viewer, params.id), 'message');
        const source = found(message.rawBlobId === undefined ? undefined : await context.blobs.get(message.rawBlobId), 'source');
        response.set(downloadHeaders(`message-${message.seq}.txt`)).set('content-type', 'text/plain; charset=utf-8').end(source);
        return answered;
      },
    }),
    change('edit', 'Changes what we sent, at the channel and here', editBody, ({ text }) => ({ type: 'edit', text })),
    change('delete', 'Takes back what we sent, at the channel and here', none, () => ({ type: 'delete' })),
    change('react', 'Reacts to a message, or takes the reaction back', reactBody, ({ emoji, on }) => ({ type: 'react', emoji, on })),
    route({
      method: 'post', path: '/messages/:id/retry', summary: 'Delivers a failed message again, or one whose outcome is unknown', who: 'agent', params: idParams, answer: messageShape,
      async handle({ params }, { viewer }) {
        found(await reads.message(viewer, params.id), 'message');
        return presentMessage(await context.actions.retryDelivery(viewer, params.id), await context.book.labels());
      },
    }),
  ];
}

async function sanitised(context: ApiContext, message: Message, options: { agentId: string; remoteImages: boolean }): Promise<SanitisedMail> {
  const blobId = found(message.email?.htmlBlobId, 'HTML part');
  const html = found(await context.blobs.get(blobId), 'HTML part').toString('utf8');
  // Loaded with the first mail that somebody looks at: the sanitiser and its parser are 15 MB.
  const { sanitiseMail } = await import('../mail/sanitise-mail.js');
  const settings = { remoteImages: options.remoteImages ? 'shown' : 'blocked', images: picturesOf(context, message, options.agentId) } as const;
  const tangled = whyTangled(html);
  return sanitiseMail(tangled === undefined ? html : textAsHtml(`${tangled}\n\n${message.text}\n${message.quoted ?? ''}`), settings);
}

function picturesOf(context: ApiContext, message: Message, agentId: string): ReadonlyMap<string, string> {
  const pictures = new Map<string, string>();
  for (const { contentId, id, mime } of message.attachments ?? []) {
    if (contentId !== undefined && isSafePicture(mime)) pictures.set(contentId.replace(/^<|>$/g, ''), context.links.attachmentPath(id, agentId));
  }
  return pictures;
}

function sendPage(response: Response, page: string, headers: Record<string, string>): void {
  response.set(headers).end(page);
}
