import { addStep } from './add-step.js';
import { appendMessage } from './append-message.js';
import { type Core, laneOf, type Work, workInLane } from './core.js';
import type { Conversation } from './model/conversation.js';
import type { Message } from './model/message.js';
import { identityIdOf, recogniseSender } from './recognise-sender.js';
import type { BotAction } from './ports.js';
import { type Router, routeConversation } from './route-conversation.js';
import { answerChannel, queueDelivery } from './send-reply.js';

/** Whoever does not answer the bot's question is handed over after this time. */
const silenceMs = 3 * 60_000;

export interface TurnResult {
  message: Message;
  /** The conversation's ownership number when the turn began: under an older one nothing is said (invariant 4). */
  underOwnership: number;
  actions: readonly BotAction[];
  botName: string;
  decide: Router;
  /** The bot was not asked: the conversation is only routed. */
  routeNow: boolean;
  /** The customer left the bot's question unanswered. */
  silent?: boolean;
}

/**
 * Makes the bot's turn real: what it says goes out, what it learned is kept, a hand-over routes. If a human spoke in the
 * meantime the whole turn is dropped. Doing it again adds nothing: every id comes from the message it answers.
 */
export async function applyBotActions(core: Core, turn: TurnResult): Promise<void> {
  const seen = await core.store.now.conversations.get(turn.message.conversationId);
  if (seen === undefined) return;
  await workInLane(core, laneOf(seen), async (work) => {
    let conversation = await work.c.conversations.get(seen._id) ?? seen;
    const stale = conversation.ownership !== turn.underOwnership;
    for (const [index, action] of turn.actions.entries()) {
      if (stale) break;
      core.crashAt('bot-action');
      conversation = await applyAction(core, work, conversation, { turn, action, index });
    }
    const handedOver = turn.actions.some((action) => action.type === 'hand_over');
    if (!stale && (handedOver || turn.routeNow)) conversation = await routeConversation(core, work, conversation, { decide: turn.decide, key: turn.message._id });
    const asked = !stale && !handedOver && turn.actions.some((action) => action.type === 'say');
    if (asked) await work.c.timers.set({ _id: `silence:${conversation._id}`, kind: 'bot_silence', ref: turn.message._id, dueAt: core.clock() + silenceMs });
    else if (handedOver) await work.c.timers.clear(`silence:${conversation._id}`);
    await work.c.timers.clear(`turn:${turn.message._id}`);
  });
}

async function applyAction(core: Core, work: Work, conversation: Conversation, what: { turn: TurnResult; action: BotAction; index: number }): Promise<Conversation> {
  const { turn, action, index } = what;
  switch (action.type) {
    case 'say': return say(core, work, conversation, { turn, action, index });
    case 'note_facts': return noteFacts(core, work, conversation, action, turn.message);
    case 'hand_over': return addStep(core, work, {
      conversation, key: turn.message._id, author: { type: 'bot', name: turn.botName },
      step: { type: 'handed_over', reason: action.reason }, patch: { set: { botDone: true } },
    });
  }
}

async function say(core: Core, work: Work, conversation: Conversation, what: { turn: TurnResult; action: Extract<BotAction, { type: 'say' }>; index: number }): Promise<Conversation> {
  const { turn, action } = what;
  const now = core.clock();
  const messageId = `${conversation.channelId}:bot-${conversation._id}-${turn.message.seq}${turn.silent === true ? 's' : ''}-${what.index}`;
  if (await work.c.messages.get(messageId) !== undefined) return conversation;
  await queueDelivery(core, work, { messageId, conversation, seq: conversation.lastSeq + 1 });
  const appended = await appendMessage(core, work, {
    conversation,
    message: {
      _id: messageId, channelId: answerChannel(conversation), kind: 'out', author: { type: 'bot', name: turn.botName }, text: action.text, at: now, receivedAt: now,
      delivery: { state: 'queued', at: now, attempts: 0 },
      ...(action.choices === undefined ? {} : { choices: action.choices }),
    },
  });
  work.fx.job('deliver', messageId);
  return appended.conversation;
}

async function noteFacts(core: Core, work: Work, conversation: Conversation, facts: Extract<BotAction, { type: 'note_facts' }>, message: Message): Promise<Conversation> {
  if (facts.address !== undefined) await keepAddress(core, work, conversation, { address: facts.address, message });
  const tags = facts.orderNumber === undefined ? conversation.tags : [...new Set([...conversation.tags, `order ${facts.orderNumber}`.slice(0, 40)])];
  const changed = await work.c.conversations.change(conversation._id, {}, {
    set: {
      changeSeq: core.changes.next(), tags,
      ...(facts.language === undefined ? {} : { language: facts.language }),
      ...(facts.urgency === undefined ? {} : { urgency: facts.urgency }),
      ...(facts.orderNumber === undefined || conversation.subject !== undefined ? {} : { subject: `Order ${facts.orderNumber}` }),
      ...(facts.address === undefined ? {} : { participants: [...new Set([...conversation.participants, facts.address.toLowerCase()])] }),
    },
  });
  if (changed !== undefined) work.fx.conversation(changed.after);
  if (tags.length !== conversation.tags.length) work.fx.job('index', conversation._id);
  return changed?.after ?? conversation;
}

/** An address that was typed into the conversation: claimed, never more. */
async function keepAddress(core: Core, work: Work, conversation: Conversation, input: { address: string; message: Message }): Promise<void> {
  const identity = await work.c.identities.get(conversation.identityId);
  if (identity === undefined) return;
  const [kind = '', scope = ''] = identity._id.split(':');
  const sender = { kind: identity.kind, scope, externalUserId: identity._id.slice(kind.length + scope.length + 2), proof: identity.proof, aliases: [{ type: 'email' as const, value: input.address.toLowerCase(), proof: 'claimed' as const }] };
  if (identityIdOf(sender) !== identity._id) return;
  const who = await recogniseSender(core, work, { sender, channelId: identity.channelId, at: input.message.receivedAt });
  work.fx.customer(who.root._id);
}
