import { AppError } from '../../errors.js';
import type { DeliveryOutcome, DeliveryTools, Outbound, OutboundFetch } from '../contract.js';
import { outcomeOfError } from '../lib/outcomes.js';
import type { Holder } from './hold.js';
import { chatId, roomId } from './ids.js';
import type { Confirmation, Link } from './link.js';
import { Memory } from './memory.js';
import type { Handle } from './place.js';
import { outcomeOfStanza } from './problems.js';
import { handleOf, renderFile, renderText, renderTexts } from './render.js';
import { attr, type Stanza } from './stanza.js';
import { findUpload, upload } from './upload.js';

interface Sending {
  link: Link;
  holder: Holder;
  handle: Handle;
  domain: string;
  fetch: OutboundFetch;
}

/**
 * Sends what earlier attempts have not. Sent is what the server, or the room, has confirmed; a stanza that went into a
 * link from which nothing comes back is `unknown`.
 */
export async function deliver(outbound: Outbound, holder: Holder | undefined, tools: DeliveryTools, deps: { fetch: OutboundFetch; domain: string }): Promise<DeliveryOutcome> {
  if (holder === undefined) return { result: 'retry', afterMs: 5_000, reason: 'the account is not connected yet' };
  const isReady = await holder.ready();
  if (holder.refused !== undefined) return { result: 'rejected', reason: holder.refused, because: 'auth', channelBroken: true };
  const { link } = holder;
  if (!isReady || link === undefined) return { result: 'retry', afterMs: 3_000, reason: 'the XMPP server cannot be reached' };
  const sending: Sending = { link, holder, handle: currentHandle(handleOf(outbound), outbound, holder), ...deps };
  const steps = stepsOf(outbound, sending, tools);
  const externalIds: string[] = [...outbound.sentParts];
  for (const [at, step] of steps.entries()) {
    if (at < outbound.sentParts.length) continue;
    const end = await sendStep(step, sending);
    if ('outcome' in end) return end.outcome;
    externalIds.push(end.externalId);
    await tools.partSent(end.externalId);
  }
  return { result: 'sent', externalIds };
}

/** In a room people are called differently from time to time; the room's id for them stays. */
function currentHandle(handle: Handle, outbound: Outbound, holder: Holder): Handle {
  const person = outbound.threadKey.slice(outbound.threadKey.indexOf('/') + 1);
  const nick = handle.type === 'chat' ? undefined : holder.session?.memory.nickOf(handle.to, person);
  return nick === undefined ? handle : { ...handle, nick };
}

function stepsOf(outbound: Outbound, sending: Sending, tools: DeliveryTools): (() => Promise<Stanza>)[] {
  const { handle } = sending;
  const texts = renderTexts(outbound, handle).map((part, at) => () => Promise.resolve(renderText(outbound, handle, { ...part, at })));
  const files = outbound.attachments.map((attachment, at) => async () => {
    const service = await findUpload(sending.link, sending.domain);
    if (service === undefined) throw new NoUpload('the server takes no files (XEP-0363)');
    if (service.maxBytes !== undefined && attachment.size > service.maxBytes) throw new NoUpload(`the server takes files of at most ${service.maxBytes} bytes`);
    const bytes = await tools.readFile(attachment);
    const url = await upload(sending.link, service.jid, { name: attachment.name, mime: attachment.mime, bytes }, sending);
    return renderFile(outbound.messageId, handle, { at: texts.length + at, url });
  });
  return [...texts, ...files];
}

class NoUpload extends Error {}

async function sendStep(step: () => Promise<Stanza>, sending: Sending): Promise<{ externalId: string } | { outcome: DeliveryOutcome }> {
  let stanza: Stanza;
  try {
    stanza = await step();
  } catch (error) {
    return { outcome: beforeSending(error) };
  }
  const id = attr(stanza, 'id') ?? '';
  const isRoom = sending.handle.type === 'groupchat';
  sending.holder.session?.memory.noteSent(id);
  try {
    return ended(await sending.link.confirm(stanza, { room: isRoom }), { id, sending });
  } catch (error) {
    return { outcome: outcomeOfError(error) };
  }
}

function ended(end: Confirmation, what: { id: string; sending: Sending }): { externalId: string } | { outcome: DeliveryOutcome } {
  const { handle, holder } = what.sending;
  if (end.is === 'error') return { outcome: outcomeOfStanza(end.stanza) };
  if (end.is === 'unknown') return { outcome: { result: 'unknown', reason: 'the connection broke before the server confirmed it' } };
  const given = end.is === 'reflected' ? Memory.reflectedId(end.stanza) : undefined;
  if (given === undefined) return { externalId: chatId('out', handle.to, what.id) };
  const externalId = roomId(handle.to, given);
  holder.session?.memory.noteOwnPost(externalId, what.id);
  return { externalId };
}

/** Nothing of the message has left yet. */
function beforeSending(error: unknown): DeliveryOutcome {
  if (error instanceof NoUpload) return { result: 'rejected', reason: error.message, because: 'invalid' };
  if (error instanceof AppError && error.code === 'outbound_refused') return { result: 'rejected', reason: error.message, because: 'invalid' };
  const { condition } = error as { condition?: unknown };
  if (condition === 'not-acceptable' || condition === 'forbidden' || condition === 'not-allowed') return { result: 'rejected', reason: 'the server does not take this file', because: 'invalid' };
  return { result: 'retry', reason: error instanceof Error ? error.message : String(error) };
}
