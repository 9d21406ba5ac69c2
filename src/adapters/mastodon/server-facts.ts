import { asList, asNumber, asText, field } from '../lib/read-json.js';
import { type MastodonClient, wanted } from './client.js';
import { fileMax, mediaMax, textDefault, urlDefault } from './limits.js';

/** What the server says of itself and of our account. */
export interface ServerFacts {
  accountId: string;
  acct: string;
  /** The profile's address: how a mention of us is known in HTML. */
  profileUrl: string;
  textMax: number;
  perUrl: number;
  mediaMax: number;
  imageMax: number;
  /** Hosts on which this server keeps files: its own, and those of its picture and our avatar. */
  mediaHosts: string[];
}

/** Asks who we are and what the server allows. Two requests; throws as `wanted` does. */
export async function readServerFacts(client: MastodonClient, now: number): Promise<ServerFacts> {
  const me = wanted(await client('/api/v1/accounts/verify_credentials'), now);
  const instance = await client('/api/v2/instance');
  const about = instance.status === 200 ? instance.json : undefined;
  const statuses = field(about, 'configuration', 'statuses');
  return {
    accountId: asText(field(me, 'id')) ?? '',
    acct: asText(field(me, 'acct')) ?? '',
    profileUrl: asText(field(me, 'url')) ?? '',
    textMax: asNumber(field(statuses, 'max_characters')) ?? textDefault,
    perUrl: asNumber(field(statuses, 'characters_reserved_per_url')) ?? urlDefault,
    mediaMax: asNumber(field(statuses, 'max_media_attachments')) ?? mediaMax,
    imageMax: asNumber(field(about, 'configuration', 'media_attachments', 'image_size_limit')) ?? fileMax,
    mediaHosts: [field(about, 'thumbnail', 'url'), field(me, 'avatar')].flatMap((url) => hostOf(url) ?? []),
  };
}

export function hostOf(url: unknown): string | undefined {
  return typeof url === 'string' && URL.canParse(url) ? new URL(url).host.toLowerCase() : undefined;
}

/** Scopes of the token, where the server tells them. */
export async function readScopes(client: MastodonClient): Promise<readonly string[] | undefined> {
  const answer = await client('/api/v1/apps/verify_credentials');
  const scopes = asList(field(answer.json, 'scopes')).flatMap((scope) => asText(scope) ?? []);
  return scopes.length === 0 ? undefined : scopes;
}
