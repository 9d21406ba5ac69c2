import type { Account, ChannelAdapter } from '../contract.js';
import type { ActsOnMessages, ExplainsSetUp, FetchesFiles, HoldsConnection, ListsTemplates, MakesSecrets, ReceivesWebhooks, TestsConnection } from '../contract/abilities.js';
import { receive } from '../meta/receive.js';
import { newVerifyToken } from '../meta/secrets.js';
import { readToken } from '../meta/token.js';
import { watchAccount } from '../meta/watch.js';
import { act, actions } from './act.js';
import { fields, settings, type WhatsAppSettings } from './config.js';
import { deliver, type WhatsAppDeps } from './deliver.js';
import { fetchFile } from './files.js';
import { capabilities } from './limits.js';
import { parse } from './parse.js';
import { setUp } from './set-up.js';
import { listTemplates } from './templates.js';
import { testConnection } from './test-connection.js';

type WhatsAppAdapter = ChannelAdapter & ReceivesWebhooks & FetchesFiles & ActsOnMessages & ListsTemplates & TestsConnection & HoldsConnection & MakesSecrets & ExplainsSetUp;

/** WhatsApp Business by the Cloud API: one number. */
export function createWhatsAppAdapter(deps: WhatsAppDeps): WhatsAppAdapter {
  return {
    kind: 'whatsapp',
    title: 'WhatsApp',
    capabilities,
    fields,
    settings,
    setUp,
    actions,
    newSecrets: newVerifyToken,
    receive: (request, account) => {
      const given = settingsOf(account);
      return receive(request, given, (body) => parse(body, { channelId: account.channel._id, receivedAt: request.receivedAt, phoneNumberId: given.phoneNumberId }));
    },
    deliver: (outbound, account, tools) => deliver(outbound, { ...deps, settings: settingsOf(account), tools }),
    act: (action, context, account) => act(action, context, { ...deps, settings: settingsOf(account) }),
    fetchFile: (source, account, limits) => fetchFile(source, { ...deps, settings: settingsOf(account), maxBytes: limits.maxBytes }),
    templates: (account) => listTemplates({ ...deps, settings: settingsOf(account) }),
    test: (given) => testConnection(given as WhatsAppSettings, deps),
    open: (account, host) => watchAccount(account, host, { readToken: () => readToken(deps.fetch, settingsOf(account)) }),
  };
}

function settingsOf(account: Account): WhatsAppSettings {
  return account.settings as WhatsAppSettings;
}
