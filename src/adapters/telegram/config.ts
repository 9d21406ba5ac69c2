import { z } from 'zod';
import type { SettingField } from '../contract.js';

export const officialApi = 'https://api.telegram.org';
export const modes = ['long poll', 'webhook'] as const;

/** Ids and @names, as a list or as one text. */
const people = z
  .union([z.string(), z.array(z.string())])
  .transform((given) => (typeof given === 'string' ? given.split(/[\s,;]+/u) : given).map((each) => each.trim().replace(/^@/u, '').toLowerCase()).filter((each) => each !== ''))
  .pipe(z.array(z.string().regex(/^\w{1,64}$/u, 'a user id or a @name')).max(200));

/** Settings and opened secrets of one bot. */
export const settings = z
  .strictObject({
    token: z.string().trim().regex(/^\d{3,20}:[\w-]{20,100}$/u, 'looks like 123456789:AA… (from @BotFather)'),
    mode: z.enum(modes).default('long poll'),
    publicUrl: z.url({ protocol: /^https$/u, error: 'an address that begins with https://' }).or(z.literal('')).default(''),
    webhookSecret: z.string().regex(/^[\w-]{16,256}$/u, '16 to 256 of A-Z a-z 0-9 _ -'),
    colleagues: people.default([]),
    apiUrl: z.url({ protocol: /^https?$/u, error: 'a URL that begins with http:// or https://' }).default(officialApi).transform((url) => url.replace(/\/+$/u, '')),
  })
  .refine((given) => given.mode !== 'webhook' || given.publicUrl !== '', { path: ['publicUrl'], error: 'is needed for a webhook' });

export type TelegramSettings = z.infer<typeof settings>;

export const fields: readonly SettingField[] = [
  { key: 'token', label: 'Bot token', type: 'password', required: true, secret: true, help: 'From @BotFather: /newbot, or /token for a bot that is there.' },
  { key: 'mode', label: 'How messages arrive', type: 'choice', choices: [...modes], required: true, default: 'long poll', help: 'Long poll needs no address that is reachable from outside. Another program on the same token takes messages away from us, either way.' },
  { key: 'publicUrl', label: 'Webhook address', type: 'text', required: false, help: 'Webhook only: the address shown on this page, as Telegram reaches it (https, port 443, 80, 88 or 8443). It is registered by itself.' },
  { key: 'webhookSecret', label: 'Webhook secret', type: 'password', required: true, secret: true, help: 'Telegram sends it along with every post. Made by itself; never needed elsewhere.' },
  { key: 'colleagues', label: 'Colleagues in groups', type: 'list', required: false, help: 'User ids or @names. What they write in a group is an answer of ours, not a question.' },
  { key: 'apiUrl', label: 'API address', type: 'text', required: false, default: officialApi, group: 'Advanced', help: 'Another one only for a Bot API server of your own.' },
];
