/** Small texts that outlive the page where the browser lets us keep any; else they live as long as the page. */
export interface Store {
  get(key: string): string | undefined;
  set(key: string, value: string): void;
  remove(key: string): void;
  keys(): string[];
  /** Another tab of this site changed a key. */
  onChange(listener: (key: string) => void): void;
}
