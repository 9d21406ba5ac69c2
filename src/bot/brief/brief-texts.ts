import type { ChannelKind } from '../../inbox/model/common.js';
import type { Proof } from '../../inbox/model/identity.js';

/** Languages in which the brief can be written. */
export type BriefLanguage = 'en';

/** Every word of the brief that is not quoted from a message. A part that begins with a mark (, : ;) belongs to the part before it. */
export interface BriefTexts {
  channels: Readonly<Record<ChannelKind, string>>;
  proofs: Readonly<Record<Proof, string>>;
  months: readonly string[];
  today: string;
  yesterday: string;
  since(when: string): string;
  firstConversation: string;
  noContact: string;
  and: string;
  more(count: number): string;
  /** Where and when: "(e-mail, 9 Nov)". */
  place(channel: string, when: string): string;
  order(numbers: readonly string[]): string;
  attachments(count: number): string;
  unreadable: string;
  answered: string;
  resolved: string;
  closedUnanswered: string;
  lastWordTheirs: string;
  promised: string;
  kept: string;
  notKept: string;
  due(when: string): string;
  wasDue(when: string): string;
  noWordSince: string;
  waitsSince(when: string): string;
  stillOpen: string;
  snoozed: string;
  moreQuestions(count: number): string;
  calmBefore: string;
  upsetSince(when: string): string;
  upsetOn(when: string): string;
  calmSince: string;
  pleasedSince(when: string): string;
  praised(when: string): string;
}

/** Names of platforms, the same in every language. */
const platforms = {
  slack: 'Slack', discord: 'Discord', messenger: 'Messenger', instagram: 'Instagram', whatsapp: 'WhatsApp', telegram: 'Telegram', x: 'X', botframework: 'Teams', sms: 'SMS', xmpp: 'XMPP', irc: 'IRC',
  mastodon: 'Mastodon', bluesky: 'Bluesky', discourse: 'Discourse',
} as const;

export const briefTexts: Readonly<Record<BriefLanguage, BriefTexts>> = {
  en: {
    channels: { webchat: 'web chat', email: 'e-mail', webhook: 'webhook', ...platforms },
    proofs: { verified: 'verified', channel: 'signed', claimed: 'typed' },
    months: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
    today: 'today',
    yesterday: 'yesterday',
    since: (when) => `, customer since ${when}:`,
    firstConversation: ', first conversation:',
    noContact: 'no address known',
    and: ',',
    more: (count) => `and ${count} more`,
    place: (channel, when) => `(${channel}, ${when})`,
    order: (numbers) => (numbers.length === 1 ? `order ${numbers.join('')}` : `orders ${numbers.join(', ')}`),
    attachments: (count) => (count === 1 ? 'with an attachment' : `with ${count} attachments`),
    unreadable: 'a message that could not be read',
    answered: ', answered',
    resolved: ': resolved',
    closedUnanswered: ': closed without an answer',
    lastWordTheirs: ': their last word',
    promised: 'we promised',
    kept: ': kept',
    notKept: ': not kept',
    due: (when) => `, due ${when}`,
    wasDue: (when) => `, was due ${when}`,
    noWordSince: ', no word since',
    waitsSince: (when) => `waits since ${when}`,
    stillOpen: ': still open',
    snoozed: ': snoozed',
    moreQuestions: (count) => (count === 1 ? 'one more question' : `${count} more questions`),
    calmBefore: 'calm at first,',
    upsetSince: (when) => `upset since ${when}`,
    upsetOn: (when) => `upset ${when}`,
    calmSince: ', calm since',
    pleasedSince: (when) => `pleased ${when}`,
    praised: (when) => `praise ${when}`,
  },
};
