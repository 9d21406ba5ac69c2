import type { SessionCookie } from '../auth/cookies.js';
import type { PasswordHashing } from '../auth/password-hashing.js';
import type { RateLimits } from '../auth/rate-limits.js';
import type { HttpDeps } from '../deps.js';
import type { EventHub } from '../live/event-hub.js';
import type { ViewingBoard } from '../live/viewing-board.js';
import type { SignedLinks } from '../mail/signed-links.js';
import type { ChannelBook } from './channel-book.js';

/** What the routes are made from: the outside, and the parts of this folder that hold something. */
export interface ApiContext extends HttpDeps {
  cookie: SessionCookie;
  passwords: PasswordHashing;
  limits: RateLimits;
  book: ChannelBook;
  hub: EventHub;
  viewing: ViewingBoard;
  links: SignedLinks;
}
