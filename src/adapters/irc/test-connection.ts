import type { ConnectionReport } from '../contract/abilities.js';
import type { OutboundAddress } from '../lib/open-socket.js';
import type { IrcSettings } from './config.js';
import { Connection, Refused } from './connection.js';
import { explain } from './explain.js';

/** Signs in as the nick would, looks at what the network can, and leaves. Joins no channel. */
export async function testConnection(settings: IrcSettings, tools: { addressOf: OutboundAddress }): Promise<ConnectionReport> {
  const where = `${settings.host}:${settings.port}`;
  const reached = { name: 'Server', ok: true, detail: settings.tls ? `${where} answers, encrypted.` : `${where} answers, without encryption.` };
  let connection: Connection;
  try {
    connection = await Connection.open(settings, tools);
  } catch (error) {
    const { text } = explain(error, settings);
    return { ok: false, steps: error instanceof Refused ? [reached, { name: 'Sign-in', ok: false, detail: text }] : [{ name: 'Server', ok: false, detail: text }] };
  }
  const { nick } = connection.self;
  const steps = [
    reached,
    { name: 'Sign-in', ok: true, detail: nick === settings.nick ? `Signed in as ${nick}.` : `The nick ${settings.nick} is taken at the moment (by this channel itself, if it is on): we would be ${nick}.` },
    { name: 'Line ids', ok: true, detail: connection.hasCap('message-tags') ? 'The network names lines and accounts, where it can.' : 'The network knows no tags: people are told apart by nick alone.' },
  ];
  await connection.quit();
  return { ok: true, steps };
}
