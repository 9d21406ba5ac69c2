import type { Api } from '../../../lib/api/client.js';

export interface SetUpInput {
  token: string;
  companyName: string;
  name: string;
  email: string;
  password: string;
}

/** Makes the first administrator, closes set-up for good, and signs in. */
export async function completeSetUp(api: Api, input: SetUpInput): Promise<void> {
  const answer = await api.send<{ csrf: string }>('POST', '/setup', input);
  api.useCsrf(answer.csrf);
}
