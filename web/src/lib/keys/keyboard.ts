/** One thing that a key does, as the help shows it. */
export interface Binding {
  /** `j`, `?`, `mod+enter`, or two keys one after the other: `g m`. `mod` is ⌘ on a Mac, Ctrl elsewhere. */
  key: string;
  label: string;
  group: string;
  run: () => void;
  /** Also while somebody writes in a field. */
  inFields?: boolean;
}

const sequenceMs = 1200;

/**
 * All keys that do something now. Parts of the screen add theirs while they are shown; the latest wins. A plain class:
 * the page hands it key events and it says whether it used them.
 */
export class Keyboard {
  #sets: { bindings: readonly Binding[] }[] = [];
  #first: { key: string; at: number } | undefined;
  readonly #listeners = new Set<() => void>();
  #all: readonly Binding[] = [];

  /** Returns what takes them away again. */
  add(bindings: readonly Binding[]): () => void {
    const set = { bindings };
    this.#sets = [...this.#sets, set];
    this.#tell();
    return () => {
      this.#sets = this.#sets.filter((other) => other !== set);
      this.#tell();
    };
  }

  /** Every binding there is, each key once. The same array until something changes. */
  all = (): readonly Binding[] => this.#all;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Runs what the key is for; false when it is for nothing. `at` is in milliseconds. */
  press(stroke: string, where: { inField: boolean; at: number }): boolean {
    const first = this.#first !== undefined && where.at - this.#first.at < sequenceMs ? this.#first.key : undefined;
    this.#first = undefined;
    const binding = (first === undefined ? undefined : this.#find(`${first} ${stroke}`)) ?? this.#find(stroke);
    if (binding !== undefined) {
      if (where.inField && binding.inFields !== true) return false;
      binding.run();
      return true;
    }
    if (!where.inField && this.#all.some((other) => other.key.startsWith(`${stroke} `))) {
      this.#first = { key: stroke, at: where.at };
      return true;
    }
    return false;
  }

  #find(key: string): Binding | undefined {
    return this.#all.find((binding) => binding.key === key);
  }

  #tell(): void {
    const byKey = new Map<string, Binding>();
    for (const set of this.#sets) for (const binding of set.bindings) byKey.set(binding.key, binding);
    this.#all = [...byKey.values()];
    for (const listener of this.#listeners) listener();
  }
}

/** The name of a key event as bindings write it. */
export function strokeOf(event: { key: string; metaKey: boolean; ctrlKey: boolean; altKey: boolean; shiftKey: boolean }): string | undefined {
  if (['Shift', 'Control', 'Alt', 'Meta'].includes(event.key)) return undefined;
  const named = event.key.length === 1 ? event.key.toLowerCase() : event.key.toLowerCase().replace('arrow', '');
  const mod = event.metaKey || event.ctrlKey ? 'mod+' : '';
  // Shift is already in the character ("?"); it is named only where the key has no character of its own, or a letter.
  const shift = event.shiftKey && (event.key.length > 1 || /[a-z]/i.test(event.key)) ? 'shift+' : '';
  return `${mod}${event.altKey ? 'alt+' : ''}${shift}${named}`;
}
