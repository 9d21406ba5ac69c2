import type { Core } from '../inbox/core.js';
import { applyBotActions } from '../inbox/apply-bot-actions.js';
import type { Brief } from '../inbox/model/brief.js';
import type { Conversation } from '../inbox/model/conversation.js';
import type { Place } from '../inbox/hours/place.js';
import type { Workspace } from '../inbox/model/people.js';
import type { Bot, BotAction, BotTurn } from '../inbox/ports.js';
import { readBriefSource } from '../inbox/read/picture.js';
import type { BriefSource } from '../inbox/read/picture.js';
import { personPicture } from '../inbox/read/person.js';
import type { Router } from '../inbox/route-conversation.js';

export interface BotTurnDeps {
  core: Core;
  bot: Bot;
  decide: Router;
  makeBrief: (source: BriefSource) => Brief;
  opening: (place: Place) => BotTurn['opening'];
}

const historyRead = 50;

/** The bot looks at one message of a customer, once. Without a bot, or after it is done, the conversation is only routed. */
export async function takeBotTurn(deps: BotTurnDeps, messageId: string, options: { silent?: boolean } = {}): Promise<void> {
  const { core } = deps;
  const c = core.store.now;
  const message = await c.messages.get(messageId);
  const conversation = message === undefined ? undefined : await c.conversations.get(message.conversationId);
  if (message === undefined || conversation === undefined || conversation.ownership > 0) {
    await c.timers.clear(`turn:${messageId}`);
    return;
  }
  // Turns of one conversation follow each other, so that the second message's turn knows the first one's.
  await core.lanes.run(`turn:${conversation._id}`, async () => {
    const workspace = await c.settings.workspace();
    const underOwnership = conversation.ownership;
    const current = await c.conversations.get(conversation._id) ?? conversation;
    const silent = options.silent === true;
    const actions = workspace.botOn ? await askSafely(deps, { conversation: current, workspace, messageId, silent }) : [];
    await applyBotActions(core, { message, underOwnership, actions, botName: workspace.botName, decide: deps.decide, routeNow: !workspace.botOn || current.botDone === true, silent });
  });
}

/** A bot that fails must not keep a customer from a person: the conversation is handed over instead. */
async function askSafely(deps: BotTurnDeps, input: Parameters<typeof askBot>[1]): Promise<BotAction[]> {
  try {
    return await askBot(deps, input);
  } catch (error) {
    deps.core.log.error({ conversationId: input.conversation._id, err: error }, 'the bot failed; the conversation is handed over');
    return [{ type: 'hand_over', reason: 'the assistant failed', brief: { lines: [] } }];
  }
}

async function askBot(deps: BotTurnDeps, input: { conversation: Conversation; workspace: Workspace; messageId: string; silent: boolean }): Promise<BotAction[]> {
  const { core } = deps;
  const { conversation, workspace } = input;
  const [person, history, message] = await Promise.all([
    personPicture(core, conversation.customerId),
    core.store.now.messages.page(conversation._id, { limit: historyRead }),
    core.store.now.messages.get(input.messageId),
  ]);
  if (person === undefined || message === undefined) return [];
  const identity = person.identities.find((candidate) => candidate._id === conversation.identityId);
  const teamId = conversation.teamId ?? core.channels().get(conversation.channelId)?.teamId;
  const reachable = conversation.channelKind !== 'webchat' || identity?.aliases.some((alias) => alias.type === 'email') === true;
  return deps.bot.takeTurn({
    conversation, message, history,
    brief: deps.makeBrief(await readBriefSource(core, conversation, { person, messages: history })),
    needsAddress: !reachable,
    defaultLanguage: workspace.defaultLanguage,
    ...(person.customer.timeZone === undefined ? {} : { customerTimeZone: person.customer.timeZone }),
    ...(input.silent ? { silent: true } : {}),
    companyName: workspace.companyName,
    botName: workspace.botName,
    opening: deps.opening({ channelId: conversation.channelId, customerTags: person.customer.tags, ...(teamId === undefined ? {} : { teamId }) }),
    now: core.clock(),
  });
}
