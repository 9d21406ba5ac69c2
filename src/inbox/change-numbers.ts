/**
 * The number on every change of a list row, growing over the whole workspace. Browsers resume from the last one they
 * saw. Numbers are not dense. Start it with the newest number in the store.
 */
export class ChangeNumbers {
  constructor(private newest: number) {}

  next(): number {
    this.newest += 1;
    return this.newest;
  }

  current(): number {
    return this.newest;
  }
}
