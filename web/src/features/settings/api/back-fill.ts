import type { Api } from '../../../lib/api/client.js';

export interface BackFilled {
  found: number;
  complete: boolean;
  note?: string;
}

/** Reads what came at the provider while nobody listened. What is in the inbox already stays as it is. */
export function backFill(api: Api, channelId: string, since: number): Promise<BackFilled> {
  return api.send('POST', `/channels/${encodeURIComponent(channelId)}/back-fill`, { since });
}
