import { receivesWebhooks, type WebhookRequest } from '../adapters/contract.js';
import type { WebhookAnswer } from '../http/deps.js';
import type { Core } from '../inbox/core.js';
import { receiveInboundEvents } from '../inbox/receive-inbound-event.js';
import type { ChannelBook } from './channel-book.js';

const json = 'application/json; charset=utf-8';

/** Adapter, then ledger: 404 unknown channel, 401 bad signature and no row, 400 malformed, 200 when it is durable. */
export async function receiveWebhook(core: Core, book: ChannelBook, channelId: string, request: WebhookRequest): Promise<WebhookAnswer> {
  const account = book.account(channelId);
  const adapter = account === undefined ? undefined : book.adapter(account.channel.kind);
  if (account === undefined || adapter === undefined || !receivesWebhooks(adapter)) return problem(404, 'not_found', 'There is no such channel.');
  core.crashAt('webhook-body-read');
  const result = adapter.receive(request, account);
  if (!result.accepted) return problem(result.status, result.code, result.message);
  core.crashAt('webhook-verified');
  await receiveInboundEvents(core, result.events);
  core.crashAt('webhook-before-answer');
  return { status: 200, body: result.body ?? '{"ok":true}', contentType: result.contentType ?? json };
}

function problem(status: number, code: string, message: string): WebhookAnswer {
  return { status, body: JSON.stringify({ error: { code, message } }), contentType: json };
}
