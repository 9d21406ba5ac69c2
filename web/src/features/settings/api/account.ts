import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { Api } from '../../../lib/api/client.js';
import { keys } from '../../../lib/cache/keys.js';
import type { Me, MyPresence, SessionView } from '../../../lib/shapes.js';

/** Where one is signed in. */
export function listSessions(api: Api) {
  return queryOptions({ queryKey: keys.sessions, queryFn: async ({ signal }) => (await api.get<{ items: SessionView[] }>('/sessions', undefined, signal)).items });
}

/** All that is kept of when one was there, newest first. */
export function getMyPresence(api: Api) {
  return infiniteQueryOptions({
    queryKey: keys.myPresence,
    queryFn: ({ pageParam, signal }) => api.get<MyPresence>('/me/presence', { before: pageParam }, signal),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (last) => last.keptBefore,
  });
}

/** In which language mails to oneself are; `null`: the company's. */
export function changeLanguage(api: Api, language: NonNullable<Me['preferences']['language']> | null): Promise<void> {
  return api.send('PATCH', '/me', { preferences: { language } });
}

/** Signs out there. */
export function endSession(api: Api, id: string): Promise<void> {
  return api.send('DELETE', `/sessions/${encodeURIComponent(id)}`);
}

/** Signs out everywhere but here. */
export function endOtherSessions(api: Api): Promise<void> {
  return api.send('DELETE', '/sessions');
}

/** Changes one's password; every other session ends. */
export async function changePassword(api: Api, input: { current: string; password: string }): Promise<void> {
  const answer = await api.send<{ csrf: string }>('POST', '/me/password', input);
  api.useCsrf(answer.csrf);
}

/** Changes what one is called. */
export function changeName(api: Api, name: string): Promise<void> {
  return api.send('PATCH', '/me', { name });
}
