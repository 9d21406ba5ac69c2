import type { Agent } from '../model/people.js';

/** What is wrong with a line, in words for whoever made the file. */
export class LineFault extends Error {}

const unstorable = /\0|\p{Surrogate}/u;

/** The fields of one JSON object of a line, asked for by name and kind. Everything throws `LineFault`. */
export class Fields {
  private constructor(private readonly values: Readonly<Record<string, unknown>>, private readonly path: string) {}

  static parse(text: string): Fields {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      throw new LineFault('this is not JSON');
    }
    return Fields.of(value, '');
  }

  private static of(value: unknown, path: string): Fields {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new LineFault(path === '' ? 'a line must be one JSON object' : `${path.slice(0, -1)} must be an object`);
    return new Fields(value as Record<string, unknown>, path);
  }

  /** As it stands; absent, and `null`, are `undefined`. */
  value(name: string): unknown {
    return Object.hasOwn(this.values, name) ? this.values[name] ?? undefined : undefined;
  }

  inner(name: string): Fields {
    const value = this.value(name);
    if (value === undefined) throw new LineFault(`${this.path}${name} is missing`);
    return Fields.of(value, `${this.path}${name}.`);
  }

  innerOrUndefined(name: string): Fields | undefined {
    return this.value(name) === undefined ? undefined : this.inner(name);
  }

  text(name: string, maxChars: number, options: { empty?: boolean } = {}): string {
    const value = this.value(name);
    if (value === undefined) throw new LineFault(`${this.path}${name} is missing`);
    // Other systems number what they keep.
    const text = typeof value === 'number' && options.empty !== true ? String(value) : value;
    if (typeof text !== 'string') throw new LineFault(`${this.path}${name} must be text`);
    if (text.trim() === '' && options.empty !== true) throw new LineFault(`${this.path}${name} is empty`);
    if (text.length > maxChars) throw new LineFault(`${this.path}${name} is too long: ${text.length} characters, at most ${maxChars}`);
    if (unstorable.test(text)) throw new LineFault(`${this.path}${name} holds a character that is none (NUL, or half of one)`);
    return text;
  }

  optional(name: string, maxChars: number): string | undefined {
    const value = this.value(name);
    return value === undefined || value === '' ? undefined : this.text(name, maxChars);
  }

  oneOf<T extends string>(name: string, allowed: readonly T[], otherwise?: T): T {
    const value = this.value(name);
    if (value === undefined && otherwise !== undefined) return otherwise;
    if (value === undefined) throw new LineFault(`${this.path}${name} is missing`);
    const found = allowed.find((each) => each === value);
    if (found === undefined) throw new LineFault(`${this.path}${name} must be one of ${allowed.join(', ')}`);
    return found;
  }

  list(name: string, limits: { most: number; chars: number }): string[] {
    const value = this.value(name);
    if (value === undefined) return [];
    if (!Array.isArray(value) || value.some((item) => typeof item !== 'string')) throw new LineFault(`${this.path}${name} must be a list of texts`);
    if (value.length > limits.most) throw new LineFault(`${this.path}${name} has ${value.length} entries, at most ${limits.most}`);
    return value.map((_item, at) => Fields.of({ [name]: value[at] as unknown }, this.path).text(name, limits.chars, { empty: true }));
  }
}

/** Whoever has this address here is that agent; anybody else stays a name. */
export function personFrom(given: { name: string; email: string | undefined }, agents: readonly Agent[]): { name: string; agent?: Agent } {
  const email = given.email?.trim().toLowerCase();
  const agent = email === undefined ? undefined : agents.find((candidate) => candidate.email === email);
  return agent === undefined ? { name: given.name } : { name: agent.name, agent };
}
