import { isTimeZone } from '../../inbox/hours/zone-offsets.js';
import type { VisitorClaim, VisitorPass } from '../../adapters/contract/visitors.js';
import type { VisitorConfig, VisitorSession } from './frames.js';
import { emailOf } from './email-of.js';
import { ownConversations, visitorOf, type Entrance, type Visitor, type VisitorContext } from './visitor.js';

/** A new visitor, or the one whose token is still good; the token slides. Nothing is stored. */
export async function openSession(context: VisitorContext, entrance: Entrance, asked: { token?: string; language?: string; timeZone?: string }): Promise<VisitorSession> {
  const { deps } = context;
  const channelId = entrance.account.channel._id;
  const language = chooseLanguage(asked.language, entrance.settings.languages);
  const known = asked.token === undefined ? undefined : deps.webchat.openPass(asked.token, channelId, deps.clock());
  if (known === undefined) await context.limits.newVisitor(entrance.ip);
  else await context.limits.signal({ visitorId: known.visitorId, ip: entrance.ip });
  // What a browser says is a zone only when it is one.
  const timeZone = asked.timeZone !== undefined && isTimeZone(asked.timeZone) ? { timeZone: asked.timeZone } : {};
  const pass = { ...(known ?? deps.webchat.newPass(channelId)), language, ...timeZone };
  return sessionOf(context, visitorOf(context, entrance, pass));
}

/**
 * Notes who the visitor says, or proves, they are. Somebody who has not written yet is not stored: what is known travels in
 * the token and arrives with the first message.
 */
export async function claimIdentity(context: VisitorContext, visitor: Visitor, claim: VisitorClaim): Promise<{ session: VisitorSession; visitor: Visitor }> {
  const { deps } = context;
  const { pass } = deps.webchat.identify(visitor.pass, claim, visitor.account);
  const next = visitorOf(context, visitor, pass);
  if (await isKnown(context, next)) await tellIdentity(context, pass);
  return { session: await sessionOf(context, next), visitor: next };
}

/** Durable when it resolves. */
export async function tellIdentity(context: VisitorContext, pass: VisitorPass): Promise<void> {
  await context.deps.sink(context.deps.webchat.identityEvents(pass, context.deps.clock()));
}

export async function sessionOf(context: VisitorContext, visitor: Visitor): Promise<VisitorSession> {
  const { pass } = visitor;
  const { deps } = context;
  const [conversations, email, config] = await Promise.all([
    ownConversations(context, visitor), emailOf(context, visitor), configOf(context, visitor, pass.language),
  ]);
  return {
    token: deps.webchat.sealPass(pass, deps.clock()),
    proven: pass.userId !== undefined,
    hasConversations: conversations.length > 0,
    config,
    ...(pass.name === undefined ? {} : { name: pass.name }),
    ...(email === undefined ? {} : { email }),
  };
}

/** What anybody on an allowed page may know of the bubble. */
export async function configOf(context: VisitorContext, entrance: Entrance, language: string | undefined): Promise<VisitorConfig> {
  const { settings } = entrance;
  const { textMax, fileMax, filesPerMessage } = context.deps.webchat.capabilities;
  const workspace = await context.deps.workspace(entrance.account.channel._id);
  return {
    companyName: settings.companyName ?? workspace.companyName,
    botName: workspace.botName,
    position: settings.position,
    language: chooseLanguage(language, settings.languages),
    continueByEmail: settings.continueByEmail,
    opening: workspace.opening,
    answer: { minutes: workspace.typicalAnswerMinutes ?? workspace.answerTargetMinutes, measured: workspace.typicalAnswerMinutes !== undefined },
    limits: { textMax, fileMax, filesPerMessage },
    ...(settings.greeting === undefined ? {} : { greeting: settings.greeting }),
    ...(settings.accent === undefined ? {} : { accent: settings.accent }),
  };
}

/** `de-CH` is `de`; what the channel does not speak becomes its first language. */
function chooseLanguage(asked: string | undefined, spoken: readonly string[]): string {
  const short = asked?.toLowerCase().split('-')[0];
  return spoken.find((language) => language === short) ?? spoken[0] ?? 'en';
}

async function isKnown(context: VisitorContext, visitor: Visitor): Promise<boolean> {
  const identities = await Promise.all(visitor.identityIds.map((id) => context.deps.inbox.identity(id)));
  return identities.some((identity) => identity !== undefined);
}
