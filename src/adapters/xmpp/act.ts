import type { DeliveryOutcome } from '../contract.js';
import type { ActionContext, MessageAction } from '../contract/abilities.js';
import { outcomeOfError } from '../lib/outcomes.js';
import { parseMarks, writeMarks } from '../lib/marks.js';
import type { Holder } from './hold.js';
import { readPostId } from './ids.js';
import type { Handle } from './place.js';
import { outcomeOfStanza } from './problems.js';
import { address, handleOf } from './render.js';
import { attr, element, ns, type Stanza } from './stanza.js';
import { stylingOut } from './styling.js';

/** Edits, deletes, reacts, tells of reading and typing. Signs of presence are sent and not waited for. */
export async function act(action: MessageAction, context: ActionContext, holder: Holder | undefined, newId: () => string): Promise<DeliveryOutcome> {
  const { link } = holder ?? {};
  if (holder === undefined || link === undefined || !(await holder.ready())) return { result: 'retry', reason: 'the XMPP server cannot be reached' };
  const handle = handleOf(context);
  const stanza = stanzaOf(action, handle, { id: newId(), ownPost: (post) => holder.session?.memory.ownPost(post) });
  if (typeof stanza === 'string') return { result: 'rejected', reason: stanza, because: 'invalid' };
  if (stanza === undefined) return { result: 'sent', reason: 'nothing to tell here' };
  holder.session?.memory.noteSent(attr(stanza, 'id') ?? '');
  try {
    if (action.type === 'typing' || action.type === 'read') {
      await link.send(stanza);
      return { result: 'sent' };
    }
    const end = await link.confirm(stanza, { room: handle.type === 'groupchat' });
    if (end.is === 'error') return outcomeOfStanza(end.stanza);
    return end.is === 'unknown' ? { result: 'unknown', reason: 'the connection broke before the server confirmed it' } : { result: 'sent' };
  } catch (error) {
    return outcomeOfError(error);
  }
}

/** A text instead: it cannot be done, and why. `undefined`: there is nothing to send. Pure. */
export function stanzaOf(action: MessageAction, handle: Handle, tools: { id: string; ownPost(post: string): string | undefined }): Stanza | string | undefined {
  const to = address(handle, tools.id);
  const isRoom = handle.type === 'groupchat';
  if (action.type === 'typing') return isRoom ? undefined : element('message', to, element(action.on ? 'composing' : 'active', { xmlns: ns.states }), element('no-store', { xmlns: ns.hints }));
  const post = readPostId(action.target);
  if (post === undefined || (post.kind === 'by' && action.type !== 'read')) return 'that message has no id by which others know it';
  const store = element('store', { xmlns: ns.hints });
  switch (action.type) {
    case 'read': return isRoom || post.kind !== 'in' ? undefined : element('message', to, element('displayed', { xmlns: ns.markers, id: post.id }), store);
    case 'react': return element('message', to, element('reactions', { xmlns: ns.reactions, id: post.id }, ...(action.on ? [element('reaction', {}, action.emoji)] : [])), store);
    case 'edit': {
      const id = isRoom ? tools.ownPost(action.target) : post.kind === 'out' ? post.id : undefined;
      if (id === undefined) return isRoom ? 'it was said before the last restart, and can be corrected no more' : 'only what we wrote can be corrected';
      return element('message', to, element('body', {}, writeMarks(parseMarks(action.text), stylingOut)), element('replace', { xmlns: ns.correct, id }), element('origin-id', { xmlns: ns.sid, id: tools.id }));
    }
    case 'delete': {
      if (!isRoom && post.kind !== 'out') return 'only what we wrote can be taken back';
      return element('message', to, element('retract', { xmlns: ns.retract, id: post.id }), element('fallback', { xmlns: ns.fallback, for: ns.retract }), element('body', {}, 'This message was taken back.'), store);
    }
  }
}
