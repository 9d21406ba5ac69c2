import { createHmac } from 'node:crypto';
import type { Asked } from './json-server.js';

export const keys = {
  apiKey: 'kFakeVelowerkAppKey000001', apiSecret: 'fake-consumer-secret-of-the-velowerk-app-0001',
  accessToken: '1500000000000000001-FakeAccessTokenOfVelowerk', accessTokenSecret: 'fake-access-token-secret-of-velowerk-000001',
};

const percent = (text: string): string => [...Buffer.from(text, 'utf8')].map((byte) => (/[A-Za-z0-9\-._~]/.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)).join('');

/** The far side of OAuth 1.0a, written apart from the adapter's: whether the request is signed with our keys, freshly. */
export function checkOAuth(asked: Asked, nonces: Set<string>): { ok: boolean; seconds: number } {
  const header = asked.headers.authorization ?? '';
  const fields = new Map([...header.replace(/^OAuth\s+/, '').matchAll(/([a-z_]+)="([^"]*)"/g)].map((match) => [match[1] ?? '', decodeURIComponent(match[2] ?? '')]));
  const given = fields.get('oauth_signature') ?? '';
  const nonce = fields.get('oauth_nonce') ?? '';
  const seconds = Number(fields.get('oauth_timestamp'));
  const fresh = nonce.length >= 16 && !nonces.has(nonce);
  nonces.add(nonce);
  const pairs = [...[...fields].filter(([name]) => name !== 'oauth_signature'), ...asked.url.searchParams].map(([name, value]) => [percent(name), percent(value)] as const);
  pairs.sort((a, b) => (a[0] === b[0] ? (a[1] < b[1] ? -1 : 1) : a[0] < b[0] ? -1 : 1));
  const text = `${asked.method}&${percent(`${asked.url.origin}${asked.path}`)}&${percent(pairs.map((pair) => pair.join('=')).join('&'))}`;
  const expected = createHmac('sha1', `${percent(keys.apiSecret)}&${percent(keys.accessTokenSecret)}`).update(text).digest('base64');
  return { ok: fresh && given === expected && fields.get('oauth_token') === keys.accessToken, seconds };
}

export function webhookSignature(body: Buffer | string, secret = keys.apiSecret): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('base64')}`;
}
