import type { Capabilities } from '../contract.js';

/** Ours to choose: the other end is whatever the operator builds. */
export const textMax = 20_000;
export const maxEventsPerRequest = 100;
/** A signature older, or newer, than this is refused; also the tolerance for clocks that differ. */
export const signatureWindowMs = 5 * 60_000;

export const capabilities: Capabilities = {
  textMax,
  textUnit: 'utf16',
  fileMax: 0,
  filesPerMessage: 0,
  formats: ['plain'],
  receipts: 'read',
  typing: false,
  idempotency: 'key',
  inbound: ['threads', 'delivered', 'read', 'outside'],
  outbound: ['threads', 'choices'],
};
