import { z } from 'zod';
import type { SettingField } from '../contract.js';

const address = z.url({ protocol: /^https?$/, error: 'an address that begins with https://' }).transform((url) => url.replace(/\/+$/u, ''));

/** Settings and opened secrets of one Bluesky account. */
export const settings = z.strictObject({
  identifier: z.string().trim().min(3, 'the handle, as velowerk.bsky.social').transform((text) => text.replace(/^@/u, '')),
  appPassword: z.string().min(8, 'an app password, as abcd-efgh-ijkl-mnop'),
  baseUrl: address.default('https://bsky.social'),
  pollSeconds: z.coerce.number().int().min(2).max(300).default(10),
  directMessages: z.boolean().default(true),
  chatService: z.string().regex(/^did:[a-z]+:[\w.%:-]+#\w+$/u, 'a service, as did:web:api.bsky.chat#bsky_chat').default('did:web:api.bsky.chat#bsky_chat'),
  cdnUrl: address.default('https://cdn.bsky.app'),
});

export type BlueskySettings = z.infer<typeof settings>;

export const fields: readonly SettingField[] = [
  { key: 'identifier', label: 'Handle', type: 'text', required: true, help: 'The account that customers write to, as velowerk.bsky.social.' },
  { key: 'appPassword', label: 'App password', type: 'password', required: true, secret: true, help: 'Settings → Privacy and security → App passwords. Tick "Allow access to your direct messages".' },
  { key: 'baseUrl', label: 'Service', type: 'text', required: true, default: 'https://bsky.social', help: 'Where the account signs in; another address only for a server of your own.' },
  { key: 'pollSeconds', label: 'Look for news every … seconds', type: 'number', required: false, default: 10 },
  { key: 'directMessages', label: 'Direct messages', type: 'switch', required: false, default: true, help: 'The app password must allow them.' },
  { key: 'chatService', label: 'Chat service', type: 'text', required: false, default: 'did:web:api.bsky.chat#bsky_chat', group: 'Advanced' },
  { key: 'cdnUrl', label: 'Where pictures lie', type: 'text', required: false, default: 'https://cdn.bsky.app', group: 'Advanced' },
];
