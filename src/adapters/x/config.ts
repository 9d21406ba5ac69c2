import { z } from 'zod';
import type { SettingField } from '../contract.js';

/** An access token of OAuth 1.0a begins with the account's own id. */
const accountInToken = /^(\d{1,20})-/;

/** Settings and opened secrets of one X account; `accountId` is read from the access token where it is not given. */
export const settings = z
  .strictObject({
    baseUrl: z.url({ protocol: /^https?$/, error: 'a URL that begins with https://' }).default('https://api.x.com').transform((url) => url.replace(/\/+$/, '')),
    apiKey: z.string().trim().min(1, 'required'),
    apiSecret: z.string().trim().min(1, 'required'),
    accessToken: z.string().trim().min(1, 'required'),
    accessTokenSecret: z.string().trim().min(1, 'required'),
    accountId: z.string().trim().regex(/^\d{0,20}$/, 'figures only, or empty').default(''),
    directMessages: z.boolean().default(false),
  })
  .transform((given, context) => {
    const accountId = given.accountId === '' ? accountInToken.exec(given.accessToken)?.[1] : given.accountId;
    if (accountId !== undefined) return { ...given, accountId };
    context.addIssue({ code: 'custom', path: ['accountId'], message: 'required: the access token does not begin with it' });
    return z.NEVER;
  });

export type XSettings = z.infer<typeof settings>;

export const fields: readonly SettingField[] = [
  { key: 'apiKey', label: 'API key', type: 'password', required: true, secret: true, help: 'Developer portal → your app → Keys and tokens → Consumer keys.' },
  { key: 'apiSecret', label: 'API key secret', type: 'password', required: true, secret: true, help: 'Also signs what X posts to us.' },
  { key: 'accessToken', label: 'Access token', type: 'password', required: true, secret: true, help: 'Made for the account that answers, with "Read and write" (and direct messages, if you want them). Does not expire.' },
  { key: 'accessTokenSecret', label: 'Access token secret', type: 'password', required: true, secret: true },
  { key: 'accountId', label: 'Account id', type: 'text', required: false, help: 'Figures. Empty: taken from the access token.' },
  { key: 'directMessages', label: 'Direct messages too', type: 'switch', required: false, default: false, help: 'Only unencrypted ones; many accounts have encrypted chats now, which nobody but the X app can read.' },
  { key: 'baseUrl', label: 'API address', type: 'text', required: false, default: 'https://api.x.com', group: 'Advanced' },
];
