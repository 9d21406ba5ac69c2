import type { BriefLine, Citation, PastConversation } from '../../inbox/model/brief.js';
import type { Millis } from '../../inbox/model/common.js';
import type { Conversation } from '../../inbox/model/conversation.js';
import type { Wait } from '../../inbox/model/wait.js';
import type { Customer, Identity } from '../../inbox/model/identity.js';
import type { Message } from '../../inbox/model/message.js';
import { daysBetween, wallTimeAt } from '../../inbox/hours/local-time.js';
import type { BriefLanguage, BriefTexts } from './brief-texts.js';
import { createReader, type Reader } from './reader.js';

/** An earlier conversation of the person with what the brief needs of it. */
export interface PastStory {
  conversation: PastConversation;
  /** The customer's first message in it. */
  first?: Message;
  /** Its last messages, about ten; the order does not matter. */
  last: readonly Message[];
}

/** Everything the brief is made of; gathered by the caller. */
export interface BriefInput {
  customer: Pick<Customer, 'name' | 'firstSeenAt'>;
  /** Of the person, over all joined records. */
  identities: readonly Identity[];
  conversation: Conversation;
  /** Of this conversation, about the last fifty; the order does not matter. */
  messages: readonly Message[];
  /** The person's other conversations, about the last ten; the order does not matter. */
  past: readonly PastStory[];
  /** All open waits of the person. */
  openWaits: readonly Wait[];
  now: Millis;
  /** Zone of whoever reads the brief, for dates. */
  timeZone: string;
  language?: BriefLanguage;
}

/** One conversation, this one or an earlier one, with its messages in order. */
export interface Story {
  id: string;
  conversation: Pick<PastConversation, 'channelKind' | 'subject' | 'status' | 'startedAt' | 'lastAt'>;
  messages: readonly Message[];
  isCurrent: boolean;
}

export type BriefPart = BriefLine['parts'][number];

/** What the parts of a brief have in common while it is made. */
export interface BriefDesk {
  input: BriefInput;
  texts: BriefTexts;
  current: Story;
  /** Newest first. */
  past: readonly Story[];
  /** "9 Nov", "today". */
  day(at: Millis): string;
  read: Reader;
}

/** Resolved conversations that are looked at; older ones are history. */
const endedRead = 6;

export function openDesk(input: BriefInput, texts: BriefTexts): BriefDesk {
  const past = input.past
    .filter((story) => story.conversation.conversationId !== input.conversation._id && story.conversation.status !== 'spam')
    .map(pastStory)
    .sort((a, b) => b.conversation.lastAt - a.conversation.lastAt || (a.id < b.id ? -1 : 1));
  const tooOld = past.filter((story) => story.conversation.status === 'resolved').slice(endedRead);
  return { input, texts, current: currentStory(input), past: past.filter((story) => !tooOld.includes(story)), day: (at) => dayText(at, input, texts), read: createReader(input.conversation.language) };
}

function currentStory(input: BriefInput): Story {
  const { conversation } = input;
  const facts = {
    channelKind: conversation.channelKind, status: conversation.status, startedAt: conversation.createdAt, lastAt: conversation.lastMessageAt,
    ...(conversation.subject === undefined ? {} : { subject: conversation.subject }),
  };
  return { id: conversation._id, conversation: facts, messages: inOrder(input.messages), isCurrent: true };
}

function pastStory(story: PastStory): Story {
  const messages = story.first === undefined ? story.last : [story.first, ...story.last];
  return { id: story.conversation.conversationId, conversation: story.conversation, messages: inOrder(messages), isCurrent: false };
}

function inOrder(messages: readonly Message[]): Message[] {
  const byId = new Map(messages.map((message) => [message._id, message]));
  return [...byId.values()].sort((a, b) => a.seq - b.seq);
}

function dayText(at: Millis, input: BriefInput, texts: BriefTexts): string {
  const day = wallTimeAt(at, input.timeZone);
  const today = wallTimeAt(input.now, input.timeZone);
  const ago = daysBetween(day, today);
  if (ago === 0) return texts.today;
  if (ago === 1) return texts.yesterday;
  const short = `${day.day} ${texts.months[day.month - 1] ?? ''}`;
  return day.year === today.year ? short : `${short} ${day.year}`;
}

/** Written by the person themselves, not by their mail program. */
export function isFromCustomer(message: Message): boolean {
  return message.kind === 'in' && message.author.type === 'customer' && message.auto === undefined;
}

/** Written by one of us, here or elsewhere; not the bot. */
export function isFromUs(message: Message): boolean {
  return message.kind === 'out' && (message.author.type === 'agent' || message.author.type === 'outside');
}

/** The customer's messages that no human has answered and that ask for something. */
export function unansweredIn(desk: BriefDesk, story: Story): Message[] {
  const lastAnswer = story.messages.findLast(isFromUs)?.seq ?? 0;
  return story.messages.filter((message) => isFromCustomer(message) && message.seq > lastAnswer && !desk.read.asksNothing(message));
}

export function cite(message: Message): Citation {
  return { messageId: message._id, conversationId: message.conversationId, seq: message.seq };
}

/** Words as they stand in the message, between “ ”; cut at a word's end. */
export function quoted(text: string, most: number): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  if (line.length <= most) return `“${line}”`;
  const cut = line.slice(0, most);
  const end = cut.lastIndexOf(' ');
  return `“${(end > most / 2 ? cut.slice(0, end) : cut.replace(/[\ud800-\udbff]$/, '')).replace(/[\s,;:]+$/u, '')}…”`;
}

/** What a conversation was about: its subject, or the customer's first sentence that says something. */
export function titleOf(desk: BriefDesk, story: Story, most: number): BriefPart | undefined {
  const first = story.messages.find(isFromCustomer);
  const place = desk.texts.place(desk.texts.channels[story.conversation.channelKind], desk.day(story.conversation.startedAt));
  if (first === undefined) return undefined;
  const subject = story.conversation.subject?.replace(/[“”\s]+/gu, ' ').trim() ?? '';
  const name = subject === '' ? quoted(openingOf(desk, first), most) : shortened(subject, most);
  return { text: name === '“”' ? place : `${name} ${place}`, cite: cite(first) };
}

function openingOf(desk: BriefDesk, message: Message): string {
  const sentences = desk.read.sentences(message);
  return (sentences.find((sentence) => sentence.kind !== 'courtesy') ?? sentences[0])?.text ?? '';
}

function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '').trimEnd()}…`;
}
