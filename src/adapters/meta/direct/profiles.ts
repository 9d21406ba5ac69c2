import { AppError } from '../../../errors.js';
import type { IdentityEvent } from '../../../inbox/model/event.js';
import type { InboundSink } from '../../contract/abilities.js';
import { asText, field } from '../../lib/read-json.js';
import { errorOf } from '../errors.js';
import { callGraph, isTaken } from '../graph.js';
import { customerOf } from './facts.js';
import { shortHash } from './ids.js';
import type { DirectAccount, DirectDeps } from './product.js';

/** Names are asked again after a day, of so many people at most. */
const freshMs = 24 * 3_600_000;
const rememberedMax = 10_000;
const atOnceMax = 50;

/** Webhooks name nobody. Who wrote is looked up afterwards, once a day each, and told to the inbox as an identity event. */
export interface Profiles {
  /** Somebody wrote; `true` when there is something to look up. */
  want(customer: string): boolean;
  /** Looks up some of those who are wanted. Throws when Meta cannot be asked now. */
  lookUp(account: DirectAccount, channelId: string, sink: InboundSink): Promise<void>;
}

export function createProfiles(deps: DirectDeps): Profiles {
  const askedAt = new Map<string, number>();
  const wanted = new Set<string>();
  return {
    want: (customer) => {
      if (deps.clock() - (askedAt.get(customer) ?? -Infinity) < freshMs || wanted.size >= rememberedMax) return false;
      wanted.add(customer);
      return true;
    },
    lookUp: async (account, channelId, sink) => {
      for (const customer of [...wanted].slice(0, atOnceMax)) {
        const event = await profileOf(customer, { account, deps, channelId });
        wanted.delete(customer);
        askedAt.delete(customer);
        askedAt.set(customer, deps.clock());
        const oldest = askedAt.size > rememberedMax ? askedAt.keys().next().value : undefined;
        if (oldest !== undefined) askedAt.delete(oldest);
        if (event !== undefined) await sink([event]);
      }
    },
  };
}

async function profileOf(customer: string, to: { account: DirectAccount; deps: DirectDeps; channelId: string }): Promise<IdentityEvent | undefined> {
  const { account, deps, channelId } = to;
  const answer = await callGraph(deps.fetch, account.access, 'GET', customer, { query: { fields: account.product.nameFields.join() } });
  if (!isTaken(answer)) {
    const error = errorOf(answer.body);
    // A person who let nobody see their profile, or a permission that this app has not: asking again tomorrow is soon enough.
    if (answer.status >= 400 && answer.status < 500 && answer.status !== 429) return undefined;
    throw new AppError('connection_failed', error?.text ?? `Meta answered ${answer.status}`);
  }
  const username = asText(field(answer.body, 'username'));
  const name = asText(field(answer.body, 'name')) ?? [asText(field(answer.body, 'first_name')), asText(field(answer.body, 'last_name'))].filter((part) => part !== undefined).join(' ');
  const displayName = name.trim() === '' ? username : name.trim().slice(0, 200);
  if (displayName === undefined) return undefined;
  return {
    type: 'identity', channelId, eventId: `profile:${customer}:${shortHash(`${displayName}|${username ?? ''}`)}`, receivedAt: deps.clock(), verifiedBy: 'connection',
    sender: { ...customerOf({ kind: account.product.kind, accountId: account.accountId }, customer), displayName, aliases: username === undefined ? [] : [{ type: 'username', value: username.toLowerCase(), proof: 'channel' }] },
  };
}
