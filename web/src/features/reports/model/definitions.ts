import type { Definition } from '../../../lib/shapes.js';

/** The definition shown beside a number: by where it is shown, else by its own name. */
export function definitionOf(all: readonly Definition[], name: string): Definition | undefined {
  return all.find((definition) => definition.id === name) ?? all.find((definition) => definition.shown.includes(name));
}
