import { z } from 'zod';
import type { SettingField } from '../contract.js';
import type { GraphAccess } from './graph.js';

/** The version that was the newest when this was written; Meta keeps each for about two years. */
export const defaultVersion = 'v24.0';
export const defaultApi = 'https://graph.facebook.com';

/** Figures, as Meta's ids of pages, accounts, apps and numbers are. */
export const metaId = z.string().trim().regex(/^\d{1,30}$/u, 'only figures');

/** The settings that all channels on Meta's platform have. */
export const commonSettings = {
  appId: metaId,
  appSecret: z.string().trim().min(8, 'from the app: Settings, Basic'),
  accessToken: z.string().trim().min(8, 'the access token'),
  verifyToken: z.string().trim().min(16, 'at least 16 characters'),
  apiVersion: z.string().trim().regex(/^v\d{1,2}\.\d$/u, 'as v24.0').default(defaultVersion),
};

export const commonSchema = z.object(commonSettings);

/** The address of the API: no slash at its end. */
export function apiUrl(official: string) {
  return z.url({ protocol: /^https?$/u, error: 'a URL that begins with http:// or https://' }).default(official).transform((url) => url.replace(/\/+$/u, ''));
}

export type CommonSettings = z.infer<typeof commonSchema> & { baseUrl: string };

export function commonFields(official: string): readonly SettingField[] {
  return [
    { key: 'appId', label: 'App ID', type: 'text', required: true, help: 'At developers.facebook.com, at the top of the app’s dashboard.' },
    { key: 'appSecret', label: 'App secret', type: 'password', required: true, secret: true, help: 'App settings, Basic. Meta signs with it what it posts to us.' },
    { key: 'accessToken', label: 'Access token', type: 'password', required: true, secret: true },
    { key: 'verifyToken', label: 'Verify token', type: 'password', required: true, secret: true, help: 'Made by itself. Typed at Meta once, next to the webhook address.' },
    { key: 'baseUrl', label: 'API address', type: 'text', required: false, default: official, group: 'Advanced' },
    { key: 'apiVersion', label: 'API version', type: 'text', required: false, default: defaultVersion, group: 'Advanced' },
  ];
}

/** `appsecret_proof` is left out where the platform documents none (Instagram Login). */
export function accessOf(settings: CommonSettings): GraphAccess {
  const proves = !isInstagramLogin(settings.baseUrl);
  return { baseUrl: settings.baseUrl, version: settings.apiVersion, token: settings.accessToken, ...(proves ? { appSecret: settings.appSecret } : {}) };
}

export function isInstagramLogin(baseUrl: string): boolean {
  return new URL(baseUrl).hostname === 'graph.instagram.com';
}
