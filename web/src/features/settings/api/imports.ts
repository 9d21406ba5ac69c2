import { queryOptions } from '@tanstack/react-query';
import type { Api } from '../../../lib/api/client.js';
import { keys } from '../../../lib/cache/keys.js';
import type { Imported } from '../../../lib/shapes.js';

/** Imports so far, the newest first. */
export function listImports(api: Api) {
  return queryOptions({ queryKey: keys.imports, queryFn: async ({ signal }) => (await api.get<{ items: Imported[] }>('/imports', {}, signal)).items });
}

/** How far an import has come; throws `not_found` when there was none of this name. */
export function getImport(api: Api, id: string): Promise<Imported> {
  return api.get(`/imports/${encodeURIComponent(id)}`);
}

/** Sends a part of a file that begins at byte `from`. `more`: it is not the last one. */
export function sendImport(api: Api, part: { id: string; from: number; more: boolean; body: Blob; signal: AbortSignal }): Promise<Imported> {
  return api.sendLines(`/import?id=${encodeURIComponent(part.id)}&from=${part.from}&more=${part.more ? 1 : 0}`, part.body, part.signal);
}
