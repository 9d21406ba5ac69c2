import type { InboundEvent, Sender } from '../../inbox/model/event.js';
import type { Alias } from '../../inbox/model/identity.js';
import { asNumber, asObject, asText, field } from '../lib/read-json.js';
import { type Envelope, ignored } from './envelope.js';

/** A member as `users.info` and `user_change` describe them. */
export interface Person {
  id: string;
  name: string;
  /** Seconds; grows with every change of the profile. */
  updated: number;
  isBot: boolean;
  language?: string;
  email?: { value: string; proof: 'channel' | 'claimed' };
}

/**
 * An address is vouched for only where Slack confirmed it and the member is one of our own workspace: what another
 * company's administrator types there is a claim. Pure.
 */
export function readPerson(user: unknown, teamId: string): Person | undefined {
  const found = asObject(user);
  const id = asText(found?.['id']);
  if (found === undefined || id === undefined || !/^[A-Z0-9]{1,24}$/u.test(id)) return undefined;
  const name = [field(found, 'profile', 'display_name'), field(found, 'profile', 'real_name'), found['real_name'], found['name']].map(asText).find((text) => text !== undefined && text.trim() !== '');
  const email = asText(field(found, 'profile', 'email'))?.toLowerCase();
  const language = /^[a-z]{2}(?=-|$)/u.exec(asText(found['locale']) ?? '')?.[0];
  const confirmed = found['is_email_confirmed'] === true && asText(found['team_id']) === teamId && found['is_stranger'] !== true;
  return {
    id, name: (name ?? id).slice(0, 200), updated: asNumber(found['updated']) ?? 0, isBot: found['is_bot'] === true || id === 'USLACKBOT',
    ...(language === undefined ? {} : { language }),
    ...(email === undefined || !/^[^\s@]{1,64}@[^\s@]{1,250}$/u.test(email) ? {} : { email: { value: email, proof: confirmed ? 'channel' : 'claimed' } }),
  };
}

export function senderOfPerson(person: Person, teamId: string): Sender {
  const aliases: Alias[] = person.email === undefined ? [] : [{ type: 'email', value: person.email.value, proof: person.email.proof }];
  return { kind: 'slack', scope: teamId, externalUserId: person.id, displayName: person.name, proof: 'channel', aliases, ...(person.language === undefined ? {} : { language: person.language }) };
}

/**
 * `user_change` tells of every member of the workspace: only one we have met is news to the inbox. Ids are those of the
 * delivery.
 */
export function parsePerson(envelope: Envelope): InboundEvent {
  const person = readPerson(envelope.event['user'], envelope.teamId);
  if (person === undefined) return ignored(envelope, 'a change of nobody', envelope.body);
  if (person.isBot || envelope.facts.personName(person.id) === undefined) return ignored(envelope, 'somebody who has not written here');
  return { ...envelope.base, type: 'identity', sender: senderOfPerson(person, envelope.teamId) };
}
