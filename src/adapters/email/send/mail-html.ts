const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as it may stand in HTML, in an element or an attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => entities[letter] ?? '');
}

const link = /\bhttps?:\/\/[^\s<>"'`\\]{1,2000}/gi;

/** Escaped text whose web addresses can be clicked. What becomes `href` begins with http(s) and holds no quote. */
function linkified(text: string): string {
  let html = '';
  let last = 0;
  for (const match of text.matchAll(link)) {
    const url = match[0].replace(/[.,;:!?)\]}]+$/, '');
    html += `${escapeHtml(text.slice(last, match.index))}<a href="${escapeHtml(url)}">${escapeHtml(url)}</a>`;
    last = match.index + url.length;
  }
  return html + escapeHtml(text.slice(last));
}

/** The HTML alternative of a plain text: the same words, nothing else. */
export function htmlFromText(text: string, options: { signature: string; language?: string }): string {
  const paragraphs = text.split(/\n{2,}/).map((part) => `<p style="margin:0 0 1em">${linkified(part).replace(/\n/g, '<br>\n')}</p>`);
  const signature = options.signature === '' ? '' : `\n<p style="margin:1.5em 0 0;color:#5f6b76">${linkified(options.signature).replace(/\n/g, '<br>\n')}</p>`;
  const lang = /^[a-z]{2,3}(-[A-Za-z]{2,4})?$/.test(options.language ?? '') ? ` lang="${options.language}"` : '';
  return `<!doctype html>\n<html${lang}>\n<body style="font:15px/1.5 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;color:#1b2733">\n${paragraphs.join('\n')}${signature}\n</body>\n</html>\n`;
}
