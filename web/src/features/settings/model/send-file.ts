import { ApiError } from '../../../lib/api/api-error.js';
import type { Imported } from '../../../lib/shapes.js';

/** Small enough for proxies, and for a share that moves. */
export const partBytes = 4 * 1024 * 1024;

/** The way to the server, as sending a file needs it. */
export interface ImportCalls {
  find(id: string): Promise<Imported>;
  send(part: { id: string; from: number; more: boolean; body: Blob }): Promise<Imported>;
}

/** The same file has the same name, so that it goes on after a break. */
export function importIdOf(file: Pick<File, 'name' | 'size'>): string {
  const name = file.name.replace(/[^\w.-]+/g, '-').slice(0, 60);
  return `${name === '' ? 'import' : name}-${file.size}`;
}

/**
 * Sends a file part by part, from where an earlier attempt ended; every answer is told to `onState`. Throws `ApiError`; what
 * was taken until then stays taken.
 */
export async function sendFile(calls: ImportCalls, file: File, onState: (state: Imported) => void): Promise<Imported> {
  const id = importIdOf(file);
  const kept = await calls.find(id).catch((error: unknown) => {
    if (error instanceof ApiError && error.code === 'not_found') return undefined;
    throw error;
  });
  let from = kept === undefined || kept.done || kept.bytes > file.size ? 0 : kept.bytes;
  for (;;) {
    const end = Math.min(file.size, from + partBytes);
    const state = await calls.send({ id, from, more: end < file.size, body: file.slice(from, end) });
    onState(state);
    if (end === file.size) return state;
    if (state.bytes <= from) throw new ApiError('unexpected', 'The server took nothing of the last part. Try again later.', { status: 0 });
    from = state.bytes;
  }
}
