import { z } from 'zod';
import type { SettingField } from '../contract.js';
import { apiUrl, commonFields, commonSettings, defaultApi, metaId } from '../meta/config.js';

/** Settings and opened secrets of one page. */
export const settings = z.strictObject({ pageId: metaId, ...commonSettings, baseUrl: apiUrl(defaultApi) });

export type MessengerSettings = z.infer<typeof settings>;

export const fields: readonly SettingField[] = [
  { key: 'pageId', label: 'Page ID', type: 'text', required: true, help: 'On the page: About, Page transparency.' },
  ...commonFields(defaultApi),
];
