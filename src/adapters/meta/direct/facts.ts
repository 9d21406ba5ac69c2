import type { Millis } from '../../../inbox/model/common.js';
import type { Sender } from '../../../inbox/model/event.js';
import type { ParseFacts } from '../read.js';

/** The two products whose webhooks speak of `messaging`: Messenger, and Instagram's direct messages. */
export interface DirectFacts extends ParseFacts {
  kind: 'messenger' | 'instagram';
  /** Page id, or the Instagram account's: what a customer's id is valid for. */
  accountId: string;
  appId: string;
}

/** One event of a batch, with what all of them have. */
export interface Item {
  raw: unknown;
  facts: DirectFacts;
  /** The customer's id, scoped to the account. Also the thread's key: there is one thread with each. */
  customer: string;
  /** Our side did it: the page, or another app in its name. */
  own: boolean;
  at: Millis | undefined;
  /** Another app answers this person now; we are told what happens. */
  standby: boolean;
}

/** How an echo of this very app is called. */
export const thisApp = 'This app';

/** The apps that people answer from by hand. 263902037430900: the page's inbox. */
const inboxApps = new Set(['263902037430900']);

/** A customer, as the platform vouches for them. Names are not told with messages; they are asked for afterwards. */
export function customerOf(facts: Pick<DirectFacts, 'kind' | 'accountId'>, id: string): Sender {
  return { kind: facts.kind, scope: facts.accountId, externalUserId: id, proof: 'channel', aliases: [] };
}

/** Whoever wrote in the account's name without us. */
export function colleagueOf(facts: DirectFacts, appId: string | undefined): Sender {
  const native = facts.kind === 'instagram' ? 'Instagram' : 'Page inbox';
  const name = appId === undefined || inboxApps.has(appId) ? native : appId === facts.appId ? thisApp : `Another app (${appId})`;
  return { kind: facts.kind, scope: facts.accountId, externalUserId: facts.accountId, displayName: name, proof: 'channel', aliases: [] };
}
