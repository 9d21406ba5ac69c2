/** A number of at least four digits, perhaps with letters before and hyphens inside: 48213, VW-2026-0113. */
const number = '(?:[A-Z]{1,4}-?)?\\d[\\d-]{2,14}\\d';

const anyNumber = new RegExp(`(?<![\\d+.,])(${number})(?![\\d%€$£]|\\s?[€$£])`, 'gu');
const namedBefore = /(?:\border|\bbestell(?:ung|nummer|nr)?|\bauftrag(?:s?nummer)?|\bpedido|\bencargo|\bcommande|\brechnung(?:s?nummer)?|\binvoice|\bfacture|\bfactura|\bref(?:erence)?)\b[^\n\d]{0,24}$|(?:^|\s)#\s?$/iu;
const numberFirst = new RegExp(`^\\W{0,3}(${number})(?:\\W{0,3}$|\\s*[,;:(]|\\s+(?:is|ist|es|est)\\b)`, 'u');

const most = 5;
/** Characters before a number in which it may be called an order number. */
const nameLength = 44;

/** Order numbers that are called so: "order no. 48213", "Bestellnummer VW-2026-0113", "#1042". No phone numbers, dates or amounts. */
export function findOrderNumbers(text: string): string[] {
  if (!/\d{2}/.test(text)) return [];
  const found = new Set<string>();
  for (const match of text.matchAll(anyNumber)) {
    const value = match[1] ?? '';
    const before = text.slice(Math.max(0, match.index - nameLength), match.index);
    if (!isYear(value) && !isDate(value) && namedBefore.test(before)) found.add(value);
    if (found.size === most) break;
  }
  return [...found];
}

/** The order number in an answer to the question for it: there, a bare number is enough. */
export function orderNumberInAnswer(text: string): string | undefined {
  const named = findOrderNumbers(text)[0];
  if (named !== undefined) return named;
  const bare = numberFirst.exec(text.trim())?.[1] ?? onlyNumber(text);
  return bare === undefined || isDate(bare) ? undefined : bare;
}

/** Of a short answer such as "it is 48213 I think": the one number in it. */
function onlyNumber(text: string): string | undefined {
  if (text.length > 80 || text.includes('@')) return undefined;
  const all = [...text.matchAll(anyNumber)];
  const first = all[0]?.[1];
  return all.length === 1 && first !== undefined && !isYear(first) ? first : undefined;
}

function isYear(number: string): boolean {
  return /^(?:19|20)\d\d$/.test(number);
}

function isDate(number: string): boolean {
  return /^\d{4}-\d\d?-\d\d?$/.test(number) || /^\d\d?-\d\d?-\d{2,4}$/.test(number);
}
