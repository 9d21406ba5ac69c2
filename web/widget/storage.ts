import type { Store } from './store.js';

/** Keys begin with `prefix`, so that several bubbles on one site do not meet. */
export function openStore(prefix: string, lasts: 'in the browser' | 'in the tab' = 'in the browser'): Store {
  const storage = usableStorage(lasts === 'in the tab' ? 'sessionStorage' : 'localStorage');
  return storage === undefined ? inMemory() : {
    get: (key) => storage.getItem(prefix + key) ?? undefined,
    set(key, value) {
      try {
        storage.setItem(prefix + key, value);
      } catch (error) {
        // Full: the page still works, only a reload forgets.
        console.warn('Rapport: the browser keeps nothing more for this site', error);
      }
    },
    remove: (key) => storage.removeItem(prefix + key),
    keys: () => Object.keys(storage).filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length)),
    onChange(listener) {
      addEventListener('storage', ({ key, storageArea }) => {
        if (storageArea === storage && key?.startsWith(prefix)) listener(key.slice(prefix.length));
      });
    },
  };
}

/** Private windows and strict settings throw on mere access. */
function usableStorage(name: 'localStorage' | 'sessionStorage'): Storage | undefined {
  try {
    const probe = 'rapport:probe';
    const storage = window[name];
    storage.setItem(probe, '1');
    storage.removeItem(probe);
    return storage;
  } catch {
    return undefined;
  }
}

function inMemory(): Store {
  const kept = new Map<string, string>();
  return {
    get: (key) => kept.get(key),
    set: (key, value) => { kept.set(key, value); },
    remove: (key) => { kept.delete(key); },
    keys: () => [...kept.keys()],
    onChange: () => undefined,
  };
}
