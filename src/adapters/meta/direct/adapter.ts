import type { Account, ChannelAdapter } from '../../contract.js';
import type { ActsOnMessages, ConnectionHost, ExplainsSetUp, FetchesFiles, HoldsConnection, MakesSecrets, ReceivesWebhooks, TestsConnection, WebhookRequest, WebhookResult } from '../../contract/abilities.js';
import { asText, field } from '../../lib/read-json.js';
import { isInstagramLogin } from '../config.js';
import { fetchMedia } from '../files.js';
import { receive } from '../receive.js';
import { newVerifyToken } from '../secrets.js';
import { readToken, tryToken } from '../token.js';
import { watchAccount } from '../watch.js';
import { actDirect, directActions } from './act.js';
import { deliverDirect } from './deliver.js';
import { thisApp } from './facts.js';
import { parseDirect } from './parse.js';
import type { DirectAccount, DirectDeps } from './product.js';
import { createProfiles, type Profiles } from './profiles.js';
import { testDirect } from './test-connection.js';
import { createUnderWay } from './under-way.js';

export type DirectAdapter = ChannelAdapter & ReceivesWebhooks & FetchesFiles & ActsOnMessages & TestsConnection & HoldsConnection & MakesSecrets & ExplainsSetUp;

/** What the two products add to the common part. */
export interface DirectSpec extends Pick<ChannelAdapter, 'kind' | 'title' | 'capabilities' | 'fields' | 'settings'>, ExplainsSetUp {
  accountOf(settings: unknown): DirectAccount;
  scopes: readonly string[];
  webhookFields: readonly string[];
}

/** Messenger and Instagram are one platform with two faces: this is what both are. */
export function createDirectAdapter(spec: DirectSpec, deps: DirectDeps): DirectAdapter {
  const held = new Map<string, { profiles: Profiles; poke: () => void }>();
  const { accountOf } = spec;
  const underWay = createUnderWay(deps.clock, thisApp);
  return {
    kind: spec.kind, title: spec.title, capabilities: spec.capabilities, fields: spec.fields, settings: spec.settings, setUp: spec.setUp,
    actions: directActions,
    newSecrets: newVerifyToken,
    receive: (request, account) => {
      const parsed = receiveDirect(request, account, accountOf(account.settings));
      const result = parsed.accepted ? { ...parsed, events: parsed.events.map((event) => underWay.named(event)) } : parsed;
      if (result.accepted && wantsNames(result, held.get(account.channel._id)?.profiles)) held.get(account.channel._id)?.poke();
      return result;
    },
    deliver: (outbound, account, tools) => {
      underWay.begin(account.channel._id, outbound);
      return deliverDirect(outbound, accountOf(account.settings), { ...deps, tools });
    },
    act: (action, context, account) => actDirect(action, context, accountOf(account.settings), deps),
    fetchFile: (source, account, limits) => fetchMedia(deps.fetch, asText(field(source, 'url')) ?? '', { baseUrl: accountOf(account.settings).settings.baseUrl, maxBytes: limits.maxBytes }),
    test: (settings) => testDirect(accountOf(settings), deps, spec),
    open: (account, host) => {
      const profiles = createProfiles(deps);
      const watch = open(account, host, { direct: accountOf(account.settings), profiles, deps });
      held.set(account.channel._id, { profiles, poke: () => watch.poke() });
      return { poke: () => watch.poke(), stop: () => {
        held.delete(account.channel._id);
        return watch.stop();
      } };
    },
  };
}

function receiveDirect(request: WebhookRequest, account: Account, direct: DirectAccount): WebhookResult {
  const facts = { kind: direct.product.kind, channelId: account.channel._id, receivedAt: request.receivedAt, accountId: direct.accountId, appId: direct.settings.appId };
  return receive(request, direct.settings, (body) => parseDirect(body, facts));
}

function wantsNames(result: WebhookResult & { accepted: true }, profiles: Profiles | undefined): boolean {
  if (profiles === undefined) return false;
  return result.events.map((event) => event.type === 'message' && event.direction === 'in' && profiles.want(event.sender.externalUserId)).includes(true);
}

function open(account: Account, host: ConnectionHost, to: { direct: DirectAccount; profiles: Profiles; deps: DirectDeps }): { stop(): Promise<void>; poke(): void } {
  const { direct, profiles, deps } = to;
  return watchAccount(account, host, {
    readToken: () => isInstagramLogin(direct.settings.baseUrl) ? tryToken(deps.fetch, direct.settings, direct.accountId) : readToken(deps.fetch, direct.settings),
    also: () => profiles.lookUp(direct, account.channel._id, host.sink),
  });
}
