import { type Casemap, foldName } from './casemap.js';

const kept = 5_000;

/**
 * Who is behind a nick, for as long as we see them: somebody who takes another nick stays the person they were, and their
 * old nick means nobody until somebody else takes it. Kept in memory only; a person seen anew begins as their nick.
 */
export class People {
  private readonly byNick = new Map<string, string>();

  constructor(private casemap: Casemap = 'rfc1459') {}

  /** The network tells its rule while we sign in. */
  useCasemap(casemap: Casemap): void {
    this.casemap = casemap;
  }

  personOf(nick: string): string {
    const folded = foldName(nick, this.casemap);
    return this.byNick.get(folded) ?? `nick~${folded}`;
  }

  renamed(from: string, to: string): void {
    const person = this.personOf(from);
    this.left(from);
    this.is(to, person);
  }

  /** This nick is that person now (the network names their account). */
  is(nick: string, person: string): void {
    this.byNick.set(foldName(nick, this.casemap), person);
    const oldest = this.byNick.size > kept ? this.byNick.keys().next().value : undefined;
    if (oldest !== undefined) this.byNick.delete(oldest);
  }

  /** Who comes next under this nick is somebody else. */
  left(nick: string): void {
    this.byNick.delete(foldName(nick, this.casemap));
  }

  /** What a person is called now. */
  nickOf(person: string): string | undefined {
    for (const [nick, each] of this.byNick) if (each === person) return nick;
    return undefined;
  }
}
