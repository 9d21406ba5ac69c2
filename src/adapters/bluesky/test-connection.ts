import { messageOf } from '../../errors.js';
import type { ConnectionReport } from '../contract/abilities.js';
import { asText, field } from '../lib/read-json.js';
import { type BlueskyClient, reasonOf, wanted } from './client.js';

type Step = ConnectionReport['steps'][number];

/** Asks what a channel would ask: who we are, whether there is news, whether direct messages are allowed. Changes nothing. */
export async function testConnection(client: BlueskyClient, options: { directMessages: boolean; clock: () => number }): Promise<ConnectionReport> {
  const steps: Step[] = [];
  const step = async (name: string, ask: () => Promise<Omit<Step, 'name'>>): Promise<boolean> => {
    try {
      steps.push({ name, ...await ask() });
    } catch (error) {
      steps.push({ name, ok: false, detail: messageOf(error) });
    }
    return steps.at(-1)?.ok === true;
  };
  const signedIn = await step('Signed in', async () => {
    const answer = wanted(await client.get('com.atproto.server.getSession'), options.clock());
    return { ok: true, detail: `as @${asText(field(answer, 'handle')) ?? '?'} (${asText(field(answer, 'did')) ?? '?'})` };
  });
  if (!signedIn) return { ok: false, steps };
  await step('Notifications can be read', async () => {
    wanted(await client.get('app.bsky.notification.listNotifications', { query: [['limit', '1']] }), options.clock());
    return { ok: true, detail: 'mentions, answers and quotes will come in' };
  });
  if (options.directMessages) {
    await step('Direct messages can be read', async () => {
      const answer = await client.get('chat.bsky.convo.listConvos', { chat: true, query: [['limit', '1']] });
      if (answer.status === 200) return { ok: true, detail: 'they will come in' };
      return { ok: false, detail: `${reasonOf(answer)}. Make an app password with "Allow access to your direct messages", or switch direct messages off here.` };
    });
  }
  return { ok: steps.every(({ ok }) => ok), steps };
}
