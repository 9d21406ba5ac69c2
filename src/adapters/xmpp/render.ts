import type { Outbound } from '../contract.js';
import { parseMarks, writeMarks } from '../lib/marks.js';
import { splitText } from '../lib/split-text.js';
import { readPostId, stanzaIdOf } from './ids.js';
import { capabilities } from './limits.js';
import type { Handle } from './place.js';
import { element, ns, type Stanza } from './stanza.js';
import { stylingOut } from './styling.js';

/** Where an answer goes. Threads that nobody has written in yet are known by the person alone. */
export function handleOf(what: { handle?: unknown; to: { externalUserId: string } }): Handle {
  const { handle } = what;
  if (typeof handle === 'object' && handle !== null && 'to' in handle && 'type' in handle && typeof handle.to === 'string') {
    const type = handle.type === 'groupchat' || handle.type === 'pm' ? handle.type : 'chat';
    return { to: handle.to, type, ...('nick' in handle && typeof handle.nick === 'string' ? { nick: handle.nick } : {}) };
  }
  return { to: what.to.externalUserId, type: 'chat' };
}

/** The texts of an answer, part by part, in the styling of XMPP. Pure. */
export function renderTexts(outbound: Pick<Outbound, 'text' | 'choices'>, handle: Handle): { text: string; isPlain: boolean }[] {
  const marks = parseMarks(outbound.text);
  const isPlain = marks.every((mark) => mark.type === 'text' || mark.type === 'link');
  const choices = (outbound.choices ?? []).map((choice) => `\n• ${choice}`).join('');
  const whole = `${handle.type === 'groupchat' && handle.nick !== undefined ? `${handle.nick}: ` : ''}${writeMarks(marks, stylingOut).trim()}${choices}`;
  return splitText(whole, capabilities.textMax, 'byte').map((text) => ({ text, isPlain }));
}

/** One part as a stanza. Its id is ours, so that whatever comes back about it finds the message. Pure. */
export function renderText(outbound: Pick<Outbound, 'messageId' | 'answers'>, handle: Handle, part: { at: number; text: string; isPlain: boolean }): Stanza {
  const answered = outbound.answers === undefined ? undefined : readPostId(outbound.answers.externalId);
  const replies = part.at === 0 && answered !== undefined && handle.type !== 'pm' && (answered.kind === 'room' || answered.kind === 'in');
  return element('message', address(handle, stanzaIdOf(outbound.messageId, part.at)),
    element('body', {}, part.text),
    replies ? element('reply', { xmlns: ns.reply, to: handle.type === 'groupchat' ? `${handle.to}/${handle.nick ?? ''}` : answered.peer, id: answered.id }) : undefined,
    part.isPlain ? element('unstyled', { xmlns: ns.unstyled }) : undefined,
    ...asked(handle, outbound.messageId, part.at));
}

/** A file that lies at our server already. Pure. */
export function renderFile(messageId: string, handle: Handle, part: { at: number; url: string }): Stanza {
  return element('message', address(handle, stanzaIdOf(messageId, part.at)),
    element('body', {}, part.url), element('x', { xmlns: ns.oob }, element('url', {}, part.url)), ...asked(handle, messageId, part.at));
}

/** Attributes of a message to a person, a room, or somebody in one. */
export function address(handle: Handle, id: string): Record<string, string> {
  return { to: handle.type === 'pm' ? `${handle.to}/${handle.nick ?? ''}` : handle.to, type: handle.type === 'groupchat' ? 'groupchat' : 'chat', id };
}

/** Receipts and markers are asked for, but of no room: everybody in it would answer. */
function asked(handle: Handle, messageId: string, at: number): Stanza[] {
  const origin = element('origin-id', { xmlns: ns.sid, id: stanzaIdOf(messageId, at) });
  if (handle.type === 'groupchat') return [origin];
  return [
    element('active', { xmlns: ns.states }), element('request', { xmlns: ns.receipts }), element('markable', { xmlns: ns.markers }), origin,
    ...(handle.type === 'pm' ? [element('x', { xmlns: ns.mucUser })] : []),
  ];
}
