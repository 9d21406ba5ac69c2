import { AppError } from '../../errors.js';

/** What each part of a pick may say: `undefined` when it says nothing that is known. */
export type PartReaders<P> = Readonly<Record<string, (value: string) => P | undefined>>;

/** Reads parts joined by `;`, each a name, a colon and a value. Throws `bad_request` that names the part which is none. */
export function readPick<P extends object>(text: string | undefined, readers: PartReaders<P>): P {
  const pick = {} as P;
  for (const part of (text ?? '').split(';').filter((each) => each !== '')) {
    const colon = part.indexOf(':');
    const name = part.slice(0, Math.max(0, colon));
    const read = Object.hasOwn(readers, name) ? readers[name]?.(decoded(part.slice(colon + 1))) : undefined;
    if (read === undefined) throw new AppError('bad_request', 'This pick is none of ours.', { facts: { part: part.slice(0, 100) } });
    Object.assign(pick, read);
  }
  return pick;
}

/** Several of these, joined by `|`; `undefined` when one of them is none. */
export function choicesOf<T extends string>(value: string, all: readonly T[]): T[] | undefined {
  const wanted = value.split('|');
  const known = all.filter((one) => wanted.includes(one));
  return known.length === wanted.length ? known : undefined;
}

/** A group's id may hold what separates parts; then it is written as in an address. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch (error) {
    if (error instanceof URIError) return value;
    throw error;
  }
}
