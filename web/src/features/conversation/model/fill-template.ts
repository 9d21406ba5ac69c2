/** A template as it reads with its gaps (`{{1}}`, `{{2}}` …) filled; a gap without a value stays to be seen. */
export function filled(text: string, values: readonly string[]): string {
  return text.replace(/\{\{(\d{1,2})\}\}/gu, (gap, number: string) => {
    const value = values[Number(number) - 1];
    return value === undefined || value === '' ? gap : value;
  });
}
