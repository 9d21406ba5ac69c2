import { channelWords } from '../../../lib/channel-words.js';
import type { ChannelKind, GroupBy, HeldBy, Report } from '../../../lib/shapes.js';

/** What is said of each way in which a wait lay somewhere. */
export const heldWords: Readonly<Record<HeldBy, string>> = { bot: 'bot', unassigned: 'unassigned', agent: 'with an agent', snoozed: 'snoozed', customer: 'waiting for the customer' };

export const reasonWords: Readonly<Record<Report['breaches'][number]['reason'], string>> = {
  bot: 'it lay with the bot', unassigned: 'nobody had taken it', agent: 'it lay with an agent', snoozed: 'it was snoozed', customer: 'it stood as waiting for the customer', undelivered: 'the answer did not arrive',
};

export const groupWords: Readonly<Record<GroupBy, { by: string; head: string; hint: string; answers: string }>> = {
  team: { by: 'By team', head: 'Team', hint: 'the team that the responder acted for', answers: 'Waits' },
  responder: { by: 'By who answered', head: 'Agent', hint: 'credit goes to the responder', answers: 'Answers' },
  channel: { by: 'By channel', head: 'Channel', hint: 'where the customer wrote', answers: 'Waits' },
  language: { by: 'By language', head: 'Language', hint: 'of the conversation', answers: 'Waits' },
  tag: { by: 'By tag', head: 'Tag', hint: 'a wait with two tags stands in both', answers: 'Waits' },
  priority: { by: 'By priority', head: 'Priority', hint: 'of the conversation', answers: 'Waits' },
  hour: { by: 'By hour', head: 'Hour', hint: 'in which the wait began', answers: 'Waits' },
  weekday: { by: 'By weekday', head: 'Weekday', hint: 'on which the wait began', answers: 'Waits' },
  customer: { by: 'New and known customers', head: 'Customer', hint: 'new: this was their first conversation', answers: 'Waits' },
};

/** Whose answer the report is about. */
export const kindWords = { first: 'First answer', next: 'Next answer', any: 'Any answer' } as const;

export const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

/** "Deutsch" would be right for a German; here everything is English: "German". */
export function languageWord(code: string): string {
  try {
    return new Intl.DisplayNames('en', { type: 'language' }).of(code) ?? code;
  } catch (error) {
    if (error instanceof RangeError) return code;
    throw error;
  }
}

/** A channel as it is named in a list: its own name, and its kind where that is not said by it. */
export function channelWord(channel: { kind: ChannelKind; name: string }): string {
  return channel.name === '' ? channelWords[channel.kind] : channel.name;
}
