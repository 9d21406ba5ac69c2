import { messageOf } from '../../errors.js';
import type { ConnectionReport } from '../contract/abilities.js';
import { asNumber, asObject, asText } from '../lib/read-json.js';
import { DiscordRefusal, type DiscordApi } from './api.js';
import { loadChannel } from './load-channel.js';
import { isForum, isThread, readChannel } from './places.js';
import { checkedGateway } from './verify.js';

type Step = ConnectionReport['steps'][number];

/** Flags of an application: the intent as approved, or as switched on for bots on few servers. */
const contentIntentFlags = (1 << 18) | (1 << 19);
/** Text and announcements hold messages; voice and stage channels do too. */
const textTypes = new Set([0, 2, 5, 13]);

/** Token, intent, gateway, and each channel. Does not sign in to the gateway: a day has a limited number of those. */
export async function testConnection(api: DiscordApi): Promise<ConnectionReport> {
  const steps: Step[] = [await step('Bot token', async () => `signed in as ${asText(asObject(await api.ask('GET', '/users/@me'))?.['username']) ?? 'a bot'}`)];
  if (steps[0]?.ok !== true) return { ok: false, steps };
  if (api.settings.channels.length > 0) steps.push(await step('Message Content Intent', () => contentIntent(api)));
  steps.push(await step('Gateway', () => gateway(api)));
  for (const id of api.settings.channels) steps.push(await step(`Channel ${id}`, () => channel(api, id)));
  return { ok: steps.every(({ ok }) => ok), steps };
}

async function step(name: string, look: () => Promise<string>): Promise<Step> {
  try {
    return { name, ok: true, detail: await look() };
  } catch (error) {
    const isToken = error instanceof DiscordRefusal && error.status === 401;
    return { name, ok: false, detail: isToken ? 'Discord does not accept it: Developer Portal → Bot → Reset Token, and paste the new one here.' : messageOf(error) };
  }
}

async function contentIntent(api: DiscordApi): Promise<string> {
  const flags = asNumber(asObject(await api.ask('GET', '/applications/@me'))?.['flags']) ?? 0;
  if ((flags & contentIntentFlags) === 0) throw new Error('It is off: Developer Portal → Bot → Privileged Gateway Intents → Message Content Intent.');
  return 'is on';
}

async function gateway(api: DiscordApi): Promise<string> {
  const answer = asObject(await api.ask('GET', '/gateway/bot'));
  checkedGateway(answer?.['url'], api.settings.apiUrl);
  const start = asObject(answer?.['session_start_limit']);
  return `${asNumber(start?.['remaining']) ?? 0} of ${asNumber(start?.['total']) ?? 0} sign-ins left today`;
}

async function channel(api: DiscordApi, id: string): Promise<string> {
  const found = readChannel(await loadChannel(api, id));
  if (found === undefined) throw new Error('The bot does not see it: check the id, invite the bot to the server, and give it “View Channel” there.');
  if (!textTypes.has(found.type) && !isForum(found) && !isThread(found)) throw new Error('That is no channel in which anybody writes (a category?): copy the id of the channel itself.');
  const who = found.isClosed ? 'only some roles read along' : 'everybody on the server reads along';
  return `${isForum(found) ? 'forum ' : ''}#${found.name ?? id}, ${who}`;
}
