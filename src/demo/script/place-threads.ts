import type { Json } from '../../inbox/model/common.js';
import type { ThreadHints } from '../../inbox/model/event.js';
import { type PlaceKind, places } from '../world/places.js';
import { seedOf } from '../world/random.js';
import type { Line } from './events.js';
import type { PlaceThread } from './place-events.js';
import { epochs, figures, handleOf, hex, letters, recordKey, snowflake, statusNumber, uuid } from './place-ids.js';
import { accountOf, nickOf } from './place-people.js';

type Begun = Pick<PlaceThread, 'place' | 'direct' | 'id' | 'startedAt' | 'person'>;

/** Where everybody reads along. */
const publicPlaces: ReadonlySet<PlaceKind> = new Set(['discord', 'x', 'irc', 'mastodon', 'bluesky', 'discourse']);

/** The thread's key in the form of its platform: a chat is one thread for each person, elsewhere each post begins one. */
export function keyOf(begun: Begun): string {
  const { place, direct, id, startedAt, person } = begun;
  const user = accountOf(place, person).externalUserId;
  switch (place) {
    case 'slack': return `${places.slack.own.account}:${slackTime(startedAt, id)}`;
    case 'discord': return direct ? figures(`dm ${user}`, 18) : snowflake(startedAt, epochs.discord, id);
    case 'messenger': case 'instagram': case 'whatsapp': case 'telegram': return user;
    case 'x': return direct ? `dm:${user}` : `post:${snowflake(startedAt, epochs.x, id)}:${user}`;
    case 'botframework': return `a:1${letters(`chat ${user}`, 40)}`;
    case 'sms': return `${places.sms.own.account}/${user}`;
    case 'xmpp': return `chat ${user}`;
    case 'irc': return direct ? `talk ${user}` : `channel ${places.irc.own.account} ${user}`;
    case 'mastodon': return direct ? `direct:${user}` : `${statusNumber(startedAt, id)}:${user}`;
    case 'bluesky': return direct ? `chat/${letters(`convo ${user}`, 13)}` : `${postUri(begun)}|${user}`;
    case 'discourse': return `topic:${String(1_000 + (seedOf(id) % 9_000_000))}`;
  }
}

/** What every post tells of its thread; the handle, which answers go to, is told by theirs. */
export function placeThread(thread: PlaceThread, postId: string, direction: 'in' | 'out'): ThreadHints {
  const { place, direct, key, subject } = thread;
  const handle = direction === 'in' ? handleFor(thread, postId) : undefined;
  const hasSubject = !direct && (place === 'discord' || place === 'discourse');
  return {
    key, keyIs: 'exact', ...(hasSubject ? { subject } : {}), ...(handle === undefined ? {} : { handle }),
    ...(publicPlaces.has(place) && !direct ? { audience: 'public' } : {}),
  };
}

function handleFor(thread: PlaceThread, postId: string): Json | undefined {
  const { place, direct, key, person } = thread;
  const user = accountOf(place, person);
  switch (place) {
    case 'slack': return { channel: places.slack.own.account, threadTs: key.slice(key.indexOf(':') + 1) };
    case 'discord': return direct ? undefined : { guild: '1183920047715500001', thread: true };
    case 'whatsapp': return { waId: user.externalUserId, last: postId };
    case 'x': return direct ? undefined : { postId, username: handleOf(person) };
    case 'botframework': return {
      serviceUrl: 'https://smba.trafficmanager.net/emea/', channelId: 'msteams', conversation: { id: key, isGroup: false, tenantId: user.scope },
      bot: { id: places.botframework.own.account, name: 'Velowerk' }, user: { id: `29:${letters(user.externalUserId, 30)}`, name: user.displayName ?? '' },
    };
    case 'xmpp': return { to: user.externalUserId, type: 'chat' };
    case 'irc': return direct ? { target: nickOf(person) } : { target: places.irc.own.account, nick: nickOf(person) };
    case 'mastodon': return { statusId: postId, visibility: direct ? 'direct' : 'public', mention: handleOf(person) };
    case 'bluesky': return direct ? { kind: 'chat', convoId: key.slice('chat/'.length) } : { kind: 'post', root: named(postUri(thread)), parent: named(postId) };
    case 'discourse': return { postNumber: 1 + thread.posts.length };
    case 'messenger': case 'instagram': case 'telegram': case 'sms': return undefined;
  }
}

/** What the platform calls a post, and the ledger the event that brought it. */
export function postIds(thread: PlaceThread, line: Line, direction: 'in' | 'out'): { externalId: string; eventId: string } {
  const { place, direct, key } = thread;
  const number = figures(line.id, 9);
  const own = (externalId: string, eventId = `message:${externalId}`) => ({ externalId, eventId });
  switch (place) {
    case 'slack': return own(thread.posts.length === 0 ? key : `${places.slack.own.account}:${slackTime(line.at, line.id)}`, `Ev${letters(line.id, 9, 'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789')}`);
    case 'discord': return own(snowflake(line.at, epochs.discord, line.id));
    case 'messenger': return own(`m_${letters(line.id, 44)}`);
    case 'instagram': return own(`aWdfZ${letters(line.id, 60)}`);
    case 'whatsapp': return own(`wamid.HBgN${hex(line.id, 36).toUpperCase()}`);
    case 'telegram': return own(`${key}/${number}`, `${figures(`update ${line.id}`, 9)}/message`);
    case 'x': return direct ? own(`dm:${snowflake(line.at, epochs.x, line.id)}`, `dm:${snowflake(line.at, epochs.x, line.id)}`) : xPost(thread, line);
    case 'botframework': return own(`${key}/${figures(line.id, 13)}`, `message:${key}:${figures(line.id, 13)}`);
    case 'sms': return own(`SM${hex(line.id, 32)}`, `in:SM${hex(line.id, 32)}`);
    case 'xmpp': return stanza(`${direction} ${key.slice('chat '.length)} ${uuid(line.id)}`);
    case 'irc': return stanza(`msgid ${letters(line.id, 22)}`);
    case 'mastodon': return own(thread.posts.length === 0 && !direct ? statusNumber(thread.startedAt, thread.id) : statusNumber(line.at, line.id), `n:${number}`);
    case 'bluesky': return blueskyPost(thread, line);
    case 'discourse': return own(number, `post:${number}`);
  }
}

function xPost(thread: PlaceThread, line: Line): { externalId: string; eventId: string } {
  const id = thread.posts.length === 0 ? snowflake(thread.startedAt, epochs.x, thread.id) : snowflake(line.at, epochs.x, line.id);
  return { externalId: id, eventId: `post:${id}` };
}

function blueskyPost(thread: PlaceThread, line: Line): { externalId: string; eventId: string } {
  const user = accountOf('bluesky', thread.person).externalUserId;
  const isFirst = thread.posts.length === 0;
  if (thread.direct) return { externalId: `${thread.key}/${recordKey(line.at, line.id)}`, eventId: `c:logCreateMessage:${thread.key}:${recordKey(line.at, line.id)}` };
  const uri = isFirst ? postUri(thread) : `at://${user}/app.bsky.feed.post/${recordKey(line.at, line.id)}`;
  return { externalId: uri, eventId: `n:${isFirst ? 'mention' : 'reply'}:${uri}` };
}

function stanza(externalId: string): { externalId: string; eventId: string } {
  return { externalId, eventId: `message ${externalId}` };
}

/** The post that began it. */
function postUri({ person, startedAt, id }: Begun): string {
  return `at://${accountOf('bluesky', person).externalUserId}/app.bsky.feed.post/${recordKey(startedAt, id)}`;
}

function named(uri: string): { uri: string; cid: string } {
  return { uri, cid: `bafyrei${letters(uri, 52)}` };
}

function slackTime(at: number, name: string): string {
  return `${Math.floor(at / 1_000)}.${figures(name, 6)}`;
}
