import { z } from 'zod';
import type { SettingField } from '../contract.js';

/** Settings and opened secrets of one webhook channel. */
export const settings = z.strictObject({
  secret: z.string().min(16, 'at least 16 characters'),
  previousSecret: z.string().optional(),
  deliverUrl: z.url({ protocol: /^https?$/, error: 'a URL that begins with http:// or https://' }).or(z.literal('')).default(''),
  trustsAddresses: z.boolean().default(false),
});

export type WebhookSettings = z.infer<typeof settings>;

export const fields: readonly SettingField[] = [
  { key: 'secret', label: 'Signing secret', type: 'password', required: true, secret: true, help: 'Signs what is posted to us and what we post; at least 16 characters.' },
  { key: 'previousSecret', label: 'Previous secret', type: 'password', required: false, secret: true, help: 'Still accepted while you change over.' },
  { key: 'deliverUrl', label: 'Where answers are posted', type: 'text', required: false, help: 'Empty: nothing can be answered on this channel.' },
  { key: 'trustsAddresses', label: 'Its e-mail addresses and phone numbers are proved', type: 'switch', required: false, default: false, help: 'On: they join this customer with the same address elsewhere. Only where your system checked them.' },
];
