/** What the platform calls a post: the number of the status on the account's own server. */
export type StatusId = string & { readonly brand: 'MastodonStatusId' };

/** Back an id, or `undefined` when it is none: figures, or the letters other servers of the same API use. */
export function statusId(value: unknown): StatusId | undefined {
  return typeof value === 'string' && /^[\w-]{1,64}$/u.test(value) ? (value as StatusId) : undefined;
}

/** Ledger keys: a notification, a status of our own, a change, a removal. They never collide. */
export const eventIds = {
  notification: (id: string): string => `n:${id}`,
  own: (id: string): string => `s:${id}`,
  edit: (id: string, editedAt: string): string => `e:${id}:${editedAt}`,
  removal: (id: string): string => `d:${id}`,
};

/** Direct messages with one person are one thread; a public thread is one conversation for each person who speaks with us in it. */
export function threadKey(visibility: string, root: string, accountId: string): string {
  return visibility === 'direct' ? `direct:${accountId}` : `${root}:${accountId}`;
}

/** What makes an account's number unique: its server. Without ':' so that it can stand in an identity's id. */
export function scopeOf(baseUrl: string): string {
  return new URL(baseUrl).host.replaceAll(':', '_');
}
