import type { Outbound } from '../contract.js';

/** Pure: the body that is posted to the operator's system. */
export function render(outbound: Outbound): string {
  return JSON.stringify({
    type: 'message',
    id: outbound.messageId,
    conversation: outbound.threadKey,
    seq: outbound.seq,
    to: { id: outbound.to.externalUserId },
    from: { kind: outbound.author.type, name: outbound.author.name },
    automatic: outbound.isAutomatic,
    text: outbound.text,
    ...(outbound.choices === undefined ? {} : { choices: outbound.choices }),
    ...(outbound.answers === undefined ? {} : { answers: outbound.answers.externalId }),
  });
}
