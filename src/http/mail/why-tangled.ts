/**
 * Why a mail's HTML cannot be sanitised in a bearable time, in words; `undefined` when it can. The parser's time grows with
 * the square of the tags that are open: a mail of nothing else would hold us for seconds.
 */
export function whyTangled(html: string): string | undefined {
  if (html.length > 1_000_000) return 'The HTML of this mail is too large to be shown.';
  let open = 0;
  let seen = 0;
  for (let at = html.indexOf('<'); at !== -1; at = html.indexOf('<', at + 1)) {
    const next = html.charCodeAt(at + 1);
    if (next === 0x2f) open -= 1;
    else if ((next | 0x20) >= 0x61 && (next | 0x20) <= 0x7a) open += 1;
    seen += 1;
    if (seen > 100_000 || open > 12_000) return 'The HTML of this mail is too tangled to be shown.';
  }
  return undefined;
}
