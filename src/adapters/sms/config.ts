import { z } from 'zod';
import type { SettingField } from '../contract.js';
import { officialApi } from './limits.js';

const token = z.string().trim().regex(/^\w{16,64}$/u, '32 letters and figures, from the console');

/** Settings and opened secrets of one number, or of one messaging service. */
export const settings = z
  .strictObject({
    accountSid: z.string().trim().regex(/^AC\w{32}$/u, 'AC and 32 letters and figures'),
    authToken: token,
    previousToken: token.or(z.literal('')).default(''),
    number: z.string().transform((value) => value.replace(/[\s()-]/gu, '')).pipe(z.string().regex(/^(?:\+[1-9]\d{6,14}|\d{3,8}|)$/u, 'like +4976155501234, or a short code')).default(''),
    messagingService: z.string().trim().regex(/^(?:MG\w{32}|)$/u, 'MG and 32 letters and figures').default(''),
    publicUrl: z.url({ protocol: /^https?$/u, error: 'a URL that begins with http:// or https://' }),
    apiUrl: z.url({ protocol: /^https?$/u, error: 'a URL that begins with http:// or https://' }).default(officialApi).transform((url) => url.replace(/\/+$/u, '')),
  })
  .refine((given) => given.number !== '' || given.messagingService !== '', { path: ['number'], error: 'a number or a messaging service is needed' });

export type SmsSettings = z.infer<typeof settings>;

export const fields: readonly SettingField[] = [
  { key: 'accountSid', label: 'Account SID', type: 'text', required: true, help: 'From the console’s first page; begins with AC.' },
  { key: 'authToken', label: 'Auth token', type: 'password', required: true, secret: true, help: 'The primary one: Twilio signs with it. An API key does not do.' },
  { key: 'previousToken', label: 'Previous auth token', type: 'password', required: false, secret: true, help: 'Still accepted on what comes in while you change over.' },
  { key: 'number', label: 'Number', type: 'text', required: false, help: 'The Twilio number that customers write to, like +4976155501234. Answers come from the number that was written to.' },
  { key: 'messagingService', label: 'Messaging service', type: 'text', required: false, help: 'Begins with MG. With it Twilio chooses the sender; not needed for a single number.' },
  { key: 'publicUrl', label: 'Webhook address', type: 'text', required: true, help: 'The address shown on this page, exactly as it stands at Twilio: its signature covers it. Behind a proxy, the outer one.' },
  { key: 'apiUrl', label: 'API address', type: 'text', required: false, default: officialApi, group: 'Advanced', help: 'Another one for a region, such as https://api.dublin.ie1.twilio.com.' },
];
