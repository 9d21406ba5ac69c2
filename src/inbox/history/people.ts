import { type Core, Effects, type Work } from '../core.js';
import type { ClockCore } from '../clock/keep.js';
import { linkByAddress } from '../link-customers.js';
import type { Channel } from '../model/channel.js';
import type { Millis } from '../model/common.js';
import type { Alias, AliasEntry, Identity } from '../model/identity.js';
import { identityIdOf, nameKeyOf, nameOf } from '../recognise-sender.js';
import type { HistoryCustomer } from './line.js';

/** Channels whose adapters call a customer by an address that is the same everywhere, or by a name within the channel. */
function identityOf(channel: Channel, customer: HistoryCustomer): string {
  const address = channel.kind === 'email' ? customer.email ?? (customer.id.includes('@') ? customer.id.toLowerCase() : undefined) : undefined;
  return address === undefined ? identityIdOf({ kind: channel.kind, scope: channel._id, externalUserId: customer.id }) : identityIdOf({ kind: 'email', scope: 'global', externalUserId: address });
}

/**
 * The identity a line is about, and the customer behind it; made when it is not known. Somebody who is known already is
 * left as they are. What the file says of addresses is `claimed`: it joins nobody with anybody, it only suggests.
 */
export async function findCustomer(core: Pick<Core, 'newId'> & ClockCore, work: Pick<Work, 'c'>, input: { channel: Channel; customer: HistoryCustomer; at: Millis }): Promise<Identity> {
  const { channel, customer, at } = input;
  const id = identityOf(channel, customer);
  const known = await work.c.identities.get(id);
  if (known !== undefined) return known;
  const fresh: Identity = {
    _id: id,
    kind: channel.kind,
    customerId: core.newId(),
    ...(customer.name === undefined ? {} : { displayName: customer.name }),
    proof: 'claimed',
    aliases: aliasesOf(channel, customer),
    ...(customer.language === undefined ? {} : { language: customer.language }),
    channelId: channel._id,
    firstSeenAt: at,
    lastSeenAt: at,
  };
  const identity = await work.c.identities.insert(fresh) === 'inserted' ? fresh : await work.c.identities.get(id) ?? fresh;
  await insertCustomer(work, identity, at);
  for (const alias of identity.aliases) await keepAlias(core, work, identity, alias);
  return identity;
}

function aliasesOf(channel: Channel, customer: HistoryCustomer): Alias[] {
  const email = customer.email ?? (channel.kind === 'email' && customer.id.includes('@') ? customer.id.toLowerCase() : undefined);
  return [
    ...(email === undefined ? [] : [{ type: 'email' as const, value: email, proof: 'claimed' as const }]),
    ...(customer.phone === undefined ? [] : [{ type: 'phone' as const, value: customer.phone, proof: 'claimed' as const }]),
  ];
}

async function insertCustomer(work: Pick<Work, 'c'>, identity: Identity, at: Millis): Promise<void> {
  const name = nameOf(identity);
  await work.c.customers.insert({
    _id: identity.customerId, name, nameKey: nameKeyOf(name), joined: [], ...(identity.language === undefined ? {} : { language: identity.language }),
    firstSeenAt: at, lastSeenAt: at, conversationCount: 0, mood: [], facts: [], tags: [],
  });
}

async function keepAlias(core: ClockCore, work: Pick<Work, 'c'>, identity: Identity, alias: Alias): Promise<void> {
  const key = `${alias.type}:${alias.value}`;
  const entry: AliasEntry = { _id: `${key}|${identity._id}`, key, identityId: identity._id, customerId: identity.customerId, proof: alias.proof };
  await work.c.identities.putAlias(entry);
  // What follows of it is told to nobody: an import is not news.
  await linkByAddress(core, { c: work.c, fx: new Effects() }, entry);
}
