import type { IncomingHttpHeaders } from 'node:http';

/**
 * The session cookie. Over https it is `__Host-rapport`: browsers then refuse to take it from a subdomain or over plain
 * http. Without https (a first try on one's own machine) the prefix is not allowed, so it is `rapport`.
 */
export interface SessionCookie {
  read(headers: IncomingHttpHeaders): string | undefined;
  /** A Set-Cookie value. */
  write(token: string): string;
  clear(): string;
}

export function createSessionCookie(options: { secure: boolean; maxAgeSeconds: number }): SessionCookie {
  const name = options.secure ? '__Host-rapport' : 'rapport';
  const attributes = `; Path=/; HttpOnly; SameSite=Lax${options.secure ? '; Secure' : ''}`;
  return {
    read: (headers) => readCookie(headers.cookie, name),
    write: (token) => `${name}=${token}${attributes}; Max-Age=${options.maxAgeSeconds}`,
    clear: () => `${name}=${attributes}; Max-Age=0`,
  };
}

function readCookie(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const equals = part.indexOf('=');
    if (equals > 0 && part.slice(0, equals).trim() === name) {
      const value = part.slice(equals + 1).trim();
      return /^[A-Za-z0-9_-]{43}$/.test(value) ? value : undefined;
    }
  }
  return undefined;
}
