import { nonceOf } from './ids.js';

export interface NonceBook {
  /** The nonce of a part that is about to be sent; remembered, so that its echo can be told. */
  make(messageId: string, part: number): string;
  /** Our message id of a nonce; `undefined` for one that this process did not send. */
  messageOf(nonce: string): string | undefined;
}

const keptMax = 2_000;

/** A nonce has room for a digest only, so what it stands for is remembered here; after a restart the core knows an echo by its external id or its text. */
export function createNonceBook(): NonceBook {
  const sent = new Map<string, string>();
  return {
    make: (messageId, part) => {
      const nonce = nonceOf(messageId, part);
      sent.delete(nonce);
      sent.set(nonce, messageId);
      const oldest = sent.size > keptMax ? sent.keys().next().value : undefined;
      if (oldest !== undefined) sent.delete(oldest);
      return nonce;
    },
    messageOf: (nonce) => sent.get(nonce),
  };
}
