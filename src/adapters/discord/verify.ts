import { AppError } from '../../errors.js';
import { fileHosts } from './limits.js';

/**
 * Discord names the gateway itself, in answers and in READY: our token goes there, so the address is checked. Only
 * `wss` on Discord's hosts, or the very host and port that an operator typed as API address. Throws `outbound_refused`.
 */
export function checkedGateway(address: unknown, apiUrl: string): string {
  const api = new URL(apiUrl);
  const url = typeof address === 'string' && URL.canParse(address) ? new URL(address) : undefined;
  const fits = url !== undefined && url.username === '' && url.password === '' && (isDiscords(api.hostname) ? isDiscordGateway(url) : isOperators(url, api));
  if (!fits) throw new AppError('outbound_refused', `The gateway address that was named is none of ${isDiscords(api.hostname) ? "Discord's" : api.host}.`, { facts: { host: url?.host ?? '' } });
  return url.href.replace(/\/(?=$|\?)/u, '');
}

function isDiscordGateway(url: URL): boolean {
  return url.protocol === 'wss:' && url.port === '' && /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.discord\.(?:gg|com)$/u.test(url.hostname);
}

function isOperators(url: URL, api: URL): boolean {
  return url.host === api.host && (url.protocol === 'wss:' || (url.protocol === 'ws:' && api.protocol === 'http:'));
}

function isDiscords(host: string): boolean {
  return host === 'discord.com' || host.endsWith('.discord.com') || host === 'discordapp.com';
}

/** Whether a file may be fetched from there: Discord's file hosts, or the API address that an operator typed. */
export function isFileHost(address: string, apiUrl: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  const api = new URL(apiUrl);
  if (url.protocol === 'https:' && url.port === '' && (fileHosts as readonly string[]).includes(url.hostname)) return true;
  return !isDiscords(api.hostname) && url.host === api.host && url.protocol === api.protocol;
}
