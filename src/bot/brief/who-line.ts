import type { BriefLine } from '../../inbox/model/brief.js';
import type { Alias, Identity, Proof } from '../../inbox/model/identity.js';
import { wallTimeAt } from '../../inbox/hours/local-time.js';
import { lineLength, textOfParts } from './fit.js';
import type { BriefDesk, BriefPart } from './story.js';

/** Who this is, since when, and on which channels and addresses, each with how it is proved. */
export function whoLine(desk: BriefDesk): BriefLine {
  const { input, texts } = desk;
  const since = input.past.length === 0 && desk.current.messages[0]?.seq === 1 ? texts.firstConversation : texts.since(monthOf(desk));
  const name = input.customer.name.slice(0, 50);
  const contacts = contactsOf(input.identities);
  const parts: BriefPart[] = [{ text: name }, { text: since }];
  if (contacts.length === 0) return { kind: 'who', parts: [...parts, { text: texts.noContact }] };
  for (const [index, contact] of contacts.entries()) {
    const left = contacts.length - index - 1;
    const part: BriefPart = { text: `${contactText(desk, contact)}${left === 0 ? '' : texts.and}`, ...(contact.proof === 'claimed' ? { tone: 'warn' as const } : {}) };
    if (textOfParts([...parts, part, { text: left === 0 ? '' : texts.more(left) }]).length > lineLength) {
      return { kind: 'who', parts: [...parts, { text: texts.more(left + 1) }] };
    }
    parts.push(part);
  }
  return { kind: 'who', parts };
}

function monthOf(desk: BriefDesk): string {
  const wall = wallTimeAt(desk.input.customer.firstSeenAt, desk.input.timeZone);
  return `${desk.texts.months[wall.month - 1] ?? ''} ${wall.year}`;
}

interface Contact {
  kind: Identity['kind'];
  value?: string;
  proof: Proof;
}

function contactText(desk: BriefDesk, contact: Contact): string {
  const channel = desk.texts.channels[contact.kind];
  const proof = desk.texts.proofs[contact.proof];
  return contact.value === undefined ? `${channel} (${proof})` : `${contact.value} (${proof})`;
}

const ranks: Readonly<Record<Proof, number>> = { verified: 0, channel: 1, claimed: 2 };

/** Each address once with its best proof, then channels that have none; the surest first. */
function contactsOf(identities: readonly Identity[]): Contact[] {
  const found = new Map<string, Contact>();
  for (const identity of identities) {
    const addresses = identity.aliases.filter(isAddress);
    for (const alias of addresses) keepSurest(found, alias.value, { kind: identity.kind, value: alias.value, proof: alias.proof });
    if (identity.kind !== 'email' || addresses.length === 0) keepSurest(found, `kind:${identity.kind}`, { kind: identity.kind, proof: identity.proof });
  }
  return [...found.values()].sort((a, b) => ranks[a.proof] - ranks[b.proof] || Number(a.value === undefined) - Number(b.value === undefined) || compare(a, b));
}

function keepSurest(found: Map<string, Contact>, key: string, contact: Contact): void {
  const known = found.get(key);
  if (known === undefined || ranks[contact.proof] < ranks[known.proof]) found.set(key, contact);
}

function isAddress(alias: Alias): boolean {
  return (alias.type === 'email' || alias.type === 'phone') && alias.value.length <= 80;
}

function compare(a: Contact, b: Contact): number {
  const left = a.value ?? a.kind;
  const right = b.value ?? b.kind;
  return left < right ? -1 : left > right ? 1 : 0;
}
