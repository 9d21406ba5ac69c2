import type { Api } from '../../../lib/api/client.js';
import type { ConversationRow, MessageView, Status } from '../../../lib/shapes.js';

export interface ReplyInput {
  text: string;
  attachmentIds: string[];
  /** The same one again gives the first message again: nothing goes out twice. */
  clientId: string;
  personSeen?: number;
  /** Sends although something newer has reached the person. */
  force?: boolean;
  andStatus?: Status;
  snoozeUntil?: number;
  /** An approved message of the provider; `text` is how it reads. */
  template?: { name: string; language: string; values: string[] };
}

export interface Sent {
  message: MessageView;
  conversation: ConversationRow;
}

/** Sends an answer to the customer. `stale_reply` when something newer has reached them. */
export function sendReply(api: Api, conversationId: string, input: ReplyInput): Promise<Sent> {
  return api.send('POST', `/conversations/${encodeURIComponent(conversationId)}/reply`, input);
}
