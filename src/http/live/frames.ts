import { assertNever } from '../../errors.js';
import type { Viewer } from '../../inbox/api.js';
import type { Notice } from '../../inbox/ports.js';
import { presentConversation } from '../api/present-conversation.js';
import { presentMessage } from '../api/present-message.js';
import type { LiveEvents } from '../api/shapes.js';

/** A change of a conversation, or a notice that is only of this moment. `data` is made once for all who get it. */
export interface Frame {
  /** Which conversation and which of its changes, where it is one: tells what a replay has brought already. */
  change?: { conversationId: string; changeSeq: number };
  /** What this viewer gets of it; `undefined`: nothing. */
  textFor(viewer: Viewer): string | undefined;
}

type MaySee = (viewer: Viewer, conversation: { teamId?: string; assigneeId?: string }) => boolean;

/** One SSE event, without its id. JSON has no raw line ends, so that one `data:` line holds it. */
export function eventText<K extends keyof LiveEvents>(name: K, data: LiveEvents[K]): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n`;
}

/** Turns a notice into a frame; who may see it is asked for each viewer at the moment of sending. */
export function frameOf(notice: Notice, maySee: MaySee): Frame {
  if (notice.kind === 'conversation') return conversationFrame(notice, maySee);
  const text = once(() => plainText(notice));
  if (notice.kind === 'typing' || notice.kind === 'viewing') return { textFor: (viewer) => (maySee(viewer, notice) ? text() : undefined) };
  return { textFor: text };
}

function conversationFrame(notice: Extract<Notice, { kind: 'conversation' }>, maySee: MaySee): Frame {
  const { conversation, changeSeq, previously } = notice;
  const label = { id: conversation.channelId, kind: conversation.channelKind, name: conversation.channelName };
  const whole = once(() =>
    eventText('conversation', { changeSeq, conversation: presentConversation(conversation), messages: notice.messages.map((message) => presentMessage(message, () => label)) }));
  const gone = once(() => eventText('gone', { changeSeq, id: conversation._id }));
  return {
    change: { conversationId: conversation._id, changeSeq },
    textFor(viewer) {
      if (maySee(viewer, conversation)) return whole();
      return previously && maySee(viewer, previously) ? gone() : undefined;
    },
  };
}

function plainText(notice: Exclude<Notice, { kind: 'conversation' }>): string {
  switch (notice.kind) {
    case 'typing':
      return eventText('typing', { conversationId: notice.conversationId, who: { type: notice.who.type, id: notice.who.id, name: notice.who.name }, on: notice.on });
    case 'viewing':
      return eventText('viewing', { conversationId: notice.conversationId, agents: notice.agents.map(({ id, name }) => ({ id, name })) });
    case 'customer':
      return eventText('customer', { id: notice.customerId });
    case 'channel':
      return eventText('channel', { id: notice.channel._id, kind: notice.channel.kind, name: notice.channel.name, state: notice.channel.state, stateReason: notice.channel.stateReason });
    case 'agent':
      return eventText('agent', { id: notice.agentId });
    case 'counts':
      return eventText('counts', {});
    default:
      return assertNever(notice);
  }
}

function once(make: () => string): () => string {
  let made: string | undefined;
  return () => (made ??= make());
}
