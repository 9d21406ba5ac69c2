/** A sentence exactly as it stands in the text. */
export interface Sentence {
  text: string;
  start: number;
  end: number;
}

/** Words whose point ends no sentence. */
const abbreviations: ReadonlySet<string> = new Set(
  'mr mrs ms dr prof st no nr nos vs etc approx ca bzw z.b d.h u.a usw evtl ggf inkl zzgl tel str bspw sog dipl ing hr fr sr sra srta dña ud uds p.ej ej pág núm av mme mlle m n.b p.ex env réf e.g i.e inc ltd art abs jan feb mar apr jun jul aug sep sept oct nov dec okt dez best.-nr bestell-nr'.split(' '),
);

const most = 200;

/** Splits at . ! ? … and line ends. Points in numbers, dates ("9. Nov"), abbreviations and addresses end nothing. */
export function splitSentences(text: string): Sentence[] {
  const sentences: Sentence[] = [];
  let start = 0;
  for (let at = 0; at < text.length && sentences.length < most; at += 1) {
    if (!endsAt(text, at)) continue;
    at = afterMarks(text, at);
    add(sentences, text, { start, end: at });
    start = at;
  }
  add(sentences, text, { start, end: text.length });
  return sentences;
}

function add(sentences: Sentence[], text: string, range: { start: number; end: number }): void {
  const raw = text.slice(range.start, range.end);
  const trimmed = raw.trim();
  if (trimmed === '' || sentences.length >= most) return;
  const start = range.start + raw.indexOf(trimmed);
  sentences.push({ text: trimmed, start, end: start + trimmed.length });
}

function endsAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code === 10 || code === 33 || code === 63 || code === 0x2026) return true;
  return code === 46 && endsWithPoint(text, at);
}

function endsWithPoint(text: string, at: number): boolean {
  const next = text.charAt(at + 1);
  if (next !== '' && !/[\s"'”»)]/.test(next)) return false;
  const before = /\S{1,12}$/.exec(text.slice(Math.max(0, at - 12), at))?.[0] ?? '';
  if (/^\(?\d{1,2}$/.test(before)) return !/^\s+\p{L}/u.test(text.slice(at + 1, at + 4));
  if (/^\p{Lu}$/u.test(before)) return false;
  return !abbreviations.has(before.replace(/^[("'„“]/, '').toLowerCase());
}

/** Takes "?!", closing quotes and the like into the sentence. */
function afterMarks(text: string, at: number): number {
  let end = at + 1;
  while (end < text.length && /[.!?…"'”»)]/.test(text.charAt(end))) end += 1;
  return end;
}
