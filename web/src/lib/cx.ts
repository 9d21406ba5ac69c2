/** Joins class names; what is false or missing is left out. */
export function cx(...names: (string | false | undefined)[]): string {
  return names.filter((name) => typeof name === 'string' && name !== '').join(' ');
}
