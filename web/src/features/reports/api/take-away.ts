import { queryOptions } from '@tanstack/react-query';
import type { Api } from '../../../lib/api/client.js';
import { keys } from '../../../lib/cache/keys.js';
import type { DigestView, SavedReportView } from '../../../lib/shapes.js';
import type { ReportQuery } from '../model/query.js';

export type What = 'report' | 'groups' | 'waits' | 'conversations' | 'trend' | 'heat';
export interface FileWanted {
  what: What;
  format: 'csv' | 'json';
  pick?: string;
}

/** Fetches a file of what is shown; the browser saves it. */
export async function downloadReport(api: Api, query: ReportQuery, wanted: FileWanted): Promise<void> {
  const { name, content } = await api.file('/reports/export', { ...query, ...wanted });
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser takes the address with the click; a little later nobody needs it.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

export interface SavedInput {
  name: string;
  query: string;
  period: SavedReportView['period'];
  teamId?: string;
}

/** One's own saved reports, and those shared with one's teams. */
export function listSaved(api: Api) {
  return queryOptions({ queryKey: keys.savedReports, queryFn: async ({ signal }) => (await api.get<{ items: SavedReportView[] }>('/reports/saved', undefined, signal)).items });
}

export function saveReport(api: Api, input: SavedInput): Promise<SavedReportView> {
  return api.send('POST', '/reports/saved', input);
}

export function renameSaved(api: Api, id: string, name: string): Promise<SavedReportView> {
  return api.send('PATCH', `/reports/saved/${encodeURIComponent(id)}`, { name });
}

export function removeSaved(api: Api, id: string): Promise<void> {
  return api.send('DELETE', `/reports/saved/${encodeURIComponent(id)}`);
}

export interface DigestInput {
  name: string;
  every: DigestView['every'];
  query: string;
  timeZone: string;
  recipientIds: string[];
  on: boolean;
}

/** Reports that go out by e-mail; of administrators all. */
export function listDigests(api: Api) {
  return queryOptions({ queryKey: keys.digests, queryFn: async ({ signal }) => (await api.get<{ items: DigestView[] }>('/reports/digests', undefined, signal)).items });
}

export function addDigest(api: Api, input: DigestInput): Promise<DigestView> {
  return api.send('POST', '/reports/digests', input);
}

export function changeDigest(api: Api, id: string, change: Partial<DigestInput>): Promise<DigestView> {
  return api.send('PATCH', `/reports/digests/${encodeURIComponent(id)}`, change);
}

export function removeDigest(api: Api, id: string): Promise<void> {
  return api.send('DELETE', `/reports/digests/${encodeURIComponent(id)}`);
}

/** The newest whole week or month, to oneself alone. `certain: false`: the mailbox did not say whether it left. */
export function sendDigestNow(api: Api, id: string): Promise<{ to: string; certain: boolean }> {
  return api.send('POST', `/reports/digests/${encodeURIComponent(id)}/send`);
}
