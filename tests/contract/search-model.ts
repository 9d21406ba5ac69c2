import fc from 'fast-check';
import type { SearchEntry, SearchPage, SearchQuery } from '../../src/inbox/ports.js';
import type { StoreSearch } from '../../src/store/search/store-search.js';

/** Words with a digit have no stem: what is found follows from the letters alone, and a naive model can say it. */
const vocabulary = ['k1', 'k1a', 'k1ab', 'k2', 'k2a', 'q7', 'q7x', 'z9', '4711', '47110'];
const people = ['Ada1 Berg1', 'Ada1 Tal2', 'Oz3'];
const teams = ['teamA', 'teamB'];
const channels = ['chanA', 'chana'];
const tags = ['vip', 'to do', 'Rückruf'];
const days = [3, 9, 15, 16].map((day) => Date.UTC(2026, 4, day, 12));

export interface Part {
  negative: boolean;
  kind: 'word' | 'phrase' | 'prefix' | 'from' | 'tag' | 'channel' | 'in' | 'notes' | 'attachment' | 'before' | 'after';
  value: string;
}

export type Step = { put: SearchEntry[] } | { remove: string[] } | { settle: true };

const words = fc.array(fc.constantFrom(...vocabulary), { maxLength: 7 });

const entry: fc.Arbitrary<SearchEntry> = fc.record({
  messageId: fc.nat(14).map((n) => `chan:message-${n}`),
  conversationId: fc.constantFrom('conv1', 'conv2'),
  at: fc.constantFrom(...days),
  text: words.map((list) => list.join(' ')),
  language: fc.constantFrom('en', 'de', 'es', 'fr', 'nl'),
  facets: fc.record(
    {
      channelId: fc.constantFrom(...channels),
      teamId: fc.constantFrom(...teams),
      assigneeId: fc.constantFrom('agent1', 'agent2'),
      from: fc.subarray(people),
      tags: fc.subarray(tags),
      hasAttachment: fc.boolean(),
      note: fc.boolean(),
    },
    { requiredKeys: ['channelId', 'from', 'tags', 'hasAttachment', 'note'] },
  ),
});

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ put: fc.array(entry, { minLength: 1, maxLength: 8 }) }) },
  { weight: 1, arbitrary: fc.record({ remove: fc.array(entry.map(({ messageId }) => messageId), { maxLength: 3 }) }) },
  { weight: 2, arbitrary: fc.constant<Step>({ settle: true }) },
);

export const history = fc.array(step, { maxLength: 8 });

const day = fc.constantFrom('2026-05-03', '2026-05-09', '2026-05-10', '2026-05-16', '2026-05-17');
const part: fc.Arbitrary<Part> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ negative: rarely(), kind: fc.constant('word' as const), value: fc.constantFrom(...vocabulary) }) },
  { weight: 2, arbitrary: fc.record({ negative: rarely(), kind: fc.constant('phrase' as const), value: fc.array(fc.constantFrom(...vocabulary), { minLength: 1, maxLength: 3 }).map((list) => list.join(' ')) }) },
  { weight: 2, arbitrary: fc.record({ negative: rarely(), kind: fc.constant('prefix' as const), value: fc.constantFrom('k1', 'k2', 'q7', '47', 'zz') }) },
  fc.record({ negative: rarely(), kind: fc.constant('from' as const), value: fc.constantFrom('ada1', 'Berg1', 'ada1 tal2', 'nobody1') }),
  fc.record({ negative: rarely(), kind: fc.constant('tag' as const), value: fc.constantFrom('VIP', 'to do', 'ruckruf', 'none') }),
  fc.record({ negative: rarely(), kind: fc.constant('channel' as const), value: fc.constantFrom(...channels) }),
  fc.record({ negative: rarely(), kind: fc.constant('in' as const), value: fc.constantFrom(...teams, ...channels) }),
  fc.record({ negative: rarely(), kind: fc.constantFrom('notes' as const, 'attachment' as const), value: fc.constant('') }),
  fc.record({ negative: fc.constant(false), kind: fc.constantFrom('before' as const, 'after' as const), value: day }),
);

function rarely(): fc.Arbitrary<boolean> {
  return fc.nat(3).map((n) => n === 0);
}

export const question = fc.record({
  parts: fc.array(part, { minLength: 1, maxLength: 4 }),
  limit: fc.integer({ min: 1, max: 6 }),
  visibleTo: fc.option(fc.record({ teamIds: fc.subarray(teams), agentId: fc.constantFrom('agent1', 'agent2') }), { nil: undefined }),
});

/** The query as somebody would type it. */
export function typed(parts: readonly Part[]): string {
  return parts.map((one) => (one.negative ? '-' : '') + typedPart(one)).join(' ');
}

function typedPart({ kind, value }: Part): string {
  if (kind === 'word') return value;
  if (kind === 'phrase') return `"${value}"`;
  if (kind === 'prefix') return `${value}*`;
  if (kind === 'notes') return 'in:notes';
  if (kind === 'attachment') return 'has:attachment';
  return `${kind}:${value.includes(' ') ? `"${value}"` : value}`;
}

/** Says by looking at the entry itself whether a part of a query holds for it. */
export function holds({ kind, value }: Part, one: SearchEntry): boolean {
  const text = one.text.split(' ');
  const { facets } = one;
  switch (kind) {
    case 'word':
      return text.includes(value);
    case 'phrase':
      return ` ${text.join(' ')} `.includes(` ${value} `);
    case 'prefix':
      return text.some((word) => word.startsWith(value));
    case 'from': {
      const names = facets.from.join(' ').toLowerCase().split(' ');
      return value.toLowerCase().split(' ').every((word) => names.includes(word));
    }
    case 'tag':
      return facets.tags.some((tag) => tag.toLowerCase().replace('ü', 'u') === value.toLowerCase());
    case 'channel':
      return facets.channelId === value;
    case 'in':
      return facets.teamId === value || facets.channelId === value;
    case 'notes':
      return facets.note;
    case 'attachment':
      return facets.hasAttachment;
    case 'before':
      return one.at < Date.parse(value);
    case 'after':
      return one.at >= Date.parse(value);
  }
}

export function visible(one: SearchEntry, visibleTo: SearchQuery['visibleTo']): boolean {
  if (!visibleTo) return true;
  const { teamId, assigneeId } = one.facets;
  return teamId === undefined || visibleTo.teamIds.includes(teamId) || assigneeId === visibleTo.agentId;
}

/** All pages, one after the other. */
export async function allHits(search: StoreSearch, query: SearchQuery): Promise<SearchPage['hits']> {
  const hits: SearchPage['hits'] = [];
  let cursor: string | undefined;
  do {
    const page: SearchPage = await search.query({ ...query, ...(cursor === undefined ? {} : { cursor }) });
    if (page.hits.length > query.limit) throw new Error('a page is longer than its limit');
    if (page.cursor !== undefined && page.hits.length !== query.limit) throw new Error('a page that goes on is not full');
    hits.push(...page.hits);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return hits;
}
