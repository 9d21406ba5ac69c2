import type { Capabilities } from '../contract.js';

const dayMs = 24 * 60 * 60 * 1000;

/** Characters (UTF-16) of one message, either way. Ours to choose; long enough for any question, short enough for any screen. */
export const textMax = 10_000;
/** Bytes of one file. */
export const fileMax = 10 * 1024 * 1024;
export const filesPerMessage = 5;
/** Longest token, handle or cursor that is looked at. */
export const tokenMax = 4_096;

/** A visitor's token; made anew at every session, so that it slides. */
export const passLifeMs = 365 * dayMs;
/** From upload to the message that carries it; a message that could not be sent keeps its handles that long. */
export const uploadLifeMs = 7 * dayMs;
/** A link to a file; every reload of the bubble brings a fresh one. */
export const downloadLifeMs = 7 * dayMs;

export const capabilities: Capabilities = {
  textMax,
  textUnit: 'utf16',
  fileMax,
  filesPerMessage,
  formats: ['plain'],
  receipts: 'read',
  typing: true,
  idempotency: 'key',
  inbound: ['files', 'delivered', 'read', 'typing'],
  outbound: ['files', 'choices', 'read', 'typing'],
};
