import type { Sender } from '../../inbox/model/event.js';
import { asList, asObject, asText, field } from '../lib/read-json.js';
import { scope } from './ids.js';

/** A user as X includes it: in some events behind `data`. */
export function userIn(users: unknown, id: string): Record<string, unknown> | undefined {
  const direct = asObject(users)?.[id];
  if (direct !== undefined) return bare(direct);
  return asList(users).map(bare).find((user) => user?.['id'] === id);
}

export function bare(user: unknown): Record<string, unknown> | undefined {
  return asObject(field(user, 'data')) ?? asObject(user);
}

/** Who wrote; X vouches for the account and for its name of the moment. */
export function senderOf(id: string, user: Record<string, unknown> | undefined): Sender {
  const username = asText(user?.['username']);
  const name = asText(user?.['name']) ?? username;
  return {
    kind: 'x', scope, externalUserId: id, proof: 'channel',
    aliases: username === undefined || username === '' ? [] : [{ type: 'username', value: username.toLowerCase(), proof: 'channel' }],
    ...(name === undefined || name === '' ? {} : { displayName: name }),
  };
}

/** X labels accounts that are run by software. */
export function isAutomated(user: Record<string, unknown> | undefined): boolean {
  return field(user, 'affiliation', 'description') === 'Automated';
}
