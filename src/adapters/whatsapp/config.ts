import { z } from 'zod';
import type { SettingField } from '../contract.js';
import { apiUrl, commonFields, commonSettings, defaultApi, metaId } from '../meta/config.js';

/** Settings and opened secrets of one business number. */
export const settings = z.strictObject({ phoneNumberId: metaId, businessAccountId: metaId, ...commonSettings, baseUrl: apiUrl(defaultApi) });

export type WhatsAppSettings = z.infer<typeof settings>;

export const fields: readonly SettingField[] = [
  { key: 'phoneNumberId', label: 'Phone number ID', type: 'text', required: true, help: 'WhatsApp, API setup: the id below the number, not the number itself.' },
  { key: 'businessAccountId', label: 'Business account ID', type: 'text', required: true, help: 'WhatsApp, API setup. Its approved templates are offered after the reply window.' },
  ...commonFields(defaultApi),
];
