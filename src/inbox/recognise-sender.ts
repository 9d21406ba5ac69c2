import type { Core, Work } from './core.js';
import { rootOf } from './clock/person.js';
import { type LinkCore, linkByAddress } from './link-customers.js';
import type { Millis } from './model/common.js';
import type { Sender } from './model/event.js';
import type { Alias, AliasEntry, Customer, Identity, Proof } from './model/identity.js';

export interface Recognised {
  identity: Identity;
  /** The person: the root record. */
  root: Customer;
}

const proofRank: Record<Proof, number> = { claimed: 0, channel: 1, verified: 2 };
/** Seen again within this time changes no row. */
const seenAgainMs = 5 * 60_000;

/** The identity's id: one external account of a person. */
export function identityIdOf(sender: Pick<Sender, 'kind' | 'scope' | 'externalUserId'>): string {
  return `${sender.kind}:${sender.scope}:${sender.externalUserId}`;
}

/**
 * Finds or makes the identity that wrote, and the customer behind it. New addresses, and better proof of known ones, are
 * kept; what the proof allows is joined, anything less becomes a suggestion. Doing it again changes nothing.
 */
export async function recogniseSender(core: LinkCore & Pick<Core, 'newId'>, work: Work, input: { sender: Sender; channelId: string; at: Millis }): Promise<Recognised> {
  const { sender } = input;
  const known = await work.c.identities.get(identityIdOf(sender));
  const identity = known === undefined ? await meet(core, work, input) : await meetAgain(core, work, known, input);
  let root = await rootOf(work, identity.customerId);
  if (root === undefined) {
    await work.c.customers.insert(newCustomer(identity, input.at));
    root = await rootOf(work, identity.customerId) ?? newCustomer(identity, input.at);
  }
  const seen = input.at - root.lastSeenAt > seenAgainMs;
  const moved = sender.timeZone !== undefined && sender.timeZone !== root.timeZone;
  if (seen || moved) {
    root = await work.c.customers.change(root._id, { set: { ...(seen ? { lastSeenAt: input.at } : {}), ...(moved ? { timeZone: sender.timeZone } : {}) } }) ?? root;
  }
  return { identity, root };
}

async function meet(core: LinkCore & Pick<Core, 'newId'>, work: Work, input: { sender: Sender; channelId: string; at: Millis }): Promise<Identity> {
  const { sender, at } = input;
  const fresh: Identity = {
    _id: identityIdOf(sender),
    kind: sender.kind,
    customerId: core.newId(),
    ...(sender.displayName === undefined ? {} : { displayName: sender.displayName }),
    proof: sender.proof,
    aliases: sender.aliases,
    ...(sender.language === undefined ? {} : { language: sender.language }),
    channelId: input.channelId,
    firstSeenAt: at,
    lastSeenAt: at,
  };
  const identity = await work.c.identities.insert(fresh) === 'inserted' ? fresh : await work.c.identities.get(fresh._id) ?? fresh;
  await work.c.customers.insert(newCustomer(identity, at));
  for (const alias of identity.aliases) await keepAlias(core, work, identity, alias);
  return identity;
}

async function meetAgain(core: LinkCore & Pick<Core, 'newId'>, work: Work, known: Identity, input: { sender: Sender; channelId: string; at: Millis }): Promise<Identity> {
  const { sender, at } = input;
  const better = sender.aliases.filter((alias) => isBetter(known.aliases, alias));
  const named = sender.displayName !== undefined && sender.displayName !== known.displayName;
  const proved = proofRank[sender.proof] > proofRank[known.proof];
  const newest = sender.aliases.at(-1);
  const lastOfAll = known.aliases.at(-1);
  const restated = newest !== undefined && lastOfAll !== undefined && !sameAlias(newest, lastOfAll);
  if (better.length === 0 && !named && !proved && !restated && at - known.lastSeenAt <= seenAgainMs) return known;
  // What was stated last stands last: an answer by mail goes there.
  const stated = sender.aliases.map((alias) => isBetter(known.aliases, alias) ? alias : known.aliases.find((other) => sameAlias(other, alias)) ?? alias);
  const aliases = [...known.aliases.filter((alias) => !stated.some((fresh) => sameAlias(fresh, alias))), ...stated];
  const identity = await work.c.identities.change(known._id, {
    set: { aliases, lastSeenAt: Math.max(at, known.lastSeenAt), ...(named ? { displayName: sender.displayName } : {}), ...(proved ? { proof: sender.proof } : {}) },
  }) ?? known;
  if (named) await rename(work, identity, known);
  for (const alias of better) await keepAlias(core, work, identity, alias);
  return identity;
}

async function keepAlias(core: LinkCore & Pick<Core, 'newId'>, work: Work, identity: Identity, alias: Alias): Promise<void> {
  const key = `${alias.type}:${alias.value}`;
  const entry: AliasEntry = { _id: `${key}|${identity._id}`, key, identityId: identity._id, customerId: identity.customerId, proof: alias.proof };
  await work.c.identities.putAlias(entry);
  if (alias.type === 'email' || alias.type === 'phone') await linkByAddress(core, work, entry);
}

/** A name that only the channel gave follows the channel; one an agent typed stays. */
async function rename(work: Work, identity: Identity, before: Identity): Promise<void> {
  const customer = await work.c.customers.get(identity.customerId);
  const name = identity.displayName;
  if (customer === undefined || name === undefined) return;
  if (customer.name === before.displayName || customer.name === nameOf({ ...before, displayName: '' })) {
    await work.c.customers.change(customer._id, { set: { name, nameKey: nameKeyOf(name) } });
  }
}

function isBetter(known: readonly Alias[], alias: Alias): boolean {
  const same = known.find((other) => sameAlias(other, alias));
  return same === undefined || proofRank[alias.proof] > proofRank[same.proof];
}

function sameAlias(a: Alias, b: Alias): boolean {
  return a.type === b.type && a.value === b.value;
}

function newCustomer(identity: Identity, at: Millis): Customer {
  const name = nameOf(identity);
  return {
    _id: identity.customerId,
    name,
    nameKey: nameKeyOf(name),
    joined: [],
    ...(identity.language === undefined ? {} : { language: identity.language }),
    firstSeenAt: at,
    lastSeenAt: at,
    conversationCount: 0,
    mood: [],
    facts: [],
    tags: [],
  };
}

/** What to call somebody: the name the channel gives, else their address, else what they are. */
export function nameOf(identity: Pick<Identity, 'displayName' | 'aliases' | 'kind'>): string {
  if (identity.displayName !== undefined && identity.displayName.trim() !== '') return identity.displayName.trim().slice(0, 120);
  const address = identity.aliases.find((alias) => alias.type === 'email') ?? identity.aliases[0];
  if (address !== undefined) return address.value;
  return identity.kind === 'webchat' ? 'Visitor' : 'Unknown sender';
}

/** Lower case, without accents: finds "Élodie" by "elo". */
export function nameKeyOf(name: string): string {
  return name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim();
}
