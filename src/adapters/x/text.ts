import { escapeMarks } from '../lib/marks.js';
import { asList, asText, field } from '../lib/read-json.js';

const entity = /&(?:amp|lt|gt|quot|#39);/g;
const characters: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };
/** Links that X adds for pictures, videos and quoted messages: the thing itself is attached. */
const ofMedia = /^https:\/\/(?:x|twitter|pic\.twitter)\.com\/(?:[^/]+\/status\/\d+\/(?:photo|video)|messages\/media)\//;

/** What a person wrote: the whole of a long post, without hidden mentions, links as they were before X shortened them. Pure. */
export function textOfPost(post: unknown): string {
  const long = asText(field(post, 'note_tweet', 'text'));
  if (long !== undefined) return readable(long, asList(field(post, 'note_tweet', 'entities', 'urls')));
  return readable(shown(asText(field(post, 'text')) ?? '', field(post, 'display_text_range')), asList(field(post, 'entities', 'urls')));
}

export function textOfDirectMessage(data: unknown): string {
  return readable(asText(field(data, 'text')) ?? '', asList(field(data, 'entities', 'urls')));
}

/** In front stand the mentions that X puts there for a reply, behind a link to what is attached; counted in code points. */
function shown(text: string, range: unknown): string {
  const from = Number(field(range, 0));
  const to = Number(field(range, 1));
  if (!Number.isInteger(from) || !Number.isInteger(to) || from < 0 || to <= from) return text;
  if (from === 0 && to >= text.length) return text;
  return [...text].slice(from, to).join('');
}

function readable(text: string, urls: readonly unknown[]): string {
  let result = escapeMarks(text.includes('&') ? text.replace(entity, (found) => characters[found] ?? found) : text);
  for (const url of urls) {
    const short = asText(field(url, 'url'));
    const long = asText(field(url, 'expanded_url'));
    if (short === undefined || short === '' || long === undefined) continue;
    result = result.replaceAll(escapeMarks(short), () => (ofMedia.test(long) || field(url, 'media_key') !== undefined ? '' : escapeMarks(long)));
  }
  return result.trim();
}
