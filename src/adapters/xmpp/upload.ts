import { AppError } from '../../errors.js';
import type { OutboundFetch } from '../contract.js';
import type { Link } from './link.js';
import { attr, child, element, elements, inner, ns, type Stanza, textOf } from './stanza.js';

export interface UploadFile {
  name: string;
  mime: string;
  bytes: Buffer;
}

/** The upload service of a server (XEP-0363), asked for once a session; `undefined`: it has none. */
export async function findUpload(link: Link, domain: string): Promise<{ jid: string; maxBytes?: number } | undefined> {
  const items = child(await link.request('get', domain, element('query', { xmlns: ns.items })), 'query', ns.items);
  const candidates = [domain, ...elements(items).map((each) => attr(each, 'jid')).filter((jid) => jid !== undefined)].slice(0, 20);
  for (const jid of candidates) {
    const info = await link.request('get', jid, element('query', { xmlns: ns.info })).then((answer) => child(answer, 'query', ns.info), () => undefined);
    if (!elements(info).some((each) => each.name === 'feature' && attr(each, 'var') === ns.upload)) continue;
    const limit = Number(fieldOf(info, 'max-file-size'));
    return { jid, ...(Number.isFinite(limit) && limit > 0 ? { maxBytes: limit } : {}) };
  }
  return undefined;
}

function fieldOf(info: Stanza | undefined, name: string): string | undefined {
  const fields = elements(info).filter((each) => each.name === 'x').flatMap((form) => elements(form));
  const found = fields.find((each) => attr(each, 'var') === name);
  return found === undefined ? undefined : textOf(inner(found, 'value'));
}

/** XEP-0363 §5: no other header that the server names is sent. */
const headersAllowed = new Set(['authorization', 'cookie', 'expires']);

/** Puts a file to the server and gives its address. Throws the server's refusal (`condition`), or what the guarded client throws. */
export async function upload(link: Link, service: string, file: UploadFile, deps: { fetch: OutboundFetch }): Promise<string> {
  const asked = element('request', { xmlns: ns.upload, filename: file.name.replace(/[/\\]/gu, '_'), size: String(file.bytes.length), 'content-type': file.mime });
  const slot = child(await link.request('get', service, asked), 'slot', ns.upload);
  const put = inner(slot, 'put');
  const [to, url] = [attr(put, 'url'), attr(inner(slot, 'get'), 'url')];
  if (to === undefined || url === undefined) throw new AppError('connection_failed', 'The server gave no place to put the file.', { facts: { sent: false } });
  const named = elements(put).filter((each) => each.name === 'header').map((each) => [attr(each, 'name') ?? '', textOf(each).replace(/[\r\n]/gu, '')] as const);
  const headers = Object.fromEntries(named.filter(([name]) => headersAllowed.has(name.toLowerCase())));
  const answer = await deps.fetch(to, { method: 'PUT', headers: { ...headers, 'content-type': file.mime }, body: new Uint8Array(file.bytes), timeoutMs: 15_000 });
  if (answer.status < 200 || answer.status > 299) throw new AppError('connection_failed', `The server did not take the file (${answer.status}).`, { facts: { sent: false } });
  return url;
}
