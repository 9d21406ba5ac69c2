import type { OutboundFetch } from '../../contract.js';
import { accessOf, type CommonSettings } from '../config.js';
import type { GraphAccess } from '../graph.js';

/** What the two products differ in when something is sent. */
export interface DirectProduct {
  kind: 'messenger' | 'instagram';
  textMax: number;
  textUnit: 'utf16' | 'byte';
  fileMax: number;
  imageMax: number;
  /** Our message's id travels in `metadata` and comes back in the echo. */
  carriesMetadata: boolean;
  /** Fields of a customer's profile that hold what they are called. */
  nameFields: readonly string[];
}

/** One connected account, ready for requests. */
export interface DirectAccount {
  product: DirectProduct;
  /** Page or Instagram account: what customers' ids are valid for. */
  accountId: string;
  /** Under whose name the API is called. */
  senderId: string;
  access: GraphAccess;
  settings: CommonSettings;
}

export interface DirectDeps {
  fetch: OutboundFetch;
  clock: () => number;
}

export function directAccount(product: DirectProduct, settings: CommonSettings, ids: { accountId: string; senderId: string }): DirectAccount {
  return { product, settings, access: accessOf(settings), ...ids };
}
