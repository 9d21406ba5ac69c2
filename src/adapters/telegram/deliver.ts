import type { Api } from 'grammy';
import { AppError, messageOf } from '../../errors.js';
import type { DeliveryOutcome, DeliveryTools, Outbound, OutboundFetch } from '../contract.js';
import type { TelegramSettings } from './config.js';
import { openApi } from './api.js';
import { isApiError, movedTo, outcomeOf } from './errors.js';
import { messageId, readMessageId, readThreadKey, type Place } from './ids.js';
import { attemptMs, requestMs, sendMax, uploadMs } from './limits.js';
import { addressing, render, type Part } from './render.js';

type FilePart = Extract<Part, { kind: 'file' }>;

/**
 * Sends one message in as many requests as it takes, and goes on behind those that an earlier attempt got through. The
 * platform knows no key of ours: a request without an answer ends as `unknown` and is never repeated by itself.
 */
export async function deliver(outbound: Outbound, settings: TelegramSettings, deps: { fetch: OutboundFetch; tools: DeliveryTools; clock: () => number }): Promise<DeliveryOutcome> {
  const startedAt = deps.clock();
  let place = currentPlace(outbound);
  if (place === undefined) return { result: 'rejected', reason: 'This conversation has no Telegram chat.', because: 'not_found' };
  const parts = render(outbound, place);
  if (parts.length === 0) return { result: 'rejected', reason: 'There is nothing to send.', because: 'invalid' };
  const large = outbound.attachments.find((attachment) => attachment.size > sendMax);
  if (large !== undefined) return { result: 'rejected', reason: `${large.name} is larger than the 50 MB that a Telegram bot may send.`, because: 'too_long' };
  const externalIds = [...outbound.sentParts];
  for (const [index, part] of parts.slice(externalIds.length).entries()) {
    if (index > 0 && deps.clock() - startedAt + longestOf(part) > attemptMs) return { result: 'retry', afterMs: 0, reason: `${externalIds.length} of ${parts.length} parts are sent` };
    const end = await sendPart(part, place, { settings, ...deps });
    if ('outcome' in end) return end.outcome;
    place = end.place;
    externalIds.push(end.externalId);
    if (externalIds.length < parts.length) await deps.tools.partSent(end.externalId);
  }
  return { result: 'sent', externalIds };
}

function longestOf(part: Part): number {
  return part.kind === 'file' ? uploadMs : requestMs;
}

/** An earlier part may have found the group under its new number. */
function currentPlace(outbound: Outbound): Place | undefined {
  const place = readThreadKey(outbound.threadKey);
  const last = readMessageId(outbound.sentParts.at(-1) ?? '')?.place.chat;
  return place === undefined || last === undefined ? place : { ...place, chat: last };
}

interface PartDeps {
  settings: TelegramSettings;
  fetch: OutboundFetch;
  tools: DeliveryTools;
}

type PartEnd = { externalId: string; place: Place } | { outcome: DeliveryOutcome };

async function sendPart(part: Part, place: Place, deps: PartDeps): Promise<PartEnd> {
  const api = await openApi(deps.settings, deps.fetch, { timeoutMs: longestOf(part) });
  const bytes = part.kind === 'file' ? await bytesOf(part, deps.tools) : undefined;
  if (bytes !== undefined && 'result' in bytes) return { outcome: bytes };
  let here = place;
  let current = part;
  for (let tries = 0; ; tries += 1) {
    try {
      return { externalId: messageId(here, await send(api, current, here, bytes)), place: here };
    } catch (error) {
      const moved = movedTo(error);
      const again = moved === undefined ? asDocument(current, error) : current;
      if (tries > 1 || again === undefined) return { outcome: outcomeOf(error) };
      if (moved !== undefined) here = { ...here, chat: moved };
      current = again;
    }
  }
}

/** Nothing is sent yet: a file that is no more ends the message, one that cannot be read now is read later. */
async function bytesOf(part: FilePart, tools: DeliveryTools): Promise<Buffer | DeliveryOutcome> {
  try {
    return await tools.readFile(part.attachment);
  } catch (error) {
    if (error instanceof AppError && error.code === 'gone') return { result: 'rejected', reason: error.message, because: 'invalid' };
    return { result: 'retry', reason: `${part.attachment.name} could not be read: ${messageOf(error)}` };
  }
}

/** A picture that Telegram cannot show as one still goes as a file; it has refused the first request. */
function asDocument(part: Part, error: unknown): Part | undefined {
  if (part.kind !== 'file' || part.as === 'document' || !isApiError(error) || error.error_code !== 400) return undefined;
  return /PHOTO_|IMAGE_PROCESS|wrong type of the web page|VIDEO_|AUDIO_|can't parse/iu.test(error.description) ? { ...part, as: 'document' } : undefined;
}

async function send(api: Api, part: Part, place: Place, bytes: Buffer | undefined): Promise<number> {
  const where = addressing(place, part.answers);
  if (part.kind === 'file') return sendFile(api, part, where, bytes ?? Buffer.alloc(0));
  const keyboard = part.choices === undefined ? {} : { reply_markup: { keyboard: part.choices.map((text) => [{ text }]), one_time_keyboard: true, resize_keyboard: true } };
  const sent = await api.raw.sendMessage({ ...where, text: part.words.text, entities: part.words.entities.map(native), ...keyboard });
  return sent.message_id;
}

async function sendFile(api: Api, part: FilePart, where: ReturnType<typeof addressing>, bytes: Buffer): Promise<number> {
  const { InputFile } = await import('grammy');
  const file = new InputFile(bytes, part.attachment.name);
  const caption = part.words === undefined ? {} : { caption: part.words.text, caption_entities: part.words.entities.map(native) };
  switch (part.as) {
    case 'photo': return (await api.raw.sendPhoto({ ...where, ...caption, photo: file })).message_id;
    case 'video': return (await api.raw.sendVideo({ ...where, ...caption, video: file })).message_id;
    case 'audio': return (await api.raw.sendAudio({ ...where, ...caption, audio: file })).message_id;
    default: return (await api.raw.sendDocument({ ...where, ...caption, document: file })).message_id;
  }
}

type NativeEntity = NonNullable<Parameters<Api['raw']['sendMessage']>[0]['entities']>[number];

/** Our entities are the platform's, but for its types being told apart one by one. */
export function native(entity: { type: string; offset: number; length: number; url?: string }): NativeEntity {
  return entity as NativeEntity;
}
