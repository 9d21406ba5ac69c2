import type { Api } from 'grammy';
import type { DeliveryOutcome, OutboundFetch } from '../contract.js';
import type { ActionContext, MessageAction } from '../contract/abilities.js';
import type { TelegramSettings } from './config.js';
import { openApi } from './api.js';
import { native } from './deliver.js';
import { isApiError, outcomeOf } from './errors.js';
import { readMessageId, readThreadKey } from './ids.js';
import { addressing, renderText } from './render.js';

/** `read` is left out: bots have no read marks outside business accounts. */
export const actions = ['edit', 'delete', 'react', 'typing'] as const satisfies readonly MessageAction['type'][];

/** Words that say that it is as wanted already. */
const done = /message is not modified|message to delete not found|MESSAGE_NOT_MODIFIED/iu;

/** Does it, and takes "it is so already" for done. */
export async function act(action: MessageAction, context: ActionContext, deps: { settings: TelegramSettings; fetch: OutboundFetch }): Promise<DeliveryOutcome> {
  const api = await openApi(deps.settings, deps.fetch);
  try {
    return await doIt(api, action, context);
  } catch (error) {
    return isApiError(error) && done.test(error.description) ? { result: 'sent' } : outcomeOf(error);
  }
}

async function doIt(api: Api, action: MessageAction, context: ActionContext): Promise<DeliveryOutcome> {
  if (action.type === 'typing') return typing(api, action.on, context);
  const target = readMessageId(action.target);
  if (target === undefined) return { result: 'rejected', reason: 'That is no message of Telegram’s.', because: 'not_found' };
  const { place, message } = target;
  switch (action.type) {
    case 'edit': await edit(api, action.text, target); break;
    case 'delete':
      if (place.connection === undefined) await api.raw.deleteMessage({ chat_id: place.chat, message_id: message });
      else await api.raw.deleteBusinessMessages({ business_connection_id: place.connection, message_ids: [message] });
      break;
    case 'react':
      await api.raw.setMessageReaction({ chat_id: place.chat, message_id: message, reaction: action.on ? [{ type: 'emoji', emoji: action.emoji as '👍' }] : [] });
      break;
    default: return { result: 'rejected', reason: 'Telegram has no read marks for bots.', because: 'invalid' };
  }
  return { result: 'sent' };
}

/** The words under a file are its caption, and are changed by another method. */
async function edit(api: Api, text: string, { place, message }: NonNullable<ReturnType<typeof readMessageId>>): Promise<void> {
  const words = renderText(text, place);
  const where = { ...addressing(place), message_id: message };
  try {
    await api.raw.editMessageText({ ...where, text: words.text, entities: words.entities.map(native) });
  } catch (error) {
    if (!isApiError(error) || !/no text in the message/iu.test(error.description)) throw error;
    await api.raw.editMessageCaption({ ...where, caption: words.text, caption_entities: words.entities.map(native) });
  }
}

/** Shown for five seconds, or until a message comes; there is nothing to take it back with. */
async function typing(api: Api, on: boolean, context: ActionContext): Promise<DeliveryOutcome> {
  const place = readThreadKey(context.threadKey);
  if (on && place !== undefined && place.topic?.kind !== 'd') await api.raw.sendChatAction({ ...addressing(place), action: 'typing' });
  return { result: 'sent' };
}
