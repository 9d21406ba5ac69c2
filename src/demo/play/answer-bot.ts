import type { ChannelKind, Millis } from '../../inbox/model/common.js';
import type { MessageEvent } from '../../inbox/model/event.js';
import type { ScriptStep } from '../script/script.js';
import { seedOf } from '../world/random.js';
import { overseer, perform, type Player } from './perform.js';

/** Where the bot asks too, besides the bubble. */
const asked: ReadonlySet<ChannelKind> = new Set(['messenger', 'instagram', 'whatsapp', 'telegram', 'botframework']);
const asksForAddress = /e-?mail|adresse|address|correo|courriel|direcci[oó]n/i;

/**
 * When the bot has asked the visitor for something (an address, an order number), they tell it, half a minute later.
 * Returns when that was, or nothing.
 */
export async function answerBot(player: Player, step: Extract<ScriptStep, { do: 'write' }>, setNow: (at: Millis) => void): Promise<Millis | undefined> {
  const { event } = step;
  const state = player.threads.get(step.thread);
  const isChat = event.sender.kind === 'webchat';
  if (state === undefined || !(isChat || asked.has(event.sender.kind))) return undefined;
  const conversation = await player.deps.reads.conversation(overseer, state.conversationId);
  const said = conversation?.preview;
  if (said?.by !== 'bot' || !said.text.includes('?')) return undefined;
  const at = step.at + 25_000;
  setNow(at);
  const text = asksForAddress.test(said.text) ? addressOf(event) : String(41_200 + (seedOf(step.thread) % 17_000));
  const externalId = `${event.externalId}${isChat ? '-answer' : '7'}`;
  await perform(player, { ...step, at, files: [], event: { ...event, externalId, eventId: isChat ? `message:${externalId}` : `${event.eventId}7`, receivedAt: at, text, ...(event.clientId === undefined ? { occurredAt: at } : { clientId: `${event.clientId}-answer` }) } });
  return at;
}

function addressOf(event: MessageEvent): string {
  return event.sender.aliases.find((alias) => alias.type === 'email')?.value ?? `visitor.${(seedOf(event.thread.key) % 900) + 100}@briefpost.example`;
}
