import { z } from 'zod';
import type { SettingField } from '../contract.js';
import { officialApi } from './limits.js';

/** Ids, as a list or as one text. */
const ids = z
  .union([z.string(), z.array(z.string())])
  .transform((given) => (typeof given === 'string' ? given.split(/[\s,;]+/u) : given).map((each) => each.trim()).filter((each) => each !== ''))
  .pipe(z.array(z.string().regex(/^\d{5,20}$/u, 'an id of figures only (Developer Mode → right click → Copy ID)')).max(500));

/** Settings and opened secrets of one bot. */
export const settings = z.strictObject({
  token: z.string().trim().transform((given) => given.replace(/^Bot\s+/iu, '')).pipe(z.string().regex(/^[\w.-]{20,200}$/u, 'the bot token, without spaces')),
  channels: ids.default([]),
  colleagueRoles: ids.default([]),
  apiUrl: z.url({ protocol: /^https?$/u, error: 'a URL that begins with http:// or https://' }).default(officialApi).transform((url) => url.replace(/\/+$/u, '')),
});

export type DiscordSettings = z.infer<typeof settings>;

export const fields: readonly SettingField[] = [
  { key: 'token', label: 'Bot token', type: 'password', required: true, secret: true, help: 'Developer Portal → your application → Bot → Reset Token.' },
  { key: 'channels', label: 'Channels and forums', type: 'list', required: false, help: 'Ids of the text channels and forums to read, with their threads. Empty: direct messages only; those always come in.' },
  { key: 'colleagueRoles', label: 'Roles of colleagues', type: 'list', required: false, help: 'Role ids. What their members write in these channels is an answer of ours, not a question.' },
  { key: 'apiUrl', label: 'API address', type: 'text', required: false, default: officialApi, group: 'Advanced', help: 'Another one only for a proxy of your own.' },
];
