import type { InboundEvent, Sender, TypingSign } from '../../inbox/model/event.js';
import { asList, asObject, asText, field } from '../lib/read-json.js';
import { type Casemap, foldName } from './casemap.js';
import { formattingToMarks } from './formatting.js';
import { lineIdOf, msgidOf } from './ids.js';
import { accountOf } from './verify.js';

/** One line from the server, as the SDK takes it apart. */
export interface Line {
  command: string;
  params: string[];
  tags: Record<string, string>;
  nick: string;
  ident: string;
  hostname: string;
}

/** What `parse` knows besides the line. Everything here only reads. */
export interface ParseContext {
  channelId: string;
  receivedAt: number;
  /** Names the network: nicks are unique in it. */
  network: string;
  self: string;
  casemap: Casemap;
  /** Unlike every other line's, also over sessions. */
  mark: string;
  privateMessages: boolean;
  channelLines: 'addressed' | 'all';
  isChannel(name: string): boolean;
  /** The person behind a nick, as it was called when the talk began: a new nick moves no conversation. */
  personOf(nick: string): string;
  /** What our line, that came back, was: our message. */
  echoOf(label: string | undefined, text: string): string | undefined;
}

export interface Parsed {
  events: InboundEvent[];
  typing?: TypingSign;
}

/** One line as events of the inbox. Pure, never throws; what is no talk gives no events. */
export function parse(value: unknown, context: ParseContext): Parsed {
  const line = readLine(value);
  if (line === undefined) return { events: [ignored(context, 'not a line of IRC', lineIdOf(undefined, context.mark), value)] };
  const { command } = line;
  if (command === 'TAGMSG') return typingOf(line, context);
  if (command === 'PRIVMSG' || command === 'NOTICE') return { events: [talk(line, context)] };
  if (command === 'REDACT') return { events: [redacted(line, context)] };
  return { events: knownCommand.test(command) ? [] : [ignored(context, `unknown kind ${command.slice(0, 40)}`, lineIdOf(line.tags['msgid'], context.mark), value)] };
}

/** Commands that say nothing to an inbox: numbers, and who comes and goes. */
const knownCommand = /^(?:\d{3}|PING|PONG|JOIN|PART|QUIT|NICK|MODE|TOPIC|KICK|INVITE|ERROR|CAP|AUTHENTICATE|AWAY|ACCOUNT|CHGHOST|SETNAME|WALLOPS|BATCH|KILL|ACK|FAIL|WARN|NOTE|MARKREAD|RENAME|TAGMSG)$/u;

function readLine(value: unknown): Line | undefined {
  const line = asObject(value);
  const command = asText(line?.['command']);
  if (line === undefined || command === undefined) return undefined;
  const params = asList(line['params']).map((each) => (typeof each === 'string' ? each : ''));
  const tags = Object.fromEntries(Object.entries(asObject(line['tags']) ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  return { command: command.toUpperCase(), params, tags, nick: asText(line['nick']) ?? '', ident: asText(line['ident']) ?? '', hostname: asText(line['hostname']) ?? '' };
}

interface Where {
  key: string;
  isPublic: boolean;
  handle: { target: string; nick?: string };
}

function talk(line: Line, context: ParseContext): InboundEvent {
  const [target = '', said = ''] = [line.params[0], line.params.at(-1)];
  const id = lineIdOf(line.tags['msgid'], context.mark);
  if (line.nick === '' || line.params.length < 2) return ignored(context, 'said by the server', id);
  const ctcp = /^\u0001(\S*) ?([^\u0001]*)\u0001?$/u.exec(said);
  if (ctcp !== null && ctcp[1]?.toUpperCase() !== 'ACTION') return ignored(context, `a client’s question or answer (CTCP ${(ctcp[1] ?? '').slice(0, 20)})`, id);
  const isOwn = same(line.nick, context.self, context);
  // "@#help" is said to the operators of #help only.
  const room = target.replace(/^[@%+~&](?=[#&+!])/u, '');
  const isRoom = context.isChannel(room);
  if (!isRoom && !context.privateMessages) return ignored(context, 'private messages are not read here (Settings)', id);
  const text = ctcp === null ? formattingToMarks(said) : `* ${line.nick} ${formattingToMarks(ctcp[2] ?? '')}`;
  const other = isOwn ? (isRoom ? /^([^\s:,]{1,50})[:,]\s/u.exec(said)?.[1] : target) : line.nick;
  if (other === undefined) return ignored(context, 'our own line in the channel, to nobody in particular', id);
  if (isRoom && !isOwn && context.channelLines === 'addressed' && !addresses(said, context.self)) return ignored(context, 'not addressed to us', id);
  const sender = isOwn ? ourselves(context) : senderOf(line, context);
  const person = isOwn ? context.personOf(other) : sender.externalUserId;
  const where = whereOf({ room: isRoom ? room : undefined, nick: other, person }, context);
  const echo = isOwn ? context.echoOf(line.tags['label'], said) : undefined;
  return {
    ...base(line, context), type: 'message', eventId: `message ${id}`, externalId: id, direction: isOwn ? 'out' : 'in', text,
    sender,
    thread: { key: where.key, keyIs: 'exact', handle: { ...where.handle }, ...(where.isPublic ? { audience: 'public' } : {}), ...repliesTo(line) },
    ...(isOwn ? { recipient: personCalled(other, context) } : {}),
    ...(echo === undefined ? {} : { echoOf: echo }),
    // Services and bots answer with notices, so that nobody answers them (RFC 2812 §3.3.2).
    ...(line.command === 'NOTICE' ? { silent: 'a notice, which nobody is to answer' } : 'bot' in line.tags ? { silent: 'written by a bot' } : {}),
  };
}

function whereOf(what: { room: string | undefined; nick: string; person: string }, context: ParseContext): Where {
  const { person } = what;
  if (what.room === undefined) return { key: `talk ${person}`, isPublic: false, handle: { target: what.nick } };
  return { key: `channel ${foldName(what.room, context.casemap)} ${person}`, isPublic: true, handle: { target: what.room, nick: what.nick } };
}

/** An account that the network vouches for is a person; a nick is only what somebody calls themselves today. */
function senderOf(line: Line, context: ParseContext): Sender {
  const account = accountOf(line.tags);
  if (account === undefined) return personCalled(line.nick, context);
  return {
    kind: 'irc', scope: context.network, externalUserId: `account~${foldName(account, context.casemap)}`, displayName: line.nick, proof: 'channel',
    aliases: [{ type: 'username', value: `${foldName(account, context.casemap)}@${context.network}`, proof: 'channel' }],
  };
}

function personCalled(nick: string, context: ParseContext): Sender {
  return { kind: 'irc', scope: context.network, externalUserId: context.personOf(nick), displayName: nick, proof: 'claimed', aliases: [] };
}

function ourselves(context: ParseContext): Sender {
  return { kind: 'irc', scope: context.network, externalUserId: `nick~${foldName(context.self, context.casemap)}`, displayName: context.self, proof: 'channel', aliases: [] };
}

function typingOf(line: Line, context: ParseContext): Parsed {
  const state = line.tags['+typing'] ?? line.tags['+draft/typing'];
  const [target = ''] = line.params;
  if (state === undefined || line.nick === '' || same(line.nick, context.self, context) || context.isChannel(target) || !context.privateMessages) return { events: [] };
  return { events: [], typing: { channelId: context.channelId, threadKey: `talk ${context.personOf(line.nick)}`, on: state === 'active' } };
}

/** https://ircv3.net/specs/extensions/message-redaction: the server lets nobody redact what is not theirs to redact. */
function redacted(line: Line, context: ParseContext): InboundEvent {
  const [target = '', msgid = ''] = line.params;
  const room = context.isChannel(target) ? target : undefined;
  return { ...base(line, context), type: 'delete', eventId: `redact ${target} ${msgid}`, target: lineIdOf(msgid, context.mark), threadKey: whereOf({ room, nick: line.nick, person: senderOf(line, context).externalUserId }, context).key, by: 'author' };
}

function repliesTo(line: Line): { repliesTo?: string[] } {
  const id = line.tags['+reply'] ?? line.tags['+draft/reply'];
  return id === undefined || id === '' ? {} : { repliesTo: [lineIdOf(id, '')] };
}

function base(line: Line, context: ParseContext): { channelId: string; receivedAt: number; verifiedBy: 'connection'; occurredAt?: number } {
  const at = Date.parse(line.tags['time'] ?? '');
  return { channelId: context.channelId, receivedAt: context.receivedAt, verifiedBy: 'connection', ...(Number.isFinite(at) ? { occurredAt: at } : {}) };
}

function ignored(context: ParseContext, reason: string, id: string, native?: unknown): InboundEvent {
  return {
    type: 'ignored', channelId: context.channelId, receivedAt: context.receivedAt, verifiedBy: 'connection', eventId: `ignored ${msgidOf(id) ?? context.mark}`, reason,
    ...(native === undefined ? {} : { native: { command: String(field(native, 'command')).slice(0, 100), params: asList(field(native, 'params')).slice(0, 15).map((each) => String(each).slice(0, 500)) } }),
  };
}

function same(a: string, b: string, context: ParseContext): boolean {
  return foldName(a, context.casemap) === foldName(b, context.casemap);
}

/** The nick stands in the line, and not inside another word. */
function addresses(text: string, nick: string): boolean {
  const line = text.toLowerCase();
  const name = nick.toLowerCase();
  for (let at = line.indexOf(name); at !== -1; at = line.indexOf(name, at + 1)) {
    if (!/[\p{L}\p{N}_]/u.test(line[at - 1] ?? ' ') && !/[\p{L}\p{N}_]/u.test(line[at + name.length] ?? ' ')) return true;
  }
  return false;
}
