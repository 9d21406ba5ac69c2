import type { Json } from '../../inbox/model/common.js';
import type { IgnoredEvent, InboundEvent, TypingSign } from '../../inbox/model/event.js';
import { bareJid } from './jid.js';
import { chatPlace, type ParseContext, type Place, roomPlace } from './place.js';
import { errorText } from './problems.js';
import { readContent } from './read-content.js';
import { asStanza, attr, child, elements, inner, ns, type Stanza, textOf } from './stanza.js';
import { carbonOf } from './verify.js';

export type { ParseContext } from './place.js';

export interface Parsed {
  events: InboundEvent[];
  typing?: TypingSign;
  /** They asked to be told that it arrived (XEP-0184). */
  wantsReceipt?: { to: string; id: string };
}

type Base = Pick<IgnoredEvent, 'channelId' | 'receivedAt' | 'verifiedBy'> & { occurredAt?: number };

/** One stanza as events of the inbox. Pure, never throws; what is neither a message nor a sign of one gives no events. */
export function parse(value: unknown, context: ParseContext): Parsed {
  const stanza = asStanza(value);
  if (stanza === undefined) return { events: [ignored(context, 'not a stanza', context.mark, value)] };
  if (stanza.name !== 'message') return { events: [] };
  const carbon = carbonOf(stanza, context.own);
  if (carbon === 'forged') return { events: [ignored(context, 'a copy that is not from our own account', context.mark, stanza)] };
  const parsed = carbon === undefined ? message(stanza, context) : message(carbon.message, context);
  // Copies are answered by the device that got the original.
  return carbon === undefined ? parsed : { events: parsed.events, ...(parsed.typing === undefined ? {} : { typing: parsed.typing }) };
}

function message(stanza: Stanza, context: ParseContext): Parsed {
  if (attr(stanza, 'type') === 'error') return { events: [failure(stanza, context)] };
  const isRoom = attr(stanza, 'type') === 'groupchat';
  if (isRoom && context.archived === undefined && isHistory(stanza)) return { events: [ignored(context, 'history of the room', context.mark)] };
  const place = isRoom ? roomPlace(stanza, context) : chatPlace(stanza, context);
  if (place === undefined) return { events: [ignored(context, 'a message to ourselves', context.mark)] };
  if (typeof place === 'string') return { events: [ignored(context, place, context.mark)] };
  return spoken(stanza, place, context);
}

/** A message's own content, in the order of what excludes what: changes carry a text for old clients, too. */
function spoken(stanza: Stanza, place: Place, context: ParseContext): Parsed {
  const base = baseOf(stanza, context);
  const change = changeOf(stanza, place, base, context);
  if (change !== undefined) return { events: [change] };
  const content = readContent(stanza);
  const isEmpty = content.text === '' && content.files.length === 0 && content.unreadable === undefined && content.quoted === undefined;
  if (isEmpty) return withoutText(stanza, place, context, base);
  if (place.isRoom && !place.isForUs && context.roomMessages === 'addressed') return { events: [ignored(context, 'not addressed to us', place.mark)] };
  const reply = child(stanza, 'reply', ns.reply);
  const answered = attr(reply, 'id');
  const repliesToUs = bareJid(attr(reply, 'to')) === context.own;
  const event: InboundEvent = {
    ...base, type: 'message', eventId: `message ${place.externalId}`, externalId: place.externalId, direction: place.direction, sender: place.sender, text: content.text,
    thread: {
      key: place.threadKey, keyIs: 'exact', handle: place.handle,
      ...(place.audience === undefined ? {} : { audience: place.audience }),
      ...(answered === undefined ? {} : { repliesTo: [repliesToUs ? place.names.seen(answered) : place.names.any(answered)] }),
    },
    ...(place.recipient === undefined ? {} : { recipient: place.recipient }),
    ...(place.silent === undefined ? {} : { silent: place.silent }),
    ...(place.echoOf === undefined ? {} : { echoOf: place.echoOf }),
    ...(place.otherIds.length === 0 ? {} : { otherIds: place.otherIds }),
    ...(content.quoted === undefined ? {} : { quoted: content.quoted }),
    ...(content.unreadable === undefined ? {} : { unreadable: content.unreadable }),
    ...(content.files.length === 0 ? {} : { remoteFiles: content.files }),
  };
  return { events: [event], ...receiptWanted(stanza, place) };
}

function receiptWanted(stanza: Stanza, place: Place): Pick<Parsed, 'wantsReceipt'> {
  const [id, from] = [attr(stanza, 'id'), attr(stanza, 'from')];
  const asked = place.direction === 'in' && !place.isRoom && child(stanza, 'request', ns.receipts) !== undefined;
  return asked && id !== undefined && from !== undefined ? { wantsReceipt: { to: from, id } } : {};
}

/** Edits, deletions, reactions and receipts. A room's retraction is believed of the post's own author and of the room. */
function changeOf(stanza: Stanza, place: Place, base: Base, context: ParseContext): InboundEvent | undefined {
  const { threadKey, mark, names } = place;
  const edited = attr(child(stanza, 'replace', ns.correct), 'id');
  if (edited !== undefined) {
    const revision = ((base.occurredAt ?? context.receivedAt) + (context.order % 1_000) / 1_000).toFixed(3);
    return { ...base, type: 'edit', eventId: `edit ${place.peer} ${mark}`, target: names.edit(edited), threadKey, revision, text: readContent(stanza).text };
  }
  const retracted = retractedId(stanza);
  if (retracted !== undefined) {
    if (place.isRoom && context.authorOf(place.peer, retracted) !== place.author) return ignored(context, 'a retraction by somebody else than the author', mark, stanza);
    return { ...base, type: 'delete', eventId: `delete ${place.peer} ${mark}`, target: place.isRoom ? names.any(retracted) : names.edit(retracted), threadKey, by: 'author' };
  }
  const reactions = child(stanza, 'reactions', ns.reactions);
  const reacted = attr(reactions, 'id');
  if (reacted !== undefined) return reactionOf({ reactions, reacted, place, base });
  return receiptOf(stanza, place, base);
}

function retractedId(stanza: Stanza): string | undefined {
  const old = child(stanza, 'apply-to', ns.fasten);
  return attr(child(stanza, 'retract', ns.retract), 'id') ?? (child(old, 'retract', ns.retractOld) === undefined ? undefined : attr(old, 'id'));
}

/** XEP-0444 tells all reactions of the person each time; the newest set counts, and we keep its last one. */
function reactionOf(what: { reactions: Stanza | undefined; reacted: string; place: Place; base: Base }): InboundEvent {
  const emoji = elements(what.reactions).filter((each) => each.name === 'reaction').map((each) => textOf(each).trim()).filter((each) => each !== '' && each.length <= 64);
  const { place } = what;
  const newest = emoji.at(-1);
  return {
    ...what.base, type: 'reaction', eventId: `reaction ${place.peer} ${place.mark}`, target: place.names.any(what.reacted), threadKey: place.threadKey, op: 'set', by: place.sender,
    ...(newest === undefined ? {} : { emoji: newest }),
  };
}

function receiptOf(stanza: Stanza, place: Place, base: Base): InboundEvent | undefined {
  if (place.direction === 'out') return undefined;
  const received = attr(child(stanza, 'received', ns.receipts), 'id') ?? attr(child(stanza, 'received', ns.markers), 'id');
  if (received !== undefined) return { ...base, type: 'delivery', eventId: `received ${place.peer} ${received}`, targets: [place.names.seen(received)], state: 'delivered', reason: 'their device has it' };
  const seen = child(stanza, 'displayed', ns.markers) ?? child(stanza, 'acknowledged', ns.markers);
  const id = attr(seen, 'id');
  return id === undefined ? undefined : { ...base, type: 'receipt', eventId: `seen ${place.peer} ${id}`, state: 'read', threadKey: place.threadKey, upToId: place.names.seen(id) };
}

/** Signs of typing are told and forgotten; anything else without a text is kept as what it is. */
function withoutText(stanza: Stanza, place: Place, context: ParseContext, base: Base): Parsed {
  const state = elements(stanza).find((each) => attr(each, 'xmlns') === ns.states)?.name;
  if (state !== undefined) {
    if (place.direction === 'out' || place.isRoom || context.archived !== undefined) return { events: [] };
    return { events: [], typing: { channelId: context.channelId, threadKey: place.threadKey, on: state === 'composing' } };
  }
  if (inner(stanza, 'subject') !== undefined) return { events: [ignored(context, 'a new subject', place.mark, stanza)] };
  const kind = elements(stanza).find((each) => !['stanza-id', 'origin-id', 'delay', 'store', 'no-store', 'thread', 'occupant-id'].includes(each.name));
  return { events: [{ ...ignored(context, `unknown kind ${kind === undefined ? 'message' : attr(kind, 'xmlns') ?? kind.name}`, place.mark, stanza), ...base }] };
}

/** What we sent did not arrive, in the words of whoever sent it back. */
function failure(stanza: Stanza, context: ParseContext): InboundEvent {
  const place = chatPlace({ ...stanza, attrs: { ...stanza.attrs, type: 'chat' } }, context);
  const id = attr(stanza, 'id');
  if (place === undefined || id === undefined) return ignored(context, `an error: ${errorText(stanza)}`, context.mark, stanza);
  return { ...baseOf(stanza, context), type: 'delivery', eventId: `failed ${place.peer} ${id}`, targets: [place.names.seen(id)], state: 'failed', reason: errorText(stanza) };
}

/** Rooms tell what was said before we came; a server that held a message back for us names itself instead. */
function isHistory(stanza: Stanza): boolean {
  const delay = child(stanza, 'delay', ns.delay);
  if (delay === undefined) return false;
  const by = attr(delay, 'from');
  return by === undefined || bareJid(by) === bareJid(attr(stanza, 'from'));
}

function baseOf(stanza: Stanza, context: ParseContext): Base {
  const told = context.archived?.at ?? timeOf(attr(child(stanza, 'delay', ns.delay), 'stamp'));
  return { channelId: context.channelId, receivedAt: context.receivedAt, verifiedBy: 'connection', ...(told === undefined ? {} : { occurredAt: told }) };
}

/** A stamp as XMPP writes it (XEP-0082). */
export function timeOf(stamp: string | undefined): number | undefined {
  const at = stamp === undefined ? Number.NaN : Date.parse(stamp);
  return Number.isFinite(at) ? at : undefined;
}

function ignored(context: ParseContext, reason: string, mark: string, native?: unknown): IgnoredEvent {
  return {
    type: 'ignored', channelId: context.channelId, receivedAt: context.receivedAt, verifiedBy: 'connection', eventId: `ignored ${mark}`, reason,
    ...(native === undefined ? {} : { native: plain(native, 0) }),
  };
}

/** A bounded copy without the SDK's own fields. */
function plain(value: unknown, depth: number): Json {
  const stanza = asStanza(value);
  if (stanza === undefined) return String(value).slice(0, 2_000);
  const attrs = Object.fromEntries(Object.entries(stanza.attrs).slice(0, 20).map(([key, text]) => [key, String(text).slice(0, 500)]));
  return { name: stanza.name, attrs, children: depth > 4 || !Array.isArray(stanza.children) ? [] : stanza.children.slice(0, 20).map((each) => plain(each, depth + 1)) };
}
