import { sendsNotices } from '../adapters/contract/abilities.js';
import type { SendNotice } from '../inbox/prove-address.js';
import type { ChannelBook } from './channel-book.js';

/** The mailbox that writes for other channels: the oldest one that is on. */
export function firstMailbox(book: ChannelBook): string | undefined {
  return [...book.all().values()].find((channel) => channel.kind === 'email' && channel.state === 'on' && channel.removedAt === undefined && book.account(channel._id) !== undefined)?._id;
}

/** Own addresses over all mailboxes, lower-case; they never become recipients. */
export function ownAddressesOf(book: ChannelBook): ReadonlySet<string> {
  const own = new Set<string>();
  for (const channel of book.all().values()) {
    if (channel.kind !== 'email') continue;
    const { address, aliases } = channel.settings;
    if (typeof address === 'string') own.add(address.toLowerCase());
    if (Array.isArray(aliases)) for (const alias of aliases) if (typeof alias === 'string') own.add(alias.toLowerCase());
  }
  return own;
}

/** Mail that belongs to no conversation, such as a code that proves an address. */
export function createNotices(book: ChannelBook): SendNotice {
  return async (notice) => {
    const id = firstMailbox(book);
    const account = id === undefined ? undefined : book.account(id);
    const adapter = account === undefined ? undefined : book.adapter('email');
    if (account === undefined || adapter === undefined || !sendsNotices(adapter)) return undefined;
    const outcome = await adapter.sendNotice(notice, account);
    return outcome.result === 'sent' || outcome.result === 'delivered';
  };
}
