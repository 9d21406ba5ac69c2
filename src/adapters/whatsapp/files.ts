import { AppError } from '../../errors.js';
import type { Json } from '../../inbox/model/common.js';
import { asNumber, asText, field } from '../lib/read-json.js';
import { accessOf } from '../meta/config.js';
import { errorOf } from '../meta/errors.js';
import { fetchMedia, type Fetched } from '../meta/files.js';
import { callGraph, isTaken } from '../meta/graph.js';
import type { WhatsAppSettings } from './config.js';
import type { WhatsAppDeps } from './deliver.js';

/** Media come in two steps: the id gives an address for five minutes, the address gives the bytes, both with the token. Ids end after 30 days at most. */
export async function fetchFile(source: Json, to: WhatsAppDeps & { settings: WhatsAppSettings; maxBytes: number }): Promise<Fetched> {
  const { settings } = to;
  const mediaId = asText(field(source, 'mediaId')) ?? '';
  if (!/^[\w.-]{1,200}$/u.test(mediaId)) return { gone: 'It has no media id.' };
  const answer = await callGraph(to.fetch, accessOf(settings), 'GET', mediaId, { query: { phone_number_id: settings.phoneNumberId } });
  if (!isTaken(answer)) return refused(answer.status, errorOf(answer.body));
  const url = asText(field(answer.body, 'url'));
  if (url === undefined) return { gone: 'WhatsApp gave no address for it.' };
  const size = asNumber(field(answer.body, 'file_size'));
  if (size !== undefined && size > to.maxBytes) return { gone: `It is larger than ${to.maxBytes} bytes.` };
  const fetched = await fetchMedia(to.fetch, url, { baseUrl: settings.baseUrl, maxBytes: to.maxBytes, token: settings.accessToken });
  const mime = asText(field(answer.body, 'mime_type'));
  return 'gone' in fetched || mime === undefined ? fetched : { ...fetched, mime };
}

function refused(status: number, error: ReturnType<typeof errorOf>): Fetched {
  const gone = error?.code === 100 || error?.code === 131009 || status === 404;
  if (gone) return { gone: error?.text ?? 'WhatsApp does not have it any more.' };
  throw new AppError('connection_failed', error?.text ?? `WhatsApp answered ${status} for a file`);
}
