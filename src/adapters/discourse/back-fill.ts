import { AppError } from '../../errors.js';
import type { InboundSink } from '../contract/abilities.js';
import { asList, asObject, asText, field } from '../lib/read-json.js';
import { callDiscourse, type DiscourseDeps } from './client.js';
import type { DiscourseSettings } from './config.js';
import { wholeNumber } from './ids.js';
import { backFillPagesMax } from './limits.js';
import { wordsOf } from './outcome.js';
import { type Facts, postEvent } from './parse.js';

interface How {
  settings: DiscourseSettings;
  deps: DiscourseDeps;
  facts: Facts;
  since: number;
}

interface Found {
  id: number;
  post: Record<string, unknown>;
  archetype: string;
}

const lists = [{ path: '/posts.json', root: 'latest_posts', archetype: 'regular' }, { path: '/private-posts.json', root: 'private_posts', archetype: 'private_message' }] as const;

/** All posts since a time that the user of the key may read, public and private, oldest first. Not told: edits and deletions. */
export async function backFill(how: How, sink: InboundSink): Promise<{ found: number; complete: boolean; note?: string }> {
  const parts: { found: Found[]; complete: boolean }[] = [];
  for (const list of how.settings.privateMessages ? lists : lists.slice(0, 1)) parts.push(await read(how, list));
  const found = parts.flatMap((part) => part.found).sort((a, b) => a.id - b.id);
  for (const one of found) await sink([postEvent(one.post, how.facts, one.archetype)]);
  const complete = parts.every((part) => part.complete);
  return { found: found.length, complete, ...(complete ? {} : { note: 'There are more posts than are read at once; choose a later beginning.' }) };
}

/** 50 a page, newest first, each page before the last id of the one before. */
async function read(how: How, list: (typeof lists)[number]): Promise<{ found: Found[]; complete: boolean }> {
  const found: Found[] = [];
  let before: number | undefined;
  for (let page = 0; page < backFillPagesMax; page += 1) {
    const answer = await callDiscourse(how.deps, how.settings, 'GET', `${list.path}${before === undefined ? '' : `?before=${before}`}`);
    if (answer.status === 429 && page > 0) return { found, complete: false };
    if (answer.status !== 200) throw new AppError('connection_failed', wordsOf(answer));
    const posts = asList(field(answer.body, list.root)).map(asObject).filter((post) => post !== undefined);
    const fresh = posts.filter((post) => Date.parse(asText(post['created_at']) ?? '') >= how.since);
    found.push(...fresh.map((post) => ({ id: wholeNumber(post['id']) ?? 0, post, archetype: list.archetype })));
    const last = wholeNumber(posts.at(-1)?.['id']);
    if (fresh.length < posts.length || last === undefined || last === before) return { found, complete: true };
    before = last;
  }
  return { found, complete: false };
}
