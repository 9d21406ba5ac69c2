import type { MirrorPost } from '../contract/mirror.js';
import { splitText } from '../lib/split-text.js';
import { textMax } from './limits.js';
import { escaped, type RenderedPart, writeMrkdwn } from './render.js';

/** What stands in front of a line, so that colleagues see at a glance whose word it is. */
const signs: Readonly<Record<string, string>> = { in: '💬', out: '↩️', note: '🔒', event: '·' };

/** A conversation's head or one of its messages as a post in a team's thread. Longer ones are cut, with a mark. Pure. */
export function renderMirror(post: MirrorPost): RenderedPart {
  if (post.type === 'opening') {
    const line = [`*${escaped(post.customerName)}*`, escaped(post.channelName), ...(post.subject === undefined || post.subject === '' ? [] : [escaped(post.subject)])].join(' · ');
    const how = 'Answers in this thread go to the customer. Begin with `//` or `note:` for a note that stays inside.';
    return { text: `${line}${post.link === undefined ? '' : `  <${escaped(post.link).replaceAll('|', '%7C')}|Open>`}\n_${how}_` };
  }
  const [first = '', ...rest] = splitText(post.text, textMax - 300, 'utf16');
  const files = post.files.length === 0 ? [] : [`📎 ${post.files.map(escaped).join(', ')}`];
  return { text: [`${signs[post.kind] ?? '·'} *${escaped(post.authorName)}*`, writeMrkdwn(first) + (rest.length === 0 ? '' : ' […]'), ...files].filter((line) => line !== '').join('\n') };
}
