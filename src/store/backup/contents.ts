import type { CollectionSpec, Doc } from '../driver.js';

/** The collection of this name as this code knows it; one that it does not know any more is kept without indexes. */
export function specIn(specs: readonly CollectionSpec<never>[], name: string): CollectionSpec<Doc> {
  const known = (specs as unknown as readonly CollectionSpec<Doc>[]).find((spec) => spec.name === name);
  return known ?? { name, indexes: [] };
}

/** `undefined` when there is nothing; the state of migrations says nothing about content. */
export function holdsInWords(names: readonly string[]): string | undefined {
  const content = names.filter((name) => name !== 'migrations');
  return content.length === 0 ? undefined : `it has ${content.slice(0, 5).join(', ')}${content.length > 5 ? ' …' : ''}`;
}
