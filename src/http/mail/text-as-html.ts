const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const most = 200_000;

/** Plain text as HTML that shows exactly these characters. Cut after 200,000. */
export function textAsHtml(text: string): string {
  return `<pre>${text.slice(0, most).replace(/[&<>"']/g, (character) => entities[character] ?? '')}</pre>`;
}
