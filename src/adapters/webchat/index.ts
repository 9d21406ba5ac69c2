import type { Account, ChannelAdapter } from '../contract.js';
import type { MakesSecrets } from '../contract/abilities.js';
import type { ServesVisitors, VisitorSettings } from '../contract/visitors.js';
import { newIdentitySecret, webchatFields, webchatSettings } from './config.js';
import { deliver } from './deliver.js';
import { identify, newPass } from './identify.js';
import { externalUserIdOf, anonymousUserIdOf, identityIdOf } from './ids.js';
import { capabilities } from './limits.js';
import { identityEvents, messageEvent, readClaim, readFrame, receiptEvent } from './parse.js';
import { show } from './render.js';
import { openFile, openPass, sealFile, sealPass } from './verify.js';

/**
 * The chat bubble. `visitorKey`: at least 32 random bytes, the same in every process and after every restart; changing it
 * ends every visitor's session.
 */
export function createWebchatAdapter(options: { visitorKey: Buffer }): ChannelAdapter & ServesVisitors & MakesSecrets {
  const key = options.visitorKey;
  return {
    kind: 'webchat',
    title: 'Web chat',
    capabilities,
    fields: webchatFields,
    settings: webchatSettings,
    deliver,
    newSecrets: () => ({ identitySecret: newIdentitySecret() }),
    visitorSettings,
    newPass,
    sealPass: (pass, now) => sealPass(pass, now, key),
    openPass: (token, channelId, now) => openPass(token, channelId, { now, key }),
    sealFile: (file, use, now) => sealFile(file, use, { now, key }),
    openFile: (token, use, now) => openFile(token, use, { now, key }),
    readFrame,
    readClaim,
    identify: (pass, claim, account) => identify(pass, claim, webchatSettings.parse(account.settings).identitySecret),
    identityIds: (pass) => [...new Set([externalUserIdOf(pass), anonymousUserIdOf(pass)])].map((user) => identityIdOf(pass.channelId, user)),
    messageEvent,
    receiptEvent,
    identityEvents,
    show,
  };
}

function visitorSettings(account: Account): VisitorSettings {
  const { allowedOrigins, companyName, greeting, accent, position, languages, continueByEmail } = webchatSettings.parse(account.settings);
  return {
    allowedOrigins, position, languages, continueByEmail,
    ...(companyName === undefined ? {} : { companyName }),
    ...(greeting === undefined ? {} : { greeting }),
    ...(accent === undefined ? {} : { accent }),
  };
}
