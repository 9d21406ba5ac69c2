import { AppError, messageOf, type ErrorCode } from '../../errors.js';
import type { VisitorLog } from './deps.js';

export interface Fault {
  code: ErrorCode;
  status: number;
  message: string;
  retryAfterMs?: number;
}

/** Fixed words: what a visitor is told never comes from inside. */
const words: Partial<Record<ErrorCode, string>> = {
  bad_request: 'This request is not understood.',
  not_signed_in: 'The token is missing, has run out or is not valid here.',
  forbidden: 'This site is not on the list of sites that may show the bubble (Settings, Channels, Web chat, Sites with the bubble).',
  not_found: 'There is no such thing here.',
  gone: 'This chat is switched off.',
  too_large: 'This is too large.',
  unsupported_media: 'This kind of content is not taken here.',
  too_many: 'Too much at once; try again later.',
  store_unavailable: 'Nothing can be stored at the moment; try again.',
  disk_full: 'Nothing can be stored at the moment; try again.',
};

/** What a thrown thing becomes for the visitor. What is our fault is logged, without what they wrote. */
export function faultOf(error: unknown, log: VisitorLog): Fault {
  const code = error instanceof AppError && error.code in words ? error.code : 'bug';
  if (code === 'bug' || code === 'store_unavailable' || code === 'disk_full') log.error({ err: error }, `visitor request failed: ${messageOf(error)}`);
  const retryAfterMs = error instanceof AppError ? error.facts['retryAfterMs'] : undefined;
  return {
    code,
    status: code === 'bug' || !(error instanceof AppError) ? 500 : error.status,
    message: words[code] ?? 'Something went wrong on our side.',
    ...(typeof retryAfterMs === 'number' ? { retryAfterMs } : {}),
  };
}
