/** Properties that lay out and colour a mail. None of them can load anything, and none takes the text out of the frame's flow. */
const properties = new Set([
  'color', 'background-color', 'background', 'opacity', 'font', 'font-family', 'font-size', 'font-style', 'font-weight', 'font-variant', 'line-height', 'letter-spacing',
  'word-spacing', 'text-align', 'text-decoration', 'text-indent', 'text-transform', 'vertical-align', 'white-space', 'word-break', 'overflow-wrap', 'word-wrap', 'direction',
  'margin', 'margin-top', 'margin-right', 'margin-bottom', 'margin-left', 'padding', 'padding-top', 'padding-right', 'padding-bottom', 'padding-left',
  'width', 'min-width', 'max-width', 'height', 'min-height', 'max-height', 'border', 'border-top', 'border-right', 'border-bottom', 'border-left', 'border-color', 'border-style',
  'border-width', 'border-radius', 'border-collapse', 'border-spacing', 'table-layout', 'list-style-type', 'display', 'float', 'clear',
]);

/** Words, numbers, lists, and colours as functions. No quotes, escapes, comments, `url()`, `var()` or anything else that computes or fetches. */
const value = /^(?:[a-z0-9 .,%#+-]|!important|(?:rgb|hsl)a?\([0-9 .,%/deg-]*\))*$/i;
const longest = 4000;

/** What is left of a `style` attribute; `''` when nothing is. What comes out goes in again unchanged. */
export function safeStyle(style: string): string {
  if (style.length > longest) return '';
  const kept: string[] = [];
  for (const declaration of style.split(';')) {
    const colon = declaration.indexOf(':');
    const property = declaration.slice(0, Math.max(colon, 0)).trim().toLowerCase();
    const wanted = declaration.slice(colon + 1).replace(/['"]/g, '').replace(/\s+/g, ' ').trim();
    if (properties.has(property) && wanted !== '' && value.test(wanted)) kept.push(`${property}:${wanted}`);
  }
  return kept.join(';');
}
