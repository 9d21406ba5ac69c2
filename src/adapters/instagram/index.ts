import { createDirectAdapter, type DirectAdapter } from '../meta/direct/adapter.js';
import { directAccount, type DirectDeps } from '../meta/direct/product.js';
import { fields, settings, type InstagramSettings } from './config.js';
import { capabilities, product } from './limits.js';
import { scopes, setUp } from './set-up.js';

/** Instagram: the direct messages of one professional account. */
export function createInstagramAdapter(deps: DirectDeps): DirectAdapter {
  return createDirectAdapter({
    kind: 'instagram', title: 'Instagram', capabilities, fields, settings, setUp, scopes, webhookFields: ['messages'],
    accountOf: (given) => {
      const known = given as InstagramSettings;
      return directAccount(product, known, { accountId: known.instagramId, senderId: known.pageId === '' ? known.instagramId : known.pageId });
    },
  }, deps);
}
