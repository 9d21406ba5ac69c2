import type { WebClient } from '@slack/web-api';
import { endOf } from './outcome.js';
import { readPerson } from './person.js';

/**
 * Who a member is. The address only where Slack vouches for it: confirmed, and of our own workspace. `undefined` for nobody
 * that Slack knows; throws for what may be asked again.
 */
export async function colleague(client: WebClient, externalUserId: string): Promise<{ name?: string; email?: string } | undefined> {
  try {
    const [own, { user }] = await Promise.all([client.auth.test(), client.users.info({ user: externalUserId })]);
    const person = readPerson(user, own.team_id ?? '');
    if (person === undefined || person.isBot) return undefined;
    return { name: person.name, ...(person.email?.proof === 'channel' ? { email: person.email.value } : {}) };
  } catch (error) {
    if (endOf(error).outcome.result === 'rejected') return undefined;
    throw error;
  }
}
