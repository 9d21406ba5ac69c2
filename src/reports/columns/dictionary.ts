/** Strings as small numbers: 0 stands for none, every other string gets the next number and keeps it. */
export class Dictionary {
  readonly words: string[] = [''];
  private readonly codes = new Map<string, number>();

  code(word: string | undefined): number {
    if (word === undefined || word === '') return 0;
    const known = this.codes.get(word);
    if (known !== undefined) return known;
    const code = this.words.push(word) - 1;
    this.codes.set(word, code);
    return code;
  }

  /** `undefined` when nobody has used this string. */
  find(word: string): number | undefined {
    return word === '' ? 0 : this.codes.get(word);
  }

  word(code: number): string {
    return this.words[code] ?? '';
  }

  get size(): number {
    return this.words.length;
  }
}
