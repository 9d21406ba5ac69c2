import type { BotSettings } from './config.js';
import { serviceHosts } from './limits.js';

/** Whether our token may go there: https on a known host, or a host that was set by an administrator. */
export function isServiceUrl(text: string, settings: Pick<BotSettings, 'serviceHosts'>): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return false;
  if (settings.serviceHosts.includes(url.host.toLowerCase())) return url.protocol === 'https:' || url.protocol === 'http:';
  return url.protocol === 'https:' && url.port === '' && isHostOf(url.hostname.toLowerCase(), serviceHosts);
}

/** `.velowerk.example` stands for any subdomain, anything else for itself. */
export function isHostOf(host: string, list: readonly string[]): boolean {
  return list.some((one) => (one.startsWith('.') ? host.endsWith(one) : host === one));
}
