import { hash, parseOptions, verify } from '@node-rs/argon2';
import { AppError, messageOf } from '../../errors.js';

/** The package's number for Argon2id (its enum cannot be read under `isolatedModules`). */
const argon2id = 2;
/** OWASP's first choice for Argon2id: 19 MiB, two passes. https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html */
const strength = { algorithm: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const atOnce = 2;
const mayWait = 40;

/**
 * Hashes and checks passwords, at most two at a time: a hash costs 19 MiB and some 30 ms of a core, and a crowd at the
 * sign-in page must not take the machine. More than 40 waiting: `too_many`.
 */
export interface PasswordHashing {
  hash(password: string): Promise<string>;
  /** Takes as long when there is no such hash as when there is. */
  matches(passwordHash: string | undefined, password: string): Promise<boolean>;
  /** Made with weaker settings than today's: hash again at the next sign-in. */
  isOutdated(passwordHash: string): boolean;
}

export function createPasswordHashing(): PasswordHashing {
  const inTurn = createTurnstile(atOnce, mayWait);
  let decoy: Promise<string> | undefined;

  return {
    hash: (password) => inTurn(() => hash(password, strength)),
    async matches(passwordHash, password) {
      decoy ??= hash('nobody has this password', strength);
      const against = passwordHash ?? (await decoy);
      const right = await inTurn(() => verify(against, password));
      return right && passwordHash !== undefined;
    },
    isOutdated(passwordHash) {
      const used = parseOptions(passwordHash);
      return used.algorithm !== argon2id || used.memoryCost < strength.memoryCost || used.timeCost < strength.timeCost;
    },
  };
}

function createTurnstile(limit: number, queueLimit: number) {
  let running = 0;
  const waiting: (() => void)[] = [];

  return async function inTurn<T>(task: () => Promise<T>): Promise<T> {
    if (running >= limit) {
      if (waiting.length >= queueLimit) throw new AppError('too_many', 'Too many people are signing in right now. Try again in a moment.');
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else {
      running += 1;
    }
    try {
      return await task();
    } catch (error) {
      throw error instanceof AppError ? error : new AppError('bug', `password hashing failed: ${messageOf(error)}`, { cause: error });
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
