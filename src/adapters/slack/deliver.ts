import type { WebClient } from '@slack/web-api';
import type { DeliveryOutcome, DeliveryTools, Outbound } from '../contract.js';
import type { SlackDeps } from './client.js';
import type { SlackSettings } from './config.js';
import { fileId, messageId, readMessageId } from './ids.js';
import { deliverBudgetMs, messageEventType } from './limits.js';
import type { OwnFiles } from './own-files.js';
import type { Poster } from './post.js';
import { type RenderedPart, render, type Target, targetOf } from './render.js';
import { sendFiles } from './send-files.js';

export interface Sending {
  client: WebClient;
  settings: SlackSettings;
  poster: Poster;
  deps: SlackDeps;
  files: OwnFiles;
}

/** Posts the text in its parts, then all files as one more part; begins behind what an earlier attempt got accepted. */
export async function deliver(outbound: Outbound, tools: DeliveryTools, sending: Sending): Promise<DeliveryOutcome> {
  const begun = sending.deps.clock();
  const target = targetOf(outbound);
  const parts = render(outbound);
  const ids = [...outbound.sentParts];
  const total = parts.length + (outbound.attachments.length > 0 ? 1 : 0);
  if (total === 0) return { result: 'rejected', reason: 'There is nothing in it to send.', because: 'invalid' };
  while (ids.length < total) {
    if (sending.deps.clock() - begun > deliverBudgetMs) return { result: 'retry', afterMs: 0, reason: 'its other parts follow' };
    const part = parts[ids.length];
    const sent = part === undefined ? await sendFilePart(outbound, tools, { target, ...sending }) : await sendText(outbound, { target, part, number: ids.length + 1, sending });
    if (typeof sent !== 'string') return sent;
    ids.push(sent);
    if (total > 1) await tools.partSent(sent);
  }
  return { result: 'sent', externalIds: ids };
}

async function sendText(outbound: Outbound, what: { target: Target; part: RenderedPart; number: number; sending: Sending }): Promise<string | DeliveryOutcome> {
  const { client, poster } = what.sending;
  const since = sinceOf(outbound, what.target);
  const posted = await poster.post(client, {
    target: what.target, part: what.part, tag: { eventType: messageEventType, id: outbound.messageId, part: what.number }, attempt: outbound.attempt, ...(since === undefined ? {} : { since }),
  });
  return 'outcome' in posted ? posted.outcome : messageId(posted.channel, posted.ts);
}

/** It cannot stand there before what it answers; Slack's own clock says when that was. */
function sinceOf(outbound: Outbound, target: Target): string | undefined {
  const answered = outbound.answers === undefined ? undefined : readMessageId(outbound.answers.externalId);
  return answered?.channel === target.channel ? answered.ts : target.threadTs;
}

async function sendFilePart(outbound: Outbound, tools: DeliveryTools, use: Sending & { target: Target }): Promise<string | DeliveryOutcome> {
  const sent = await sendFiles(use.client, {
    attachments: outbound.attachments, readFile: (attachment) => tools.readFile(attachment), target: use.target, slackApiUrl: use.settings.slackApiUrl,
    named: (id) => use.files.note(fileId(id), outbound.messageId),
  }, use.deps);
  return Array.isArray(sent) ? fileId(sent[0] ?? '') : sent.outcome;
}
