import { createContext, use, type ReactNode } from 'react';
import type { Api } from './client.js';

const ApiContext = createContext<Api | undefined>(undefined);

/** Gives everything below the way to the server. */
export function ApiProvider({ api, children }: { api: Api; children: ReactNode }) {
  return <ApiContext value={api}>{children}</ApiContext>;
}

/** The way to the server. */
export function useApi(): Api {
  const api = use(ApiContext);
  if (api === undefined) throw new Error('useApi outside of ApiProvider');
  return api;
}
