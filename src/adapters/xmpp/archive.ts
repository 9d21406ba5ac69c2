import type { Link } from './link.js';
import { limits } from './limits.js';
import { timeOf } from './parse.js';
import { attr, child, element, elements, inner, ns, type Stanza, textOf } from './stanza.js';

/** One post of an archive (XEP-0313). */
export interface Archived {
  id: string;
  at?: number;
  message: Stanza;
}

/** Where to begin: behind a post, or else at a time. */
export interface From {
  after?: string;
  since: number;
}

/** The server's, or a room's, archive keeps the results apart from what is said now, until the page is whole. */
export class Archives {
  private readonly open = new Map<string, Archived[]>();
  private count = 0;

  /** `true` when the stanza is a result of a question that is open; anything else is not taken for one. */
  take(stanza: Stanza): boolean {
    const result = child(stanza, 'result', ns.archive);
    if (result === undefined) return false;
    const page = this.open.get(`${attr(stanza, 'from') ?? ''} ${attr(result, 'queryid') ?? ''}`);
    const forwarded = child(result, 'forwarded', ns.forward);
    const message = child(forwarded, 'message');
    const id = attr(result, 'id');
    if (page === undefined || message === undefined || id === undefined) return false;
    const at = timeOf(attr(child(forwarded, 'delay', ns.delay), 'stamp'));
    page.push({ id, message, ...(at === undefined ? {} : { at }) });
    return true;
  }

  /** Reads on from a place, page by page, in order, and says how many posts there were. Throws what the server answers. */
  async read(link: Link, input: { own: string; room?: string; from: From; onPage: (page: Archived[]) => Promise<void> }): Promise<number> {
    let { after } = input.from;
    let found = 0;
    for (;;) {
      const { page, isLast, last } = await this.page(link, input, after).catch(async (error: unknown) => {
        // The post we stopped behind has expired there.
        if (after === undefined || (error as { condition?: unknown }).condition !== 'item-not-found') throw error;
        return this.page(link, input, undefined);
      });
      found += page.length;
      if (page.length > 0) await input.onPage(page);
      if (isLast || last === undefined || last === after) return found;
      after = last;
    }
  }

  private async page(link: Link, input: { own: string; room?: string; from: From }, after: string | undefined): Promise<{ page: Archived[]; isLast: boolean; last: string | undefined }> {
    const queryid = `q${(this.count += 1)}`;
    // Our own archive answers in our own name, or in none; it never does so as somebody else.
    const keys = input.room === undefined ? [` ${queryid}`, `${input.own} ${queryid}`] : [`${input.room} ${queryid}`];
    const page: Archived[] = [];
    for (const key of keys) this.open.set(key, page);
    try {
      const answer = await link.request('set', input.room, query(queryid, { ...input.from, after }));
      const fin = child(answer, 'fin', ns.archive);
      const last = textOf(inner(child(fin, 'set', ns.pages), 'last'));
      return { page, isLast: attr(fin, 'complete') === 'true', last: last === '' ? page.at(-1)?.id : last };
    } finally {
      for (const key of keys) this.open.delete(key);
    }
  }
}

function query(queryid: string, from: { after: string | undefined; since: number }): Stanza {
  const value = (name: string, text: string, type?: string): Stanza => element('field', { var: name, type }, element('value', {}, text));
  const start = from.after === undefined ? [value('start', new Date(from.since).toISOString())] : [];
  return element('query', { xmlns: ns.archive, queryid },
    element('x', { xmlns: ns.forms, type: 'submit' }, value('FORM_TYPE', ns.archive, 'hidden'), ...start),
    element('set', { xmlns: ns.pages }, element('max', {}, String(limits.archivePage)), ...(from.after === undefined ? [] : [element('after', {}, from.after)])));
}

/** Whether an account or a room keeps an archive. */
export function hasArchive(info: Stanza | undefined): boolean {
  return elements(info).some((each) => each.name === 'feature' && attr(each, 'var') === ns.archive);
}
