import type { Api } from '../../../lib/api/client.js';

/** Signs in; the session is a cookie that no script can read. */
export async function signIn(api: Api, input: { email: string; password: string }): Promise<void> {
  const answer = await api.send<{ csrf: string }>('POST', '/session', input);
  api.useCsrf(answer.csrf);
}
