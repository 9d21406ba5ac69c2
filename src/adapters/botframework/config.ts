import { z } from 'zod';
import type { SettingField } from '../contract.js';

const address = z.url({ protocol: /^https?$/, error: 'an address that begins with https://' }).transform((url) => url.replace(/\/+$/u, ''));

/** Settings and opened secrets of one bot registration. */
export const settings = z.strictObject({
  appId: z.string().trim().min(1, 'the Microsoft App ID'),
  appPassword: z.string().min(1, 'the client secret'),
  tenantId: z.string().trim().regex(/^[\w.-]+$/u, 'the tenant id, or botframework.com').default('botframework.com'),
  serviceHosts: z.array(z.string().trim().toLowerCase().regex(/^[a-z0-9.-]+(?::\d+)?$/u, 'a host, as channel.velowerk.example')).max(20).default([]),
  loginUrl: address.default('https://login.microsoftonline.com'),
  openIdUrl: address.default('https://login.botframework.com/v1/.well-known/openidconfiguration'),
  issuer: z.string().min(1).default('https://api.botframework.com'),
  scope: z.string().min(1).default('https://api.botframework.com/.default'),
});

export type BotSettings = z.infer<typeof settings>;

export const fields: readonly SettingField[] = [
  { key: 'appId', label: 'Microsoft App ID', type: 'text', required: true, help: 'Azure portal → your Azure Bot → Configuration.' },
  { key: 'appPassword', label: 'Client secret', type: 'password', required: true, secret: true, help: 'The value, not the id, of a client secret of the app registration.' },
  { key: 'tenantId', label: 'Tenant', type: 'text', required: false, default: 'botframework.com', help: 'For a single-tenant bot its App Tenant ID; else leave it.' },
  { key: 'serviceHosts', label: 'Further hosts of channels', type: 'list', required: false, help: 'Answers go only to hosts of the Bot Framework and of Teams, and to these.', group: 'Advanced' },
  { key: 'loginUrl', label: 'Where our token comes from', type: 'text', required: false, default: 'https://login.microsoftonline.com', group: 'Advanced' },
  { key: 'openIdUrl', label: 'Where their keys are', type: 'text', required: false, default: 'https://login.botframework.com/v1/.well-known/openidconfiguration', group: 'Advanced' },
  { key: 'issuer', label: 'Who signs their tokens', type: 'text', required: false, default: 'https://api.botframework.com', group: 'Advanced' },
  { key: 'scope', label: 'Scope of our token', type: 'text', required: false, default: 'https://api.botframework.com/.default', group: 'Advanced' },
];
