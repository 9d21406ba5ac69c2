import { asList, asText, field } from '../lib/read-json.js';

/** A picture itself; of a video the file with the most bits, else its preview. */
export function mediaUrl(media: unknown): string | undefined {
  const variants = asList(field(media, 'variants')).filter((one) => field(one, 'content_type') === 'video/mp4');
  const best = variants.toSorted((a, b) => Number(field(b, 'bit_rate') ?? 0) - Number(field(a, 'bit_rate') ?? 0))[0];
  return asText(field(best, 'url')) ?? asText(field(media, 'url')) ?? asText(field(media, 'preview_image_url'));
}

/** A name for a file, from its address where that has one. */
export function nameOf(url: string | undefined, index: number): string {
  const last = url === undefined || !URL.canParse(url) ? undefined : new URL(url).pathname.split('/').at(-1);
  return last === undefined || last === '' ? `media-${index + 1}` : last.slice(0, 120);
}
