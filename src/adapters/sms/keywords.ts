/** What a message of one word does by itself. */
export type Keyword = 'stop' | 'start';

/** Twilio's own lists; the whole text must be the word. `YES` opts in as well, but is an answer to too much else. https://help.twilio.com/articles/223134027 */
const stops = new Set(['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT']);
const starts = new Set(['START', 'UNSTOP']);

/** `optOutType`: what Twilio has made of it, where Advanced Opt-Out is on (own words, other languages); it counts first. */
export function keywordOf(body: string, optOutType: string | undefined): Keyword | undefined {
  if (optOutType !== undefined && optOutType !== '') return optOutType === 'STOP' ? 'stop' : optOutType === 'START' ? 'start' : undefined;
  if (body.length > 20) return undefined;
  const word = body.trim().toUpperCase();
  return stops.has(word) ? 'stop' : starts.has(word) ? 'start' : undefined;
}
