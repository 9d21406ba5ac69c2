import type { Json } from '../../inbox/model/common.js';
import { AppError } from '../../errors.js';
import type { OutboundFetch } from '../contract.js';
import { asText, field } from '../lib/read-json.js';
import type { BlueskySettings } from './config.js';

/** Gets a picture of a post from where pictures lie; its address is made here and never taken from a post. No credentials go with it. */
export async function fetchFile(source: Json, about: { settings: BlueskySettings; fetch: OutboundFetch; maxBytes: number }): Promise<{ bytes: Buffer; mime?: string } | { gone: string }> {
  const [did, cid] = [asText(field(source, 'did')), asText(field(source, 'cid'))];
  if (did === undefined || cid === undefined || !/^did:[a-z]+:[\w.%:-]{1,200}$/u.test(did) || !/^[a-z0-9]{10,120}$/iu.test(cid)) return { gone: 'the post names its picture in a way that is not known' };
  try {
    const { status, headers, body } = await about.fetch(`${about.settings.cdnUrl}/img/feed_fullsize/plain/${did}/${cid}@jpeg`, { method: 'GET', timeoutMs: 30_000, maxBytes: about.maxBytes });
    if (status === 400 || status === 404 || status === 410) return { gone: `the service answered ${status}` };
    if (status !== 200) throw new AppError('connection_failed', `the service answered ${status}`);
    const mime = headers['content-type'];
    return { bytes: body, ...(mime === undefined ? {} : { mime }) };
  } catch (error) {
    if (error instanceof AppError && (error.code === 'too_large' || error.code === 'outbound_refused')) return { gone: error.message };
    throw error;
  }
}
