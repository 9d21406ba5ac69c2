import { type AppendCore, appendMessage } from './append-message.js';
import type { Work } from './core.js';
import type { Conversation } from './model/conversation.js';
import type { Message, Step } from './model/message.js';
import type { Patch } from './stores.js';

/**
 * Writes down what the system, the bot or an agent did, with its reason, as a step in the conversation. `key` says what
 * caused it, so that doing it again adds no second step.
 */
export async function addStep(core: AppendCore, work: Work, input: {
  conversation: Conversation;
  step: Step;
  key: string;
  author?: Message['author'];
  text?: string;
  patch?: Patch<Conversation>;
  /** A step that is itself sent somewhere (`continued_by_email`). */
  delivery?: Message['delivery'];
}): Promise<Conversation> {
  const now = core.clock();
  const { conversation, step } = input;
  const appended = await appendMessage(core, work, {
    conversation,
    message: {
      _id: `${conversation.channelId}:step:${step.type}:${input.key}`,
      channelId: conversation.channelId,
      kind: 'event',
      author: input.author ?? { type: 'system', name: 'Rapport' },
      text: input.text ?? step.reason ?? '',
      at: now,
      receivedAt: now,
      step,
      ...(input.delivery === undefined ? {} : { delivery: input.delivery }),
    },
    patch: () => input.patch ?? {},
    indexed: false,
  });
  return appended.conversation;
}
