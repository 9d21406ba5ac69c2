import type { Capabilities } from '../contract.js';

/** Bytes, milliseconds and counts of this adapter in one place. */
export const limits = {
  /** A line with its CR LF, as others get it: with our prefix in front. RFC 2812 §2.3. */
  lineBytes: 512,
  /** The longest host name a server may show for us, where we do not know it. */
  hostBytes: 63,
  /** Lines for which the server answers nothing are followed by a PING; its PONG says that they were taken. */
  confirmMs: 10_000,
  linkMs: 4_000,
  connectMs: 10_000,
  signInMs: 20_000,
  backoffMinMs: 2_000,
  backoffMaxMs: 5 * 60_000,
  refusedMs: 15 * 60_000,
  /** Servers end a client that floods: after a burst, one line in two seconds (RFC 2813 §5.8). */
  burstLines: 4,
  lineEveryMs: 2_000,
  nickTries: 5,
  /** A longer line from a server ends the connection: tags 8,191 and message 512. https://ircv3.net/specs/extensions/message-tags */
  incomingBytes: 16 * 1024,
  testMs: 18_000,
  pingEveryMs: 60_000,
} as const;

export const capabilities: Capabilities = {
  // 512 less the prefix, the command and the longest channel's name; what really fits is counted line by line.
  textMax: 350,
  textUnit: 'byte',
  partsMax: 8,
  fileMax: 0,
  filesPerMessage: 0,
  formats: ['plain', 'markdown'],
  receipts: 'none',
  typing: true,
  idempotency: 'none',
  inbound: ['formatting', 'typing', 'public', 'outside'],
  outbound: ['formatting', 'typing', 'public'],
  rates: [{ scope: 'account', count: limits.burstLines, perMs: limits.burstLines * limits.lineEveryMs }],
};
