import type { IncomingMessage } from 'node:http';
import type { Account } from '../../adapters/contract.js';
import type { VisitorPass, VisitorSettings } from '../../adapters/contract/visitors.js';
import { AppError } from '../../errors.js';
import type { Conversation } from '../../inbox/model/conversation.js';
import type { VisitorDeps } from './deps.js';
import type { VisitorHub } from './hub.js';
import type { LimitKeeper } from './limits.js';
import { isAllowedOrigin, originOf } from './origin.js';

/** What all routes and sockets of the visitor's side share. */
export interface VisitorContext {
  deps: VisitorDeps;
  hub: VisitorHub;
  limits: LimitKeeper;
}

/** A request that may talk to this channel: the bubble exists, is on, and the page may show it. */
export interface Entrance {
  account: Account;
  settings: VisitorSettings;
  /** `undefined` for a link that was followed. */
  origin: string | undefined;
  ip: string;
}

/** An entrance with a valid token. */
export interface Visitor extends Entrance {
  pass: VisitorPass;
  identityIds: string[];
}

/** Throws `not_found`, `gone` or, for a page that is not on the list, `forbidden`. `byLink`: a signed link needs no page. */
export async function enter(context: VisitorContext, channelId: string, options: { request: IncomingMessage; byLink?: boolean }): Promise<Entrance> {
  const { deps } = context;
  const { headers } = options.request;
  const account = /^[\w-]{1,64}$/.test(channelId) ? await deps.findChannel(channelId) : undefined;
  if (account?.channel.kind !== 'webchat') throw new AppError('not_found', 'no such channel');
  if (account.channel.state !== 'on') throw new AppError('gone', 'channel is not on');
  const settings = deps.webchat.visitorSettings(account);
  const origin = originOf(headers, deps.publicUrl);
  const unasked = options.byLink === true && origin === undefined;
  if (!unasked && !isAllowedOrigin(origin, settings.allowedOrigins, { headers, publicUrl: deps.publicUrl })) {
    deps.log.warn({ channelId, origin: origin?.slice(0, 200) }, 'the bubble was refused on a site that is not on the list of its channel');
    throw new AppError('forbidden', 'origin is not allowed');
  }
  return { account, settings, origin, ip: ipOf(context, options.request) };
}

/** Throws `not_signed_in` for a token that is not valid for this channel. */
export function admit(context: VisitorContext, entrance: Entrance, token: string | undefined): Visitor {
  const pass = token === undefined ? undefined : context.deps.webchat.openPass(token, entrance.account.channel._id, context.deps.clock());
  if (pass === undefined) throw new AppError('not_signed_in', 'no valid token');
  return visitorOf(context, entrance, pass);
}

export function visitorOf(context: VisitorContext, entrance: Entrance, pass: VisitorPass): Visitor {
  return { ...entrance, pass, identityIds: context.deps.webchat.identityIds(pass) };
}

/** Who is counted against a limit. */
export function countedAs(visitor: Visitor): { visitorId: string; ip: string } {
  return { visitorId: visitor.pass.visitorId, ip: visitor.ip };
}

export interface OwnConversation {
  row: Conversation;
  identityId: string;
}

/** This visitor's conversations, oldest first: what any of their identities holds, and nothing else. */
export async function ownConversations(context: VisitorContext, visitor: Visitor): Promise<OwnConversation[]> {
  const lists = await Promise.all(visitor.identityIds.map(async (identityId) => {
    const rows = await context.deps.inbox.conversations(identityId);
    return rows.map((row) => ({ row, identityId }));
  }));
  const byId = new Map(lists.flat().map((own) => [own.row._id, own]));
  return [...byId.values()].sort((a, b) => a.row.createdAt - b.row.createdAt || (a.row._id < b.row._id ? -1 : 1));
}

function ipOf(context: VisitorContext, request: IncomingMessage): string {
  return context.deps.clientIp?.(request) ?? request.socket.remoteAddress ?? 'unknown';
}
