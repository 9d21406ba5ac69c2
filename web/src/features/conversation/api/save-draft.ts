import type { Api } from '../../../lib/api/client.js';

export interface DraftInput {
  kind: 'reply' | 'note';
  text: string;
  attachmentIds: string[];
  seenSeq: number;
}

/** Keeps what was written and not sent; `undefined` forgets it. `leaving` lets the call outlive the page. */
export async function saveDraft(api: Api, conversationId: string, draft: DraftInput | undefined, leaving = false): Promise<void> {
  const path = `/conversations/${encodeURIComponent(conversationId)}/draft`;
  await (draft === undefined ? api.send('DELETE', path, undefined, { keepalive: leaving }) : api.send('PUT', path, draft, { keepalive: leaving }));
}
