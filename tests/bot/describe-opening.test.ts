import { expect } from 'chai';
import { describeOpening } from '../../src/bot/describe-opening.js';

/** An instant from a wall time with its offset, e.g. "2026-11-16T10:00+01:00". */
const at = (text: string): number => Date.parse(text);

describe('When somebody answers, in words', () => {
  const now = at('2026-11-16T10:00+01:00');
  const say = (opensAt: string, language: string, customerZone?: string): string =>
    describeOpening({ opensAt: at(opensAt), now, language, timeZone: 'Europe/Berlin', ...(customerZone === undefined ? {} : { customerZone }) });

  const said: [string, string, string][] = [
    ['2026-11-16T14:00+01:00', 'en', 'today at 14:00'], ['2026-11-16T14:00+01:00', 'de', 'heute um 14:00 Uhr'], ['2026-11-16T14:00+01:00', 'es', 'hoy a las 14:00'], ['2026-11-16T14:00+01:00', 'fr', 'aujourd’hui à 14:00'],
    ['2026-11-17T09:00+01:00', 'en', 'tomorrow at 09:00'], ['2026-11-17T09:00+01:00', 'de', 'morgen um 09:00 Uhr'], ['2026-11-17T01:00+01:00', 'es', 'mañana a la 01:00'], ['2026-11-17T09:00+01:00', 'fr', 'demain à 09:00'],
    ['2026-11-20T09:05+01:00', 'en', 'on Friday at 09:05'], ['2026-11-20T09:05+01:00', 'de', 'am Freitag um 09:05 Uhr'], ['2026-11-20T09:05+01:00', 'es', 'el viernes a las 09:05'], ['2026-11-20T09:05+01:00', 'fr', 'vendredi à 09:05'],
    ['2026-11-23T09:00+01:00', 'en', 'on Monday, 23 November at 09:00'], ['2026-11-23T09:00+01:00', 'de', 'am Montag, 23. November, um 09:00 Uhr'], ['2026-11-23T09:00+01:00', 'es', 'el lunes 23 de noviembre a las 09:00'], ['2026-12-01T09:00+01:00', 'fr', 'mardi 1er décembre à 09:00'],
    ['2026-11-17T09:00+01:00', 'it', 'tomorrow at 09:00'], ['2026-11-17T09:00+01:00', 'de-AT', 'morgen um 09:00 Uhr'],
  ];
  for (const [opensAt, language, words] of said) {
    it(`is “${words}” in ${language}`, () => {
      expect(say(opensAt, language)).to.equal(words);
    });
  }

  it('is told by the customer’s own clock where that is known', () => {
    expect(say('2026-11-16T14:00+01:00', 'en', 'America/New_York')).to.equal('today at 08:00');
    expect(say('2026-11-17T02:00+01:00', 'en', 'America/New_York')).to.equal('today at 20:00');
  });

  it('is told by our clock when the customer’s browser sent nonsense', () => {
    expect(say('2026-11-16T14:00+01:00', 'en', '<script>')).to.equal('today at 14:00');
  });
});
