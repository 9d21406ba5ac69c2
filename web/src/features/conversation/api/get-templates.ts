import type { Api } from '../../../lib/api/client.js';

export interface Template {
  name: string;
  language: string;
  /** `{{1}}`, `{{2}}` … stand for the values. */
  text: string;
  values: number;
}

/** Messages that the provider has approved, for when the time to answer is over. */
export async function getTemplates(api: Api, conversationId: string): Promise<Template[]> {
  const answer = await api.get<{ items: Template[] }>(`/conversations/${encodeURIComponent(conversationId)}/templates`);
  return answer.items;
}
