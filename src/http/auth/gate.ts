import type { Request } from 'express';
import { AppError, messageOf } from '../../errors.js';
import type { Role } from '../../inbox/model/people.js';
import type { HttpDeps } from '../deps.js';
import type { SessionCookie } from './cookies.js';
import type { RateLimits } from './rate-limits.js';
import { assertCsrfToken, assertSameOrigin } from './same-origin.js';
import { noteUse, whoIs, type SignedIn } from './sign-in.js';

const rank: Record<Role, number> = { agent: 0, lead: 1, administrator: 2 };

/** The one door of the API: who is it, may they call this, and did they mean to. */
export interface Gate {
  /** The person behind the request; `undefined` only on routes for anyone. Throws `not_signed_in`, `forbidden` or `too_many`. */
  admit(route: { method: string; who: Role | 'anyone' }, request: Request): Promise<SignedIn | undefined>;
}

export function createGate(deps: Pick<HttpDeps, 'people' | 'clock' | 'config' | 'log'> & { cookie: SessionCookie; limits: RateLimits }): Gate {
  return {
    async admit(route, request) {
      const changes = route.method !== 'get';
      if (route.who === 'anyone') {
        if (changes) assertSameOrigin(request.headers, deps.config.publicUrl);
        return undefined;
      }
      const person = await whoIs(deps, deps.cookie, request);
      if (!person) throw new AppError('not_signed_in', 'Sign in first.');
      await deps.limits.request(person.credentialId);
      if (changes && person.session) {
        assertSameOrigin(request.headers, deps.config.publicUrl);
        assertCsrfToken(request.headers, person.session.csrf);
      }
      if (rank[person.agent.role] < rank[route.who]) throw new AppError('forbidden', `This needs the role ${route.who}.`);
      noteUse(deps, person).catch((error: unknown) => deps.log.warn({ error: messageOf(error) }, 'use of a session was not noted'));
      return person;
    },
  };
}
