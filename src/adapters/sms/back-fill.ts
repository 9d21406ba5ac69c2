import type { InboundSink } from '../contract/abilities.js';
import type { InboundEvent } from '../../inbox/model/event.js';
import { AppError } from '../../errors.js';
import { asList, asText, field } from '../lib/read-json.js';
import { listedMessages, type Answer, type Client, type Listed } from './client.js';
import { pagesMax } from './limits.js';
import { parse, type Params } from './parse.js';

export interface BackFillFacts {
  channelId: string;
  clock: () => number;
  /** Only what was written to this number; empty: to any of the account's. */
  number: string;
  apiUrl: string;
}

/** What came in since then, oldest first. Its events have the ids that the webhook's have, so what is known stays once. */
export async function backFill(since: number, client: Client, facts: BackFillFacts & { sink: InboundSink }): Promise<{ found: number; complete: boolean; note?: string }> {
  const { rows, complete } = await inboundSince(since, client, facts.number);
  let found = 0;
  for (const row of rows.reverse()) {
    const events = await eventsOf(row, client, facts);
    if (events.length > 0) await facts.sink(events);
    found += 1;
  }
  return { found, complete, ...(complete ? {} : { note: `Only the newest ${pagesMax * 100} messages were read.` }) };
}

async function inboundSince(since: number, client: Client, number: string): Promise<{ rows: Listed[]; complete: boolean }> {
  const rows: Listed[] = [];
  let answer = ok(await client.list('Messages', { ...(number === '' ? {} : { To: number }), 'DateSent>': new Date(since).toISOString().slice(0, 10), PageSize: '100' }));
  for (let page = 1; ; page += 1) {
    rows.push(...listedMessages(answer).filter((row) => row.direction === 'inbound' && row.createdAt >= since));
    const next = asText(answer.body['next_page_uri']);
    if (next === undefined || next === '') return { rows, complete: true };
    if (page === pagesMax) return { rows, complete: false };
    answer = ok(await client.next(next));
  }
}

async function eventsOf(row: Listed, client: Client, facts: BackFillFacts): Promise<InboundEvent[]> {
  const media = row.media === 0 ? {} : await mediaOf(row.sid, client, facts.apiUrl);
  const params: Params = { MessageSid: row.sid, SmsStatus: 'received', From: row.from, To: row.to, Body: row.body, NumMedia: String(row.media), ...media };
  return parse(params, { channelId: facts.channelId, receivedAt: facts.clock(), verifiedBy: 'connection', ...(Number.isNaN(row.createdAt) ? {} : { occurredAt: row.createdAt }) }) ?? [];
}

async function mediaOf(sid: string, client: Client, apiUrl: string): Promise<Params> {
  const answer = ok(await client.list(`Messages/${sid}/Media`, {}));
  const params: Record<string, string> = {};
  for (const [index, item] of asList(answer.body['media_list']).entries()) {
    const uri = asText(field(item, 'uri'));
    if (uri !== undefined) params[`MediaUrl${index}`] = `${apiUrl}${uri.replace(/\.json$/u, '')}`;
    const mime = asText(field(item, 'content_type'));
    if (mime !== undefined) params[`MediaContentType${index}`] = mime;
  }
  return params;
}

function ok(answer: Answer): Answer {
  if (answer.status !== 200) throw new AppError('connection_failed', `Twilio answered ${answer.status}: ${answer.message ?? ''}`, { facts: { status: answer.status } });
  return answer;
}
