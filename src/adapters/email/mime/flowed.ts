/**
 * Joins the soft line breaks of `format=flowed` (RFC 3676): a line ending in a space goes on in the next one of the same
 * quote depth. A signature separator never flows. With `delsp` the space at the break was no part of the text.
 */
export function unflow(text: string, delSp: boolean): string {
  const out: string[] = [];
  let open: { depth: number; text: string } | undefined;
  for (const raw of text.split('\n')) {
    const depth = /^>*/.exec(raw)?.[0].length ?? 0;
    const line = raw.slice(depth).replace(/^ /, '');
    const ends = !line.endsWith(' ') || line === '-- ';
    if (open !== undefined && (open.depth !== depth || line === '-- ')) {
      out.push(quoted(open.depth, open.text));
      open = undefined;
    }
    const joined: string = (open?.text ?? '') + (ends || !delSp ? line : line.slice(0, -1));
    if (ends) {
      out.push(quoted(depth, joined));
      open = undefined;
    } else open = { depth, text: joined };
  }
  if (open !== undefined) out.push(quoted(open.depth, open.text));
  return out.join('\n');
}

function quoted(depth: number, text: string): string {
  return depth === 0 ? text : `${'>'.repeat(depth)} ${text}`.trimEnd();
}
