import type { ConnectionOptions } from 'node:tls';
import type { EmailSettings } from './config.js';

/** What both protocols tell TLS. Never below 1.2; no fallback to plain text anywhere. */
export function tlsOptions(settings: Pick<EmailSettings, 'allowSelfSigned'>): ConnectionOptions {
  return { minVersion: 'TLSv1.2', rejectUnauthorized: !settings.allowSelfSigned };
}
