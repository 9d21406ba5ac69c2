import type { Activity, Transcript } from 'botbuilder-core';
import type { Message } from '../../inbox/model/message.js';
import type { BotAction, BotTurn } from '../../inbox/ports.js';

/** Name of the event with which the bot notes facts; the hand-over has botbuilder's own name. */
export const factsEvent = 'rapport.facts';
/** Name of the event that says that nobody has answered the bot's question. */
export const silenceEvent = 'rapport.silence';

const handOffEvent = 'handoff.initiate';
const transcriptLength = 20;

/** The customer's message as botbuilder knows messages. */
export function activityOf(turn: BotTurn): Partial<Activity> {
  const { conversation, message } = turn;
  return {
    ...addressed(turn),
    ...(turn.silent === true ? { type: 'event', name: silenceEvent } : { type: 'message', text: message.text }),
    id: message._id,
    from: { id: conversation.identityId, name: conversation.customerName },
    recipient: { id: 'bot', name: turn.botName },
    timestamp: new Date(message.at),
  };
}

function addressed(turn: BotTurn): Pick<Activity, 'channelId' | 'serviceUrl' | 'conversation'> {
  const { conversation } = turn;
  return { channelId: conversation.channelKind, serviceUrl: 'urn:rapport', conversation: { id: conversation._id, isGroup: false, conversationType: 'personal', name: conversation.subject ?? '' } };
}

/** The last messages, for the hand-over event. */
export function transcriptOf(turn: BotTurn): Transcript {
  const said = turn.history.filter((message) => message.kind === 'in' || message.kind === 'out').slice(-transcriptLength);
  return { activities: said.map((message) => transcriptLine(turn, message)) };
}

/** botbuilder's type wants every field of an activity; only these say something here. */
function transcriptLine(turn: BotTurn, message: Message): Activity {
  const line: Partial<Activity> = { ...addressed(turn), type: 'message', id: message._id, timestamp: new Date(message.at), from: { id: message.author.id ?? message.author.type, name: message.author.name }, text: message.text };
  return line as Activity;
}

/** What the bot sent, as the inbox knows it. Traces and typing are nothing to the inbox. */
export function actionsOf(sent: readonly Partial<Activity>[], turn: BotTurn): BotAction[] {
  return sent.flatMap((activity) => actionOf(activity, turn) ?? []);
}

function actionOf(activity: Partial<Activity>, turn: BotTurn): BotAction | undefined {
  if (activity.type === 'message' && typeof activity.text === 'string' && activity.text !== '') {
    const choices = (activity.suggestedActions?.actions ?? []).map((action) => String(action.value));
    return { type: 'say', text: activity.text, ...(choices.length === 0 ? {} : { choices }) };
  }
  if (activity.type !== 'event') return undefined;
  if (activity.name === handOffEvent) return { type: 'hand_over', reason: reasonIn(activity.value), brief: turn.brief };
  return activity.name === factsEvent ? { ...factsIn(activity.value), type: 'note_facts' } : undefined;
}

function reasonIn(value: unknown): string {
  return typeof value === 'object' && value !== null && 'reason' in value ? String(value.reason) : '';
}

export type NotedFacts = Omit<Extract<BotAction, { type: 'note_facts' }>, 'type'>;

function factsIn(value: unknown): NotedFacts {
  return value as NotedFacts;
}
