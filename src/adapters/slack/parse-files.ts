import type { RemoteFile } from '../../inbox/model/event.js';
import { asList, asNumber, asObject, asText } from '../lib/read-json.js';
import { fileId } from './ids.js';

/** Files of a post; those that lie elsewhere (a shared drive) as links. `ids`: the names under which our own are known. */
export function filesOf(event: Record<string, unknown>): { remote: RemoteFile[]; links: string[]; ids: string[] } {
  const found = { remote: [] as RemoteFile[], links: [] as string[], ids: [] as string[] };
  for (const [place, item] of asList(event['files']).slice(0, 50).entries()) {
    const file = asObject(item);
    const id = asText(file?.['id']);
    if (file === undefined || id === undefined) continue;
    const name = asText(file['name']) ?? asText(file['title']) ?? `file ${place + 1}`;
    found.ids.push(fileId(id));
    if (file['mode'] === 'external') found.links.push(`${name}: ${asText(file['url_private']) ?? asText(file['permalink']) ?? ''}`);
    else found.remote.push(remoteFile(file, { id, name }));
  }
  return found;
}

function remoteFile(file: Record<string, unknown>, known: { id: string; name: string }): RemoteFile {
  const url = asText(file['url_private_download']) ?? asText(file['url_private']);
  const mime = asText(file['mimetype']);
  const size = asNumber(file['size']);
  return {
    name: known.name, source: { id: known.id, ...(url === undefined ? {} : { url }) },
    ...(mime === undefined || mime === '' ? {} : { mime }), ...(size === undefined || size < 0 ? {} : { size }),
  };
}
