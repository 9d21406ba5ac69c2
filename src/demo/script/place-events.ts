import type { Millis } from '../../inbox/model/common.js';
import type { DeleteEvent, EditEvent, IdentityEvent, MessageEvent, ReactionEvent } from '../../inbox/model/event.js';
import { seedOf } from '../world/random.js';
import { type PlaceKind, places } from '../world/places.js';
import type { Line, ThreadFacts } from './events.js';
import { epochs, snowflake } from './place-ids.js';
import { accountOf, profileOf } from './place-people.js';
import { placeThread, postIds } from './place-threads.js';

/** A thread on somebody else's platform. */
export interface PlaceThread extends ThreadFacts {
  place: PlaceKind;
  /** Public where the platform is; `direct`: a private message there. */
  direct: boolean;
  /** Unique in the script; ids are drawn from it. */
  id: string;
  startedAt: Millis;
  /** External ids of their posts so far, oldest first. */
  posts: string[];
}

const verifiedBy: Readonly<Record<PlaceKind, 'signature' | 'token' | 'connection'>> = {
  slack: 'signature', messenger: 'signature', instagram: 'signature', whatsapp: 'signature', x: 'signature', botframework: 'signature', sms: 'signature', discourse: 'signature',
  telegram: 'connection', discord: 'connection', xmpp: 'connection', irc: 'connection', mastodon: 'connection', bluesky: 'connection',
};

/** A post, as the platform's adapter reads it. `out`: a colleague answered in the platform's own app. */
export function placeEvent(thread: PlaceThread, line: Line, direction: 'in' | 'out' = 'in'): MessageEvent {
  const { place, person } = thread;
  const { externalId, eventId } = postIds(thread, line, direction);
  const customer = accountOf(place, person);
  const { own } = places[place];
  if (direction === 'in') thread.posts.push(externalId);
  return {
    type: 'message', channelId: thread.channelId, eventId, externalId, occurredAt: occurred(place, line.at), receivedAt: line.at, verifiedBy: verifiedBy[place], direction,
    sender: direction === 'in' ? customer : { kind: place, scope: own.scope, externalUserId: own.account.replaceAll(':', '_'), displayName: 'Velowerk', proof: 'channel', aliases: [] },
    ...(direction === 'in' ? {} : { recipient: customer }),
    thread: placeThread(thread, externalId, direction), text: line.text,
  };
}

/** Some tell whole seconds only. */
function occurred(place: PlaceKind, at: Millis): Millis {
  const wholeSeconds: readonly PlaceKind[] = ['whatsapp', 'telegram', 'sms'];
  return wholeSeconds.includes(place) ? Math.floor((at - 900) / 1_000) * 1_000 : at - 900;
}

/** Whom Meta says this is; `undefined` on platforms that name people with their posts. */
export function placeProfile(thread: PlaceThread, at: Millis): IdentityEvent | undefined {
  const sender = profileOf(thread.place, thread.person);
  return sender && { type: 'identity', channelId: thread.channelId, eventId: `profile:${sender.externalUserId}:${seedOf(sender.displayName ?? '').toString(36)}`, receivedAt: at, verifiedBy: 'connection', sender };
}

/** They changed their newest post; `undefined` where there is none. */
export function placeEdit(thread: PlaceThread, at: Millis, text: string): EditEvent | undefined {
  const target = thread.posts.at(-1);
  if (target === undefined) return undefined;
  const seconds = String(Math.floor(at / 1_000));
  const revisions: Partial<Record<PlaceKind, string>> = {
    slack: `${seconds}.000200`, telegram: `${seconds.padStart(12, '0')}-${seconds.padStart(12, '0')}`, whatsapp: String(at), messenger: '1', instagram: '1', xmpp: seconds,
    x: `p${snowflake(at, epochs.x, target).padStart(20, '0')}`, discourse: `000002@${new Date(at).toISOString()}`,
  };
  const revision = revisions[thread.place] ?? new Date(at).toISOString();
  return { ...changed(thread, at, `edit:${target}:${revision}`), type: 'edit', target, revision, text };
}

export function placeDelete(thread: PlaceThread, at: Millis): DeleteEvent | undefined {
  const target = thread.posts.pop();
  return target === undefined ? undefined : { ...changed(thread, at, `delete:${target}`), type: 'delete', target, by: 'author' };
}

/** They react to what we sent last; who plays the script fills in what that is. */
export function placeReaction(thread: PlaceThread, at: Millis, emoji: string): ReactionEvent {
  const { place } = thread;
  const likesOnly: Partial<Record<PlaceKind, string>> = { mastodon: '⭐', bluesky: '❤️', x: '❤️', discourse: '❤️' };
  const onlyOne: readonly PlaceKind[] = ['messenger', 'instagram', 'whatsapp', 'xmpp', 'telegram'];
  return {
    ...changed(thread, at, `reaction:${thread.id}:${at}`), type: 'reaction', target: '', op: onlyOne.includes(place) ? 'set' : 'add',
    emoji: likesOnly[place] ?? emoji, by: accountOf(place, thread.person),
  };
}

function changed(thread: PlaceThread, at: Millis, eventId: string) {
  return { channelId: thread.channelId, eventId, occurredAt: at - 600, receivedAt: at, verifiedBy: verifiedBy[thread.place], threadKey: thread.key };
}
