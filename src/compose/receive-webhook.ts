import type { Health } from '../adapters/contract.js';
import { receivesWebhooks, type WebhookRequest } from '../adapters/contract/abilities.js';
import type { WebhookAnswer } from '../http/deps.js';
import type { Core } from '../inbox/core.js';
import { receiveInboundEvents } from '../inbox/receive-inbound-event.js';
import { signTyping } from '../inbox/sign-typing.js';
import type { ChannelBook } from './channel-book.js';

const json = 'application/json; charset=utf-8';

/**
 * Adapter, then ledger: 404 unknown channel, 401 bad signature and no row, 400 malformed, 2xx when it is durable. A paused
 * channel takes in what comes: the provider would not send it again.
 */
export async function receiveWebhook(core: Core, book: Pick<ChannelBook, 'account' | 'adapter'>, channelId: string, request: WebhookRequest, noteHealth: (channelId: string, health: Health) => void = () => undefined): Promise<WebhookAnswer> {
  const account = book.account(channelId);
  const adapter = account === undefined ? undefined : book.adapter(account.channel.kind);
  if (account === undefined || adapter === undefined || !receivesWebhooks(adapter)) return problem(404, 'not_found', 'There is no such channel.');
  core.crashAt('webhook-body-read');
  const result = await adapter.receive(request, account);
  if (!result.accepted) return problem(result.status, result.code, result.message);
  core.crashAt('webhook-verified');
  await receiveInboundEvents(core, result.events);
  core.crashAt('webhook-before-answer');
  for (const sign of result.typing ?? []) {
    signTyping(core, sign).catch((error: unknown) => core.log.warn({ channelId, err: error }, 'a typing sign was lost'));
  }
  if (result.health !== undefined) noteHealth(channelId, result.health);
  return { status: result.status ?? 200, body: result.body ?? '{"ok":true}', contentType: result.contentType ?? json, ...(result.headers === undefined ? {} : { headers: result.headers }) };
}

function problem(status: number, code: string, message: string): WebhookAnswer {
  return { status, body: JSON.stringify({ error: { code, message } }), contentType: json };
}
