import type { ChannelKind, IdentityView } from '../../../lib/shapes.js';

type Proof = IdentityView['proof'];

/** One way to reach or recognise a person, with how sure we are that it is theirs. */
export interface IdentityLine {
  key: string;
  icon: ChannelKind | 'phone' | 'at';
  text: string;
  proof: Proof;
  /** Born with another record that was joined into this person. */
  joined: boolean;
}

const rank: Readonly<Record<Proof, number>> = { claimed: 0, channel: 1, verified: 2 };
const proofLabels: Readonly<Record<Proof, { label: string; why: string }>> = {
  verified: { label: 'verified', why: 'A code or link sent there came back.' },
  channel: { label: 'signed', why: 'The channel vouches for it.' },
  claimed: { label: 'typed', why: 'Somebody typed it; nothing proves it yet.' },
};

/** What a proof is called, and what it means. */
export function proofWords(proof: Proof): { label: string; why: string } {
  return proofLabels[proof];
}

/** Every address, number and account once, with the best proof that any channel gives; the surest first. */
export function identityLines(identities: readonly IdentityView[]): IdentityLine[] {
  const lines = new Map<string, IdentityLine>();
  const add = (line: IdentityLine) => {
    const known = lines.get(line.key);
    if (known === undefined || rank[line.proof] > rank[known.proof]) lines.set(line.key, line);
  };
  for (const identity of identities) {
    const joined = identity.joinedFrom !== undefined;
    const aliases = identity.aliases.filter((alias) => alias.type !== 'native');
    const ownAddress = identity.kind === 'email' && aliases.some((alias) => alias.type === 'email');
    if (!ownAddress) add({ key: `account ${identity.id}`, icon: identity.kind, text: accountName(identity), proof: identity.proof, joined });
    for (const alias of aliases) add({ key: `${alias.type} ${alias.value}`, icon: alias.type === 'phone' ? 'phone' : alias.type === 'username' ? 'at' : 'email', text: alias.value, proof: alias.proof, joined });
  }
  return [...lines.values()].toSorted((one, other) => rank[other.proof] - rank[one.proof]);
}

function accountName(identity: IdentityView): string {
  if (identity.kind === 'webchat') return 'web chat';
  return identity.displayName ?? identity.kind;
}
