import { createDirectAdapter, type DirectAdapter } from '../meta/direct/adapter.js';
import { directAccount, type DirectDeps } from '../meta/direct/product.js';
import { fields, settings, type MessengerSettings } from './config.js';
import { capabilities, product } from './limits.js';
import { scopes, setUp, webhookFields } from './set-up.js';

/** Facebook Messenger: the messages of one page. */
export function createMessengerAdapter(deps: DirectDeps): DirectAdapter {
  return createDirectAdapter({
    kind: 'messenger', title: 'Facebook Messenger', capabilities, fields, settings, setUp, scopes, webhookFields,
    accountOf: (given) => {
      const known = given as MessengerSettings;
      return directAccount(product, known, { accountId: known.pageId, senderId: known.pageId });
    },
  }, deps);
}
