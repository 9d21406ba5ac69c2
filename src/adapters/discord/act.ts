import type { DeliveryOutcome } from '../contract.js';
import type { ActionContext, MessageAction } from '../contract/abilities.js';
import { DiscordRefusal, type DiscordApi } from './api.js';
import { snowflake } from './ids.js';
import { outcomeOf } from './outcome-of-refusal.js';
import { renderOne } from './render.js';

/** Changes, deletes and reacts to a message, or shows for ten seconds that somebody is typing. */
export async function act(action: MessageAction, about: ActionContext, api: DiscordApi): Promise<DeliveryOutcome> {
  const channel = snowflake(about.threadKey);
  if (channel === undefined) return { result: 'rejected', because: 'not_found', reason: 'There is no such channel on Discord.' };
  try {
    return await doIt(action, `/channels/${channel}`, api);
  } catch (error) {
    // What is gone already needs no deleting; doing it twice is the same as once.
    if (action.type === 'delete' && error instanceof DiscordRefusal && error.code === 10008) return { result: 'sent' };
    return outcomeOf(error);
  }
}

async function doIt(action: MessageAction, channel: `/${string}`, api: DiscordApi): Promise<DeliveryOutcome> {
  switch (action.type) {
    case 'typing':
      // It ends by itself, or with the message.
      if (action.on) await api.ask('POST', `${channel}/typing`);
      return { result: 'sent' };
    case 'edit': {
      const content = renderOne(action.text);
      if (content === undefined) return { result: 'rejected', because: 'too_long', reason: 'The text is empty, or too long for one message on Discord.' };
      await api.ask('PATCH', message(channel, action.target), { body: { content, allowed_mentions: { parse: [] } } });
      return { result: 'sent' };
    }
    case 'delete':
      await api.ask('DELETE', message(channel, action.target));
      return { result: 'sent' };
    case 'react':
      await api.ask(action.on ? 'PUT' : 'DELETE', `${message(channel, action.target)}/reactions/${encodeURIComponent(action.emoji)}/@me`);
      return { result: 'sent' };
    case 'read':
      return { result: 'rejected', because: 'invalid', reason: 'Discord knows no read receipts for bots.' };
  }
}

function message(channel: `/${string}`, target: string): `/${string}` {
  const id = snowflake(target);
  if (id === undefined) throw new DiscordRefusal('There is no such message on Discord.', { status: 404, code: 10008 });
  return `${channel}/messages/${id}`;
}
