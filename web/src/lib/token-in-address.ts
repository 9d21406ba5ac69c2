/** The one-time token of a link: after the # (never sent to a server), or as `?token=`. Empty when there is none. */
export function tokenInAddress(address: { hash: string; search: string }): string {
  const inHash = address.hash.replace(/^#/, '').replace(/^token=/, '');
  return inHash === '' ? (new URLSearchParams(address.search).get('token') ?? '') : decodeURIComponent(inHash);
}
