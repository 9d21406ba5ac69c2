import { isMantineColorScheme, type MantineColorSchemeManager } from '@mantine/core';

const key = 'rapport-theme';

/** Where this browser keeps the chosen theme; `theme.js` reads the same before the first paint. */
export const themeManager: MantineColorSchemeManager = {
  get: (fallback) => {
    const value = read();
    return isMantineColorScheme(value) ? value : fallback;
  },
  set: (value) => write(value),
  subscribe: () => undefined,
  unsubscribe: () => undefined,
  clear: () => write(null),
};

function read(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // storage may be forbidden; the system's choice stands
  }
}

function write(value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // then it lasts as long as the page
  }
}
