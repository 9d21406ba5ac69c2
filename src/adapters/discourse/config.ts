import { z } from 'zod';
import type { SettingField } from '../contract.js';

const username = z.string().trim().transform((name) => name.replace(/^@/, '').toLowerCase());
const names = z.union([z.array(username), z.string().transform((text) => text.split(/[\s,]+/).filter((name) => name !== '').map((name) => name.replace(/^@/, '').toLowerCase()))]);

/** Settings and opened secrets of one site; user names in lower case, without '@'. */
export const settings = z.strictObject({
  baseUrl: z.url({ protocol: /^https?$/, error: 'a URL that begins with https://' }).transform((url) => url.replace(/\/+$/, '')),
  apiUsername: username.pipe(z.string().min(1, 'required')),
  apiKey: z.string().trim().min(1, 'required'),
  webhookSecret: z.string().min(12, 'at least 12 characters, as Discourse wants it'),
  staff: names.default([]),
  staffByRole: z.boolean().default(true),
  privateMessages: z.boolean().default(false),
});

export type DiscourseSettings = z.infer<typeof settings>;

export const fields: readonly SettingField[] = [
  { key: 'baseUrl', label: 'Address of the community', type: 'text', required: true, help: 'As people open it, e.g. https://community.velowerk.example' },
  { key: 'apiUsername', label: 'Answers are posted as', type: 'text', required: true, help: 'The name of a user made for this, not one that somebody signs in with.' },
  { key: 'apiKey', label: 'API key', type: 'password', required: true, secret: true, help: 'Admin → API keys, for that user alone.' },
  { key: 'webhookSecret', label: 'Webhook secret', type: 'password', required: true, secret: true, help: 'The same as in Admin → Webhooks; at least 12 characters.' },
  { key: 'privateMessages', label: 'Private messages too', type: 'switch', required: false, default: false, help: 'The webhook tells of the private messages of everybody in the community, not only of those to this user. Switch it on where your people may read them all.' },
  { key: 'staffByRole', label: 'Admins and moderators are colleagues', type: 'switch', required: false, default: true, help: 'What they write there counts as an answer given outside.' },
  { key: 'staff', label: 'More colleagues', type: 'list', required: false, help: 'User names; what they write counts as an answer too.' },
];
