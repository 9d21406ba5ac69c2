/** The lines by which mail programs announce what they quote, and the lines they put under a mail. All tests are linear. */

interface Attribution {
  starts: RegExp;
  /** Must stand somewhere between. */
  has?: RegExp;
  ends: RegExp;
}

const attributions: readonly Attribution[] = [
  { starts: /^(On|on) /, ends: /\b(wrote|writes|sent)\s?:$/ },
  { starts: /^Am /, has: / schrieb\b/, ends: /:$/ },
  { starts: /^(El|Le?l|El día) /, ends: /escribi(ó|o)\s?:$/ },
  { starts: /^Le /, ends: /a écrit\s?:$/ },
  { starts: /^(Il|In data) /, ends: /(ha )?scritto\s?:$/ },
  { starts: /^(Em|A) /, ends: /escreveu\s?:$/ },
  { starts: /^Op /, has: / schreef\b/, ends: /:$/ },
  { starts: /^(Den|På) /, has: / skrev\b/, ends: /:$/ },
  { starts: /^(W dniu|Dnia|\S+\.?, )/, ends: /(napisał(\(a\)|a)?|pisze)\s?:$/ },
  { starts: /^(\d{4}年|在|于)/, ends: /(写道|寫道|のメッセージ|:|：)\s?[:：]?$/ },
];

/** "Ines Kern <ines@…> wrote:", with the name first. */
const nameFirst = /(wrote|writes|schrieb|schrieb am .{4,40}|escribió|a écrit|ha scritto|escreveu|schreef)\s?:$/;

/**
 * How many lines from this one form an attribution ("On …, Ines wrote:", wrapped or not); 0 when it is none.
 */
export function attributionLines(lines: readonly string[], at: number): number {
  const first = bare(lines[at] ?? '');
  if (first === '' || first.length > 300) return 0;
  if (nameFirst.test(first) && /\d|<[^<>\s]+@[^<>\s]+>|\[mailto:/.test(first)) return 1;
  const rule = attributions.find((each) => each.starts.test(first));
  if (rule === undefined) return 0;
  let joined = '';
  for (let count = 1; count <= 4; count += 1) {
    const line = bare(lines[at + count - 1] ?? '');
    if (line === '' && count > 1) return 0;
    joined = joined === '' ? line : `${joined} ${line}`;
    if (joined.length > 500) return 0;
    if (rule.ends.test(joined) && (rule.has === undefined || rule.has.test(joined)) && /\d/.test(joined)) return count;
  }
  return 0;
}

const separators: readonly RegExp[] = [
  /^[-_*]{2,15}\s?(original message|original appointment|forwarded message|forwarded by .{1,80}|reply message)\s?[-_*]{2,15}$/i,
  /^[-_*]{2,15}\s?(ursprüngliche nachricht|original-nachricht|originalnachricht|weitergeleitete nachricht)( von .{1,80})?\s?[-_*]{0,15}$/i,
  /^[-_*]{2,15}\s?(mensaje original|mensaje reenviado|mensagem original|mensagem encaminhada)\s?[-_*]{2,15}$/i,
  /^[-_*]{2,15}\s?(message d['’]origine|message original|message transféré|message d['’]origine transféré)\s?[-_*]{2,15}$/i,
  /^[-_*]{2,15}\s?(messaggio originale|messaggio inoltrato|oorspronkelijk bericht|doorgestuurd bericht|oryginalna wiadomość|ursprungligt meddelande)\s?[-_*]{2,15}$/i,
  /^(begin forwarded message|anfang der weitergeleiteten nachricht|inicio del mensaje reenviado|début du message (transféré|réexpédié)|inizio messaggio inoltrato)\s?:$/i,
];

/** "-----Original Message-----" and its kin. */
export function isSeparator(line: string): boolean {
  const text = bare(line);
  return text.length <= 140 && separators.some((each) => each.test(text));
}

const fromField = /^(from|von|de|desde|da|van|od|från|fra|expéditeur|remitente|absender)\s?:\s?\S/i;
const otherField =
  /^(sent|date|to|cc|subject|reply-to|gesendet|datum|an|kopie|betreff|enviado( el)?|fecha|para|asunto|envoyé|date d['’]envoi|à|objet|inviato|data|a|oggetto|verzonden|aan|onderwerp|wysłano|do|temat|skickat|till|ämne)\s?:/i;

/** How many lines from this one form a block of copied header fields (Outlook, GMX); 0 when it is none. */
export function headerBlockLines(lines: readonly string[], at: number): number {
  let fields = 0;
  let names = 0;
  let count = 0;
  for (; count < 12; count += 1) {
    const line = bare(lines[at + count] ?? '');
    const isFrom = fromField.test(line);
    if (isFrom) names += 1;
    if (isFrom || otherField.test(line)) fields += 1;
    else if (count === 0 || line.length > 400) return 0;
    else if (line === '' || fields >= 3) break;
  }
  return fields >= 3 && names > 0 ? count : 0;
}

const rules = /^[_\-=*]{5,80}$/;

/** A drawn line, as Outlook puts before its block. */
export function isRule(line: string): boolean {
  return rules.test(line.trim());
}

const phoneLines: readonly RegExp[] = [
  /^sent (from|via|with) (my |the |a )?\S.{0,60}$/i,
  /^get outlook for \S.{0,40}$/i,
  /^(von|mit) (meinem|meiner) .{1,60} gesendet\.?$/i,
  /^(gesendet|diese nachricht wurde) (von|mit|aus|über) .{1,80}$/i,
  /^(outlook für|outlook para|télécharger outlook|obtener outlook|holen sie sich outlook) .{1,60}$/i,
  /^enviado (desde|con|a través de) .{1,60}$/i,
  /^envoyé (de|depuis|à partir de|avec) .{1,60}$/i,
  /^(inviato da|verstuurd vanaf|verzonden (vanaf|met)|enviado do meu|wysłane z|skickat från) .{1,60}$/i,
];

/** "Sent from my phone" in the languages of phones. */
export function isPhoneLine(line: string): boolean {
  const text = bare(line);
  return text.length <= 120 && phoneLines.some((each) => each.test(text));
}

/** The separator of RFC 3676 §4.3, also as clients that trim lines leave it. */
export function isSignatureMark(line: string): boolean {
  return line === '-- ' || line === '--' || line === '—' || line === '-- \u00a0';
}

/** Without the marks of bold text, non-breaking spaces and edges. */
function bare(line: string): string {
  return line.length > 600 ? '' : line.replace(/[\u00a0\u202f]/g, ' ').replace(/\*/g, '').trim();
}
