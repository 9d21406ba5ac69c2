import type { Work } from '../core.js';
import type { Conversation } from '../model/conversation.js';
import type { Ask, Wait } from '../model/wait.js';
import { factsWhenPlaced } from './facts.js';

/** Nobody writes so many messages without an answer that the last ones would tell more. */
export const asksKept = 200;

/** The message up to which its `asks` are complete. */
export function asksUpTo(wait: Pick<Wait, 'asks' | 'asksTo' | 'firstSeq'>): number {
  return wait.asksTo ?? wait.asks.reduce((newest, ask) => Math.max(newest, ask.seq), wait.firstSeq);
}

/**
 * A wait with all that asked in it so far. What joined it since it was last written stands in the conversation only, so
 * that one more message of somebody who waits already costs no write here; it is read from there when it matters who
 * asked what. `row`: the conversation as its clock left it. One query, none where nothing was said since.
 */
export async function withAllAsks(work: Pick<Work, 'c'>, wait: Wait, row: Pick<Conversation, 'lastSeq'>): Promise<Wait> {
  const asksTo = asksUpTo(wait);
  if (wait.state !== 'open' || row.lastSeq <= asksTo) return wait;
  const asks: Ask[] = [...wait.asks];
  for (let after = asksTo; after < row.lastSeq && asks.length < asksKept;) {
    const page = await work.c.messages.page(wait.conversationId, { after, limit: asksKept });
    const said = page.filter((message) => message.seq <= row.lastSeq);
    for (const message of said) for (const fact of factsWhenPlaced(message)) if (fact.type === 'asks') asks.push(fact.ask);
    after = said.length < asksKept ? row.lastSeq : said.at(-1)?.seq ?? row.lastSeq;
  }
  return { ...wait, asks: asks.slice(0, asksKept), asksTo: row.lastSeq };
}
