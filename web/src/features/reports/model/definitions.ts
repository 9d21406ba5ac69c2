import type { Definition } from '../../../lib/shapes.js';

/** The definitions of these names, in this order; a name that the server does not know is left out. */
export function definitionsOf(all: readonly Definition[], names: readonly string[]): Definition[] {
  return names.flatMap((name) => all.find((definition) => definition.id === name) ?? []);
}
