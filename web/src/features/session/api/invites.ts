import type { Api } from '../../../lib/api/client.js';

export interface InviteView {
  name: string;
  email: string;
  kind: 'invite' | 'reset';
  expiresAt: number;
}

/** Whose link this is, without using it up. */
export function checkInvite(api: Api, token: string): Promise<InviteView> {
  return api.send('POST', '/invites/check', { token });
}

/** Uses the link up: sets the password and signs in. */
export async function acceptInvite(api: Api, input: { token: string; password: string }): Promise<void> {
  const answer = await api.send<{ csrf: string }>('POST', '/invites/accept', input);
  api.useCsrf(answer.csrf);
}
