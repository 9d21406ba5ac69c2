import type { Sender } from '../../inbox/model/event.js';
import type { Alias } from '../../inbox/model/identity.js';
import type { DemoPerson } from '../world/people.js';
import { type PlaceKind, places } from '../world/places.js';
import { figures, handleOf, letters, phoneOf, uuid } from './place-ids.js';

/** Their account there, as the platform's own events name it: what it does not tell (an address, a name) is not in it. */
export function accountOf(kind: PlaceKind, person: DemoPerson): Sender {
  const userId = userIdOf(kind, person);
  const displayName = nameOf(kind, person);
  return {
    kind, scope: places[kind].own.scope, externalUserId: userId, proof: 'channel', aliases: aliasesOf(kind, person, userId),
    ...(displayName === undefined ? {} : { displayName }),
    ...(tellsLanguage.has(kind) ? { language: person.language } : {}),
  };
}

/** Meta names people only to whoever asks for their profile: the identity event that follows the first message. */
export function profileOf(kind: PlaceKind, person: DemoPerson): Sender | undefined {
  if (kind !== 'messenger' && kind !== 'instagram') return undefined;
  const aliases: Alias[] = kind === 'instagram' ? [{ type: 'username', value: handleOf(person), proof: 'channel' }] : [];
  return { ...accountOf(kind, person), displayName: fullName(person), aliases };
}

const tellsLanguage: ReadonlySet<PlaceKind> = new Set(['slack', 'telegram', 'x', 'botframework', 'bluesky']);

function fullName(person: DemoPerson): string {
  return `${person.first} ${person.last}`.trim();
}

function userIdOf(kind: PlaceKind, person: DemoPerson): string {
  const name = `${kind} ${person.id}`;
  switch (kind) {
    case 'slack': return `U${letters(name, 10, 'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789')}`;
    case 'discord': return figures(name, 18);
    case 'messenger': case 'instagram': return figures(name, 16);
    case 'whatsapp': return phoneOf(person).slice(1);
    case 'telegram': return figures(name, 10);
    case 'x': return figures(name, 10);
    case 'botframework': return uuid(name);
    case 'sms': return phoneOf(person);
    case 'xmpp': return `${handleOf(person)}@jabber.briefpost.example`;
    case 'irc': return `account~${nickOf(person)}`;
    case 'mastodon': return figures(name, 18);
    case 'bluesky': return `did:plc:${letters(name, 24)}`;
    case 'discourse': return figures(name, 5);
  }
}

/** What they are called there. */
export function nickOf(person: DemoPerson): string {
  return handleOf(person).replace('_', '').slice(0, 16);
}

function nameOf(kind: PlaceKind, person: DemoPerson): string | undefined {
  if (kind === 'messenger' || kind === 'instagram') return undefined;
  if (kind === 'sms') return phoneOf(person);
  if (kind === 'irc') return nickOf(person);
  return kind === 'xmpp' ? handleOf(person) : fullName(person);
}

function aliasesOf(kind: PlaceKind, person: DemoPerson, userId: string): Alias[] {
  const username = (value: string): Alias[] => [{ type: 'username', value, proof: 'channel' }];
  switch (kind) {
    // Of a member of another company's workspace: their administrator typed it.
    case 'slack': return [{ type: 'email', value: person.email, proof: 'claimed' }];
    case 'whatsapp': case 'sms': return [{ type: 'phone', value: phoneOf(person), proof: 'channel' }];
    case 'discord': case 'telegram': case 'x': case 'discourse': return username(handleOf(person));
    case 'mastodon': return username(`${handleOf(person)}@raeder.example`);
    case 'bluesky': return username(`${nickOf(person)}.himmel.example`);
    case 'xmpp': return [{ type: 'native', value: userId, proof: 'channel' }];
    case 'irc': return username(`${nickOf(person)}@${places.irc.own.scope}`);
    case 'messenger': case 'instagram': case 'botframework': return [];
  }
}
