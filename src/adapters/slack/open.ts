import type { Clients } from './client.js';
import type { SlackSettings } from './config.js';
import { endOf } from './outcome.js';
import { holdSocket } from './socket.js';
import type { SocketUse } from './take-envelope.js';

const checkEveryMs = 6 * 3_600_000;

/**
 * With either way of getting events: asks for the names of people whom events name by id, and looks now and then whether
 * the token still lives. With Socket Mode also the connection itself.
 */
export function open(use: SocketUse & { clients: Clients }): { stop(): Promise<void>; poke(): void } {
  const settings = use.account.settings as SlackSettings;
  const client = () => use.clients.of(settings);
  const names = use.people.look(client, use.host.sink, { channelId: use.account.channel._id, clock: use.host.clock });
  const socket = settings.mode === 'socket' ? holdSocket(use) : undefined;
  const check = (): void => {
    void client().then((web) => web.auth.test()).then(
      () => (socket === undefined ? use.host.report({ state: 'ok' }) : undefined),
      (error: unknown) => {
        const { outcome } = endOf(error);
        use.host.report({ state: outcome.result === 'rejected' && outcome.because === 'auth' ? 'broken' : 'trouble', text: outcome.reason });
      },
    );
  };
  const timer = setInterval(check, checkEveryMs);
  timer.unref();
  check();
  return {
    poke: () => {
      check();
      socket?.poke();
    },
    stop: async () => {
      clearInterval(timer);
      names.stop();
      await socket?.stop();
    },
  };
}
