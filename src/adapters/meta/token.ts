import type { Millis } from '../../inbox/model/common.js';
import type { OutboundFetch } from '../contract.js';
import { asList, asNumber, asText, field } from '../lib/read-json.js';
import { accessOf, type CommonSettings } from './config.js';
import { errorOf } from './errors.js';
import { callGraph, isTaken } from './graph.js';

/** What Meta says of an access token. */
export type TokenFacts =
  | { state: 'valid'; scopes: string[]; /** Absent: it does not end. */ expiresAt?: Millis }
  | { state: 'invalid'; reason: string }
  /** The app id and secret were refused, or Meta did not say. */
  | { state: 'untold'; reason: string };

/** Asks for the token's end and rights (`debug_token`), as the app. Changes nothing. Throws what the guarded client throws. */
export async function readToken(fetch: OutboundFetch, settings: CommonSettings): Promise<TokenFacts> {
  const { appId, appSecret, accessToken, baseUrl, apiVersion } = settings;
  const answer = await callGraph(fetch, { baseUrl, version: apiVersion, token: `${appId}|${appSecret}` }, 'GET', 'debug_token', { query: { input_token: accessToken } });
  const data = field(answer.body, 'data');
  if (!isTaken(answer) || data === undefined) return { state: 'untold', reason: errorOf(answer.body)?.text ?? `Meta answered ${answer.status}` };
  if (field(data, 'is_valid') !== true) return { state: 'invalid', reason: asText(field(data, 'error', 'message')) ?? 'the token is not valid any more' };
  const seconds = asNumber(field(data, 'expires_at')) ?? 0;
  const scopes = asList(field(data, 'scopes')).flatMap((scope) => asText(scope) ?? []);
  return { state: 'valid', scopes, ...(seconds > 0 ? { expiresAt: seconds * 1_000 } : {}) };
}

/** Whether the token still opens an object at all: what is left where Meta offers no `debug_token`. */
export async function tryToken(fetch: OutboundFetch, settings: CommonSettings, path: string): Promise<TokenFacts> {
  const answer = await callGraph(fetch, accessOf(settings), 'GET', path, { query: { fields: 'id' } });
  if (isTaken(answer)) return { state: 'valid', scopes: [] };
  const error = errorOf(answer.body);
  const text = error?.text ?? `Meta answered ${answer.status}`;
  return error?.code === 190 ? { state: 'invalid', reason: text } : { state: 'untold', reason: text };
}
