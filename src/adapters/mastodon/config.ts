import { z } from 'zod';
import type { SettingField } from '../contract.js';

/** Settings and opened secrets of one Mastodon account. */
export const settings = z.strictObject({
  baseUrl: z.url({ protocol: /^https?$/, error: 'the address of your server, as https://mastodon.social' }).transform((url) => url.replace(/\/+$/u, '')).default('https://mastodon.social'),
  accessToken: z.string().min(1, 'the access token of your application'),
  pollSeconds: z.coerce.number().int().min(2).max(300).default(15),
  mediaHosts: z.array(z.string().max(253)).max(20).default([]),
});

export type MastodonSettings = z.infer<typeof settings>;

export const fields: readonly SettingField[] = [
  { key: 'baseUrl', label: 'Server', type: 'text', required: true, default: 'https://mastodon.social', help: 'The server on which your account lives.' },
  { key: 'accessToken', label: 'Access token', type: 'password', required: true, secret: true, help: 'Preferences → Development → your application. Scopes: read, write:statuses, write:media, write:favourites.' },
  { key: 'pollSeconds', label: 'Look for news every … seconds', type: 'number', required: false, default: 15, help: 'How late a message can be; 15 seconds are four requests a minute of the 60 allowed.' },
  { key: 'mediaHosts', label: 'Further hosts of pictures', type: 'list', required: false, help: 'Only when pictures of your server lie on a host that is neither its own nor that of your avatar.' },
];
