import { AppError } from '../../errors.js';
import type { ChannelAdapter } from '../contract.js';
import type { ActsOnMessages, ExplainsSetUp, HoldsConnection, TestsConnection } from '../contract/abilities.js';
import { fields, settings, type IrcSettings } from './config.js';
import { deliver } from './deliver.js';
import { Holder, type IrcTools } from './hold.js';
import { capabilities } from './limits.js';
import { handleOf, parameter } from './render.js';
import { setUp } from './set-up.js';

export type IrcDeps = IrcTools;

/** One nick on one IRC network: private messages and channels. Costs nothing until the first one is opened. */
export function createIrcAdapter(deps: IrcDeps): ChannelAdapter & HoldsConnection & TestsConnection & ActsOnMessages & ExplainsSetUp {
  const held = new Map<string, Holder>();
  return {
    kind: 'irc',
    title: 'IRC',
    capabilities,
    fields,
    settings,
    setUp,
    actions: ['typing'],
    deliver: (outbound, account, tools) => deliver(outbound, held.get(account.channel._id), tools),
    act: (action, context, account) => {
      const connection = held.get(account.channel._id)?.connection;
      const { target } = handleOf(context);
      // https://ircv3.net/specs/client-tags/typing
      if (action.type === 'typing' && connection?.isOnline === true && connection.hasCap('message-tags')) connection.client.connection.write(`@+typing=${action.on ? 'active' : 'done'} TAGMSG ${parameter(target)}`);
      return Promise.resolve(action.type === 'typing' ? { result: 'sent' } : { result: 'rejected', reason: 'IRC has no such thing', because: 'invalid' });
    },
    test: async (given) => (await import('./test-connection.js')).testConnection(settingsOf(given), deps),
    open: (account, host) => {
      const id = account.channel._id;
      const holder = new Holder({ channelId: id, settings: settingsOf(account.settings) }, host, deps);
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

/** Settings arrive as `unknown`; what was checked before passes unchanged. */
function settingsOf(given: unknown): IrcSettings {
  const checked = settings.safeParse(given);
  if (checked.success) return checked.data;
  throw new AppError('config_invalid', 'the settings of the IRC channel are not valid', { facts: { faults: checked.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) } });
}
