import type { BusinessHours } from '../../inbox/model/people.js';
import type { Target } from '../../inbox/model/target.js';
import type { DemoAgent, DemoChannel, DemoTeam } from '../deps.js';
import type { StoryChannel, StoryTeam } from '../stories/story.js';
import { type PlaceKind, places } from './places.js';

/** Everybody's password in the demo. It opens nothing else: the demo has a store of its own. */
export const demoPassword = 'cargo-bikes-demo';

const weekdays = [0, 1, 2, 3, 4];

export const hours: BusinessHours = {
  timeZone: 'Europe/Brussels',
  blocks: [...weekdays.map((day) => ({ day, from: 510, to: 1_080 })), { day: 5, from: 600, to: 840 }],
};

const workshopHours: BusinessHours = {
  timeZone: 'Europe/Brussels',
  blocks: weekdays.flatMap((day) => [{ day, from: 510, to: 750 }, { day, from: 810, to: 1_080 }]),
};

export const workspace = {
  companyName: 'Velowerk', hours, defaultLanguage: 'en', answerTargetMinutes: 240, botName: 'Velo', botOn: true,
};

export const teams: (DemoTeam & { key: StoryTeam })[] = [
  { key: 'orders', _id: 'demo-team-orders', name: 'Orders', hours },
  { key: 'billing', _id: 'demo-team-billing', name: 'Billing', hours },
  { key: 'workshop', _id: 'demo-team-workshop', name: 'Workshop', hours: workshopHours },
];

const anywhere = { teamIds: [], channelIds: [], priorities: [], customerTags: [], warnAtShare: 0.75, on: true };

export const targets: Omit<Target, 'createdAt'>[] = [
  { ...anywhere, _id: 'demo-target-first', name: 'First answer', kind: 'first', minutes: 180, hours: 'business' },
  { ...anywhere, _id: 'demo-target-next', name: 'Every later answer', kind: 'next', minutes: 300, hours: 'business' },
  { ...anywhere, _id: 'demo-target-wholesale', name: 'Wholesale', kind: 'first', minutes: 60, hours: 'business', customerTags: ['wholesale'] },
  { ...anywhere, _id: 'demo-target-urgent', name: 'Urgent', kind: 'next', minutes: 90, hours: 'business', priorities: ['urgent', 'high'] },
  { ...anywhere, _id: 'demo-target-solved', name: 'Solved within the week', kind: 'final', minutes: 5 * 570, hours: 'business' },
];

const person = (id: string, name: string, facts: Pick<DemoAgent, 'role' | 'teamIds' | 'capacity'>): DemoAgent => ({
  _id: `demo-agent-${id}`, name, email: `${id}@velowerk.example`, presence: 'online', password: demoPassword, ...facts,
});

export const agents: DemoAgent[] = [
  person('ruth', 'Ruth Adler', { role: 'administrator', teamIds: ['demo-team-billing'], capacity: 4 }),
  person('lena', 'Lena Maurer', { role: 'lead', teamIds: ['demo-team-orders', 'demo-team-workshop'], capacity: 8 }),
  person('jonas', 'Jonas Thiel', { role: 'agent', teamIds: ['demo-team-orders'], capacity: 10 }),
  person('sylvie', 'Sylvie Marchand', { role: 'agent', teamIds: ['demo-team-orders', 'demo-team-billing'], capacity: 9 }),
  person('ana', 'Ana Nowak', { role: 'agent', teamIds: ['demo-team-workshop'], capacity: 7 }),
  person('pieter', 'Pieter Claes', { role: 'agent', teamIds: ['demo-team-workshop'], capacity: 7 }),
];

/** Mailboxes by team; nothing is at their far end (`demo-adapter.ts`). */
export const mailboxes: Record<StoryTeam, { id: string; address: string }> = {
  orders: { id: 'demo-mail-support', address: 'support@velowerk.example' },
  billing: { id: 'demo-mail-billing', address: 'billing@velowerk.example' },
  workshop: { id: 'demo-mail-workshop', address: 'werkstatt@velowerk.example' },
};

export const chatChannelId = 'demo-chat';
export const marketChannelId = 'demo-market';

const mailbox = (team: StoryTeam): DemoChannel => {
  const { id, address } = mailboxes[team];
  return {
    _id: id, kind: 'email', name: address, teamId: `demo-team-${team}`,
    settings: { address, displayName: 'Velowerk', imapHost: 'imap.velowerk.example', imapPort: 993, smtpHost: 'smtp.velowerk.example', smtpPort: 465 },
    secrets: { imapPassword: demoPassword, smtpPassword: demoPassword },
  };
};

export const channels: DemoChannel[] = [
  mailbox('orders'), mailbox('workshop'), mailbox('billing'),
  { _id: chatChannelId, kind: 'webchat', name: 'Shop chat', teamId: 'demo-team-orders', settings: { companyName: 'Velowerk', languages: ['en', 'de', 'fr', 'es'] }, secrets: {} },
  { _id: marketChannelId, kind: 'webhook', name: 'Radmarkt', teamId: 'demo-team-orders', settings: { deliverUrl: 'https://radmarkt.example/hooks/rapport' }, secrets: { secret: 'radmarkt-signing-secret-of-the-demo' } },
  ...Object.values(places).map((place) => place.channel),
];

/** The platform of a story's channel; `undefined` for mail, chat and market. */
export function placeOf(channel: StoryChannel): { kind: PlaceKind; direct: boolean } | undefined {
  const kind = Object.values(places).find((place) => channel === place.channel.kind || channel === `${place.channel.kind}-dm`)?.channel.kind;
  return kind === undefined || kind === 'email' || kind === 'webchat' || kind === 'webhook' ? undefined : { kind, direct: channel.endsWith('-dm') };
}

/** Which of our channels a story's beat arrives on. */
export function channelIdOf(channel: StoryChannel, team: StoryTeam): string {
  const place = placeOf(channel);
  if (place !== undefined) return places[place.kind].channel._id;
  if (channel === 'chat') return chatChannelId;
  return channel === 'market' ? marketChannelId : mailboxes[team].id;
}
