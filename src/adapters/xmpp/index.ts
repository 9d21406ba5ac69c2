import { randomUUID } from 'node:crypto';
import { AppError } from '../../errors.js';
import type { ChannelAdapter, OutboundFetch } from '../contract.js';
import type { ActsOnMessages, BackFills, ExplainsSetUp, FetchesFiles, HoldsConnection, TestsConnection } from '../contract/abilities.js';
import type { OutboundAddress } from '../lib/open-socket.js';
import { act } from './act.js';
import { fields, settings, type XmppSettings } from './config.js';
import { deliver } from './deliver.js';
import { fetchFile } from './fetch-file.js';
import type { ResolveSrv } from './find-server.js';
import { Holder, type XmppTiming } from './hold.js';
import { capabilities } from './limits.js';
import { setUp } from './set-up.js';
import { testConnection } from './test-connection.js';

export interface XmppDeps {
  fetch: OutboundFetch;
  /** Which addresses may be connected to: `createGuardedAddress`. */
  addressOf: OutboundAddress;
  resolveSrv?: ResolveSrv;
  newId?: () => string;
  crashAt?: (point: string) => void;
  /** Only for tests, which cannot wait. */
  timing?: Partial<XmppTiming> & { confirmMs?: number };
}

type Xmpp = ChannelAdapter & HoldsConnection & TestsConnection & FetchesFiles & ActsOnMessages & BackFills & ExplainsSetUp;

/** One account on any XMPP server: chats of two, and rooms. Costs nothing until the first account is opened. */
export function createXmppAdapter(deps: XmppDeps): Xmpp {
  const held = new Map<string, Holder>();
  const newId = deps.newId ?? (() => randomUUID());
  const link = { addressOf: deps.addressOf, ...(deps.resolveSrv === undefined ? {} : { resolveSrv: deps.resolveSrv }), ...(deps.timing?.confirmMs === undefined ? {} : { confirmMs: deps.timing.confirmMs }) };
  return {
    kind: 'xmpp',
    title: 'XMPP (Jabber)',
    capabilities,
    fields,
    settings,
    setUp,
    actions: ['edit', 'delete', 'react', 'read', 'typing'],
    deliver: (outbound, account, tools) => deliver(outbound, held.get(account.channel._id), tools, { fetch: deps.fetch, domain: domainOf(settingsOf(account.settings)) }),
    act: (action, context, account) => act(action, context, held.get(account.channel._id), newId),
    fetchFile: (source, account, most) => fetchFile(source, settingsOf(account.settings), most, deps),
    test: (given) => testConnection(settingsOf(given), link),
    backFill: async (since, account) => {
      const holder = held.get(account.channel._id);
      if (holder?.session === undefined || !(await holder.ready())) return { found: 0, complete: false, note: 'The account is not connected.' };
      return holder.session.backFill(since);
    },
    open: (account, host) => {
      const id = account.channel._id;
      const holder = new Holder({ channelId: id, settings: settingsOf(account.settings) }, host, { ...link, ...(deps.timing === undefined ? {} : { timing: deps.timing }), ...(deps.crashAt === undefined ? {} : { crashAt: deps.crashAt }) });
      held.set(id, holder);
      return {
        poke: () => holder.poke(),
        stop: async () => {
          if (held.get(id) === holder) held.delete(id);
          await holder.stop();
        },
      };
    },
  };
}

function domainOf(given: XmppSettings): string {
  return given.jid.slice(given.jid.indexOf('@') + 1);
}

/** Settings arrive as `unknown`; what was checked before passes unchanged. */
function settingsOf(given: unknown): XmppSettings {
  const checked = settings.safeParse(given);
  if (checked.success) return checked.data;
  throw new AppError('config_invalid', 'the settings of the XMPP account are not valid', { facts: { faults: checked.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) } });
}
