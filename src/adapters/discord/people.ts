import type { Sender } from '../../inbox/model/event.js';
import { asText } from '../lib/read-json.js';
import { snowflake } from './ids.js';
import { nameOf } from './text-in.js';

/** User ids are the same on every server, so that one person is one identity whichever bot they write to. */
export const scope = 'discord.com';

/** The person of a user object, and of the member object where there is one; `undefined` without a proper id. */
export function senderOf(user: Record<string, unknown>, member?: Record<string, unknown>): Sender | undefined {
  const id = snowflake(user['id']);
  if (id === undefined) return undefined;
  const name = nameOf(user, member);
  const username = asText(user['username']);
  const isUnique = username !== undefined && username !== '' && (user['discriminator'] === undefined || user['discriminator'] === '0') && user['bot'] !== true;
  return {
    kind: 'discord', scope, externalUserId: id, proof: 'channel', aliases: isUnique ? [{ type: 'username', value: username.toLowerCase(), proof: 'channel' }] : [],
    ...(name === undefined || name === '' ? {} : { displayName: name }),
  };
}
