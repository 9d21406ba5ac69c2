import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { AppError } from '../../errors.js';
import type { HistoryDesk } from '../../inbox/history/history-desk.js';
import type { ImportState } from '../../inbox/model/report.js';
import type { ApiContext } from './context.js';
import { found } from './found.js';
import { route, type Route } from './route.js';
import { imported, importedList } from './shapes-reports.js';

/** Of one request. A longer file goes in parts, or by `npm run import`. */
const bodyMaxBytes = 2 * 1024 * 1024 * 1024;

const importId = z.string().regex(/^[\w.-]{1,80}$/, 'must be 1 to 80 letters, figures, dots, lines or hyphens');
const byteCount = z.string().regex(/^\d{1,15}$/, 'must be a number of bytes').transform(Number);
/** `from`: the byte of the file at which the body begins. `more`: the file goes on after this body. */
export const importQuery = z.strictObject({ id: importId.optional(), from: byteCount.optional(), more: z.enum(['0', '1']).optional() });
const importParams = z.strictObject({ id: importId });

/** Past messages; see `docs/import.md`. */
export function importRoutes(context: Pick<ApiContext, 'newId'>, history: HistoryDesk): Route[] {
  return [
    route({
      method: 'post', path: '/import', summary: 'Takes past messages, one JSON object a line; under its id an import that broke off goes on', who: 'administrator',
      query: importQuery, consumes: 'application/x-ndjson', answer: imported,
      handle: async ({ query, request }) => {
        assertPlainLines(request);
        try {
          return presentImport(await history.run({ id: query.id ?? context.newId(), from: query.from ?? 0, more: query.more === '1', bytes: bytesOf(request) }));
        } finally {
          // What is still on its way is thrown away, so that the answer can be read.
          request.resume();
        }
      },
    }),
    route({
      method: 'get', path: '/imports', summary: 'Imports so far, the newest first', who: 'administrator', answer: importedList,
      handle: async () => ({ items: (await history.list()).slice(0, 100).map(presentImport) }),
    }),
    route({
      method: 'get', path: '/imports/:id', summary: 'How far an import has come, and up to which byte', who: 'administrator', params: importParams, answer: imported,
      handle: async ({ params }) => presentImport(found(await history.find(params.id), 'import')),
    }),
  ];
}

function assertPlainLines(request: IncomingMessage): void {
  const type = request.headers['content-type'] ?? '';
  if (!/^application\/(?:x-ndjson|jsonl|x-jsonlines)\s*(?:;|$)/i.test(type)) throw new AppError('unsupported_media', 'Send lines of JSON, with Content-Type: application/x-ndjson.');
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') throw new AppError('unsupported_media', `Send the lines unpacked, without Content-Encoding: ${encoding.slice(0, 40)}.`);
  if (Number(request.headers['content-length'] ?? 0) > bodyMaxBytes) throw tooLarge();
}

/** As they come: the next bytes are asked for when these are written. */
async function* bytesOf(request: IncomingMessage): AsyncIterable<Uint8Array> {
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > bodyMaxBytes) throw tooLarge();
      yield chunk;
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('bad_request', 'The upload broke off. What was taken stays; ask for the import to see where to go on.', { cause: error });
  }
  if (!request.complete) throw new AppError('bad_request', 'The upload broke off. What was taken stays; ask for the import to see where to go on.');
}

function tooLarge(): AppError {
  return new AppError('too_large', 'At most 2 GB in one request: send the file in parts, or use npm run import.', { facts: { maxBytes: bodyMaxBytes } });
}

function presentImport(state: ImportState): z.input<typeof imported> {
  return {
    id: state._id, bytes: state.bytes, lines: state.lines, added: state.added, known: state.known, faulty: state.faulty, oddTimes: state.oddTimes ?? 0, faults: state.faults,
    startedAt: state.startedAt, changedAt: state.changedAt, done: state.doneAt !== undefined,
  };
}
