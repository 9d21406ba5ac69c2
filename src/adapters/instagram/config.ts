import { z } from 'zod';
import type { SettingField } from '../contract.js';
import { apiUrl, commonFields, commonSettings, metaId } from '../meta/config.js';

export const instagramApi = 'https://graph.instagram.com';

/** Settings and opened secrets of one Instagram account. With a page the API is Facebook's, without one Instagram's own. */
export const settings = z.strictObject({ instagramId: metaId, pageId: metaId.or(z.literal('')).default(''), ...commonSettings, baseUrl: apiUrl(instagramApi) });

export type InstagramSettings = z.infer<typeof settings>;

export const fields: readonly SettingField[] = [
  { key: 'instagramId', label: 'Instagram account ID', type: 'text', required: true, help: 'The id of the professional account, as the webhook names it (17841…).' },
  { key: 'pageId', label: 'Linked page ID', type: 'text', required: false, help: 'Only when connected by Facebook Login: the page that the account is linked to. The API address is then https://graph.facebook.com.' },
  ...commonFields(instagramApi),
];
