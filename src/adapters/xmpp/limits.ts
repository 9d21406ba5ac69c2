import type { Capabilities } from '../contract.js';

/** Milliseconds and counts of this adapter in one place. */
export const limits = {
  connectMs: 10_000,
  /** From the connection to the session. */
  signInMs: 15_000,
  /** Without an answer to "have you got it?" the link counts as dead, and is opened again. */
  deadLinkMs: 6_000,
  /** How long a sending waits for the link, and then for the server's word that it has the stanza. The lease is 30 s. */
  linkMs: 4_000,
  confirmMs: 16_000,
  requestMs: 10_000,
  backoffMinMs: 1_000,
  backoffMaxMs: 5 * 60_000,
  /** Refused sign-in, or another session in our place: tried again this seldom. */
  refusedMs: 15 * 60_000,
  archivePage: 50,
  testMs: 18_000,
} as const;

export const capabilities: Capabilities = {
  // Every server takes stanzas of 10,000 bytes (RFC 6120 §13.12); most take 256 KB.
  textMax: 8_000,
  textUnit: 'byte',
  partsMax: 10,
  // Prosody's mod_http_file_share takes 10 MB where nothing else is set; larger files are refused by the server's own word.
  fileMax: 10 * 1024 * 1024,
  filesPerMessage: 10,
  formats: ['plain', 'markdown'],
  receipts: 'read',
  typing: true,
  idempotency: 'same-id',
  inbound: ['files', 'formatting', 'threads', 'edits', 'deletes', 'reactions', 'delivered', 'read', 'typing', 'public', 'outside'],
  outbound: ['files', 'formatting', 'threads', 'edits', 'deletes', 'reactions', 'read', 'typing', 'public'],
  // Prosody's usual limit for one session is 10 KB/s.
  rates: [{ scope: 'account', count: 20, perMs: 1_000 }],
};
