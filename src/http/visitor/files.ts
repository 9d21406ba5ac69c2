import type { Response } from 'express';
import { AppError } from '../../errors.js';
import type { Entrance, VisitorContext } from './visitor.js';

/** Shown in place; everything else is saved. */
const shownTypes = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/** Sends a file of a conversation to whoever holds its signed link. A wrong or old link is `not_found`. */
export async function sendFile(context: VisitorContext, entrance: Entrance, asked: { id: string; token: string; response: Response }): Promise<void> {
  const { deps } = context;
  const file = deps.webchat.openFile(asked.token, 'download', deps.clock());
  const isTheOne = file !== undefined && file.blobId === asked.id && file.channelId === entrance.account.channel._id;
  const bytes = isTheOne ? await deps.blobs.get(file.blobId) : undefined;
  if (file === undefined || bytes === undefined) throw new AppError('not_found', 'no such file');
  const isShown = shownTypes.has(file.mime);
  asked.response.set({
    'content-type': isShown ? file.mime : 'application/octet-stream',
    'content-disposition': `${isShown ? 'inline' : 'attachment'}; filename="file"; filename*=UTF-8''${headerText(file.name)}`,
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'private, max-age=86400',
    'content-length': String(bytes.length),
  });
  asked.response.end(bytes);
}

/** RFC 8187: everything but letters and figures as %XX of its UTF-8. */
function headerText(name: string): string {
  return encodeURIComponent(name.replace(/\p{Cs}/gu, '_')).replace(/['()*!]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
