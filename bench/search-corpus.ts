import type { SearchEntry } from '../src/inbox/ports.js';

/** A small, fast, repeatable random source (mulberry32). */
export function randomSource(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const consonants = 'bcdfghklmnprstvwz';
const vowels = 'aeiou';
const endings = ['', '', '', '', '', '', '', 's', 'ed', 'ing'];
const languages = ['en', 'en', 'en', 'en', 'en', 'en', 'de', 'de', 'es', 'fr'];
const halfYearMs = 182 * 24 * 3600 * 1000;

export const corpusStart = Date.UTC(2026, 0, 1);
export const vocabularySize = 20_000;

/** The word of a rank: 0 is the most frequent. */
export function wordOf(rank: number): string {
  const random = randomSource(rank * 7919 + 1);
  let word = '';
  for (let syllables = rank < 100 ? 1 : rank < 3000 ? 2 : 3; syllables > 0; syllables -= 1) {
    word += (consonants[Math.floor(random() * consonants.length)] ?? '') + (vowels[Math.floor(random() * vowels.length)] ?? '') + (consonants[Math.floor(random() * consonants.length)] ?? '');
  }
  return word;
}

export interface Corpus {
  entry(n: number): SearchEntry;
}

/**
 * Messages of an invented shop: about 200 characters each, words by Zipf's and Mandelbrot's law, a third of them inflected, an order number
 * in every third, `oddword` and `evenword` each in a tenth of all and together in only a few (the hard case for an index),
 * conversations of eight, three channels, five teams, twelve agents, 40,000 names.
 */
export function makeCorpus(messages: number): Corpus {
  const cumulated = zipf(vocabularySize);
  const words = Array.from({ length: vocabularySize }, (_, rank) => wordOf(rank));
  const stepMs = halfYearMs / messages;
  return {
    entry: (n) => {
      const random = randomSource(n + 1);
      const draw = (): string => {
        const word = words[rankAt(cumulated, random())] ?? 'x';
        return word + (endings[Math.floor(random() * endings.length)] ?? '');
      };
      const conversation = Math.floor(n / 80) * 10 + Math.floor(random() * 10);
      const parts = Array.from({ length: 20 + Math.floor(random() * 20) }, draw);
      if (n % 3 === 0) parts.push(`RE-2026-${String(n).padStart(7, '0')}`);
      if (n % 20 === 3 || n % 20 === 5) parts.push('oddword');
      if (n % 20 === 4 || n % 20 === 6) parts.push('evenword');
      if (n % 200_000 === 8) parts.push('oddword', 'evenword');
      return {
        messageId: `chan${conversation % 3}aaaaaaaaaaa:${n.toString(36).padStart(8, '0')}-${Math.floor(random() * 2 ** 40).toString(36)}`,
        conversationId: `conv${conversation.toString(36).padStart(12, '0')}`,
        at: Math.floor(corpusStart + n * stepMs),
        text: parts.join(' '),
        language: languages[conversation % languages.length] ?? 'en',
        facets: {
          channelId: `chan${conversation % 3}aaaaaaaaaaa`,
          ...(conversation % 6 === 0 ? {} : { teamId: `team${conversation % 5}aaaaaaaaaaa` }),
          ...(conversation % 4 === 0 ? {} : { assigneeId: `agent${conversation % 12}aaaaaaaaa` }),
          from: n % 2 === 0 ? [`${wordOf(200 + (conversation % 997))} ${wordOf(3000 + (conversation % 40_009))}`, 'customer'] : [`Agent ${wordOf(conversation % 12)}`, 'agent'],
          tags: conversation % 7 === 0 ? ['refund'] : [],
          hasAttachment: random() < 0.05,
          note: random() < 0.03,
        },
      };
    },
  };
}

function zipf(size: number): Float64Array {
  const cumulated = new Float64Array(size);
  let sum = 0;
  for (let rank = 0; rank < size; rank += 1) {
    sum += (rank + 2.7) ** -1.3;
    cumulated[rank] = sum;
  }
  return cumulated.map((value) => value / sum);
}

function rankAt(cumulated: Float64Array, value: number): number {
  let low = 0;
  let high = cumulated.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cumulated[middle] ?? 1) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
