import type { SocketModeClient } from '@slack/socket-mode';
import type { ConnectionHost } from '../contract/abilities.js';
import type { Account } from '../contract.js';
import { asNumber, asObject, asText, field } from '../lib/read-json.js';
import type { Listen } from './bolt.js';
import type { SlackDeps } from './client.js';
import type { OwnFiles } from './own-files.js';
import { healthOf } from './parse.js';
import type { People } from './people.js';
import { factsOf } from './receive.js';

export interface SocketUse {
  account: Account;
  host: ConnectionHost;
  deps: SlackDeps;
  listen: () => Promise<Listen>;
  people: People;
  files: OwnFiles;
}

/** Resolves when the events are durable and the envelope is acknowledged. */
export async function takeEnvelope(use: SocketUse, envelope: unknown): Promise<void> {
  const body = field(envelope, 'body');
  const ack = field(envelope, 'ack');
  const number = asNumber(field(envelope, 'retry_num'));
  const reason = asText(field(envelope, 'retry_reason'));
  await takeIn(use, body, { ...(number === undefined ? {} : { number }), ...(reason === undefined ? {} : { reason }) });
  if (typeof ack === 'function') await (ack as () => Promise<void>)();
}

async function takeIn(use: SocketUse, body: unknown, retry: { number?: number; reason?: string }): Promise<void> {
  const listen = await use.listen();
  const events = await listen(body, factsOf(use.account, use, { receivedAt: use.host.clock(), verifiedBy: 'connection' }), retry);
  await use.host.sink(events);
  use.people.meet(events);
  const health = healthOf(body);
  if (health !== undefined) use.host.report(health);
}

/** An envelope that the SDK cannot read is kept as it is, and acknowledged, or Slack would bring it for ever. */
export async function takeBroken(use: SocketUse, client: SocketModeClient, data: unknown): Promise<void> {
  const envelope = asObject(safeJson(String(data)));
  const id = asText(envelope?.['envelope_id']);
  if (envelope === undefined || id === undefined) return;
  try {
    await takeIn(use, envelope['payload'] ?? envelope, {});
    await (client as unknown as { send(id: string): Promise<void> }).send(id);
  } catch (error) {
    use.host.log.warn({ channelId: use.account.channel._id, err: error }, 'an envelope of Slack could not be read');
  }
}

/** `undefined` for what is no JSON. */
export function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
