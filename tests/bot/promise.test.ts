import { expect } from 'chai';
import { resolveDue } from '../../src/bot/signals/due-date.js';
import { findPromises } from '../../src/bot/signals/promise.js';

/** Monday 9 November 2026, 10:00 UTC. */
const at = Date.UTC(2026, 10, 9, 10);
const zone = 'Europe/Berlin';

/** The last day on which the promise is kept, as a date in Berlin; `hours` have a time as well. */
function dueOf(text: string, language: string): string | undefined {
  const due = findPromises(text, language)[0]?.due;
  return due === undefined ? undefined : new Date(resolveDue(due, at, zone) + 3_600_000).toISOString().slice(0, due.type === 'hours' ? 16 : 10);
}

const dated: [string, string, string, string][] = [
  ['en', 'The replacement leaves today and is with you by the 16th, without fail.', 'by the 16th, without fail', '2026-11-16'],
  ['en', "I'll call you tomorrow.", "I'll call you tomorrow", '2026-11-10'],
  ['en', 'We will send it by Friday', 'We will send it by Friday', '2026-11-13'],
  ['en', 'You will have it within 3 days.', 'You will have it within 3 days', '2026-11-12'],
  ['en', 'You will get your money within 5 working days.', 'You will get your money within 5 working days', '2026-11-16'],
  ['en', 'It will arrive on 12 November.', 'will arrive on 12 November', '2026-11-12'],
  ['en', 'We will reply within 24 hours.', 'We will reply within 24 hours', '2026-11-10T11:00'],
  ['en', 'We will refund you by the end of the week.', 'We will refund you by the end of the week', '2026-11-15'],
  ['en', 'We will ship it next week.', 'We will ship it next week', '2026-11-22'],
  ['en', "We'll repair it by Jan 5", "We'll repair it by Jan 5", '2027-01-05'],
  ['en', 'I will call you today.', 'I will call you today', '2026-11-09'],
  ['de', 'Wir melden uns bis morgen bei Ihnen.', 'bis morgen bei Ihnen', '2026-11-10'],
  ['de', 'Die Gabel ist bis zum 16. November bei Ihnen.', 'bis zum 16. November bei Ihnen', '2026-11-16'],
  ['de', 'Wir erstatten Ihnen den Betrag innerhalb von 3 Werktagen.', 'Wir erstatten Ihnen den Betrag innerhalb von 3 Werktagen', '2026-11-12'],
  ['de', 'Sie bekommen das Paket am Freitag.', 'Sie bekommen das Paket am Freitag', '2026-11-13'],
  ['de', 'Ich rufe Sie übermorgen an.', 'Ich rufe Sie übermorgen an', '2026-11-11'],
  ['es', 'Le enviaremos el paquete antes del viernes.', 'Le enviaremos el paquete antes del viernes', '2026-11-13'],
  ['es', 'Recibirá el reembolso en 5 días.', 'Recibirá el reembolso en 5 días', '2026-11-14'],
  ['es', 'Le llamaremos mañana.', 'Le llamaremos mañana', '2026-11-10'],
  ['es', 'Le devolveremos el dinero antes del 16 de noviembre.', 'Le devolveremos el dinero antes del 16 de noviembre', '2026-11-16'],
  ['fr', 'Nous vous rembourserons d’ici vendredi.', 'Nous vous rembourserons d’ici vendredi', '2026-11-13'],
  ['fr', 'Vous recevrez le colis sous 48 heures.', 'Vous recevrez le colis sous 48 heures', '2026-11-11T11:00'],
  ['fr', 'Nous allons vous rappeler demain.', 'Nous allons vous rappeler demain', '2026-11-10'],
  ['fr', 'Le colis sera livré avant le 16 novembre.', 'sera livré avant le 16 novembre', '2026-11-16'],
];

const undated: [string, string][] = [
  ['en', 'We will refund €24.90 for express delivery.'], ['en', 'I promise to look after it.'], ['de', 'Wir werden Ihnen das Geld erstatten.'], ['de', 'Ich werde das klären.'], ['es', 'Le reembolsaremos los gastos.'], ['fr', 'Nous vous rembourserons les frais.'],
];

const none: [string, string][] = [
  ['en', 'We will not be able to send it by Friday.'], ['en', 'Please send us a photo by Friday.'], ['en', 'If it does not come we will refund it.'], ['en', 'We are open until 18:00 on Friday.'], ['en', 'I have checked your order 48213.'], ['en', 'Hello Ines, Monday was a holiday here.'], ['en', 'Can you wait until Friday?'],
  ['en', 'Hopefully it will arrive by Friday.'], ['en', 'You will have to send it back by Friday.'], ['en', 'Thank you for your message of 9 November.'], ['en', ''],
  ['de', 'Bitte schicken Sie uns bis Freitag ein Foto.'], ['de', 'Leider können wir das nicht bis Freitag liefern.'], ['de', 'Guten Morgen, Ihre Nachricht ist angekommen.'], ['de', 'Wir liefern in ganz Europa.'], ['de', 'Vielleicht schicken wir es morgen.'], ['de', 'Bis Freitag haben wir geschlossen.'],
  ['es', 'Por favor, envíenos una foto antes del viernes.'], ['es', 'No podemos enviarlo antes del viernes.'], ['es', 'Buenos días, gracias por su mensaje.'], ['fr', 'Veuillez nous envoyer une photo avant vendredi.'], ['fr', 'Nous ne pouvons pas livrer avant vendredi.'], ['fr', 'Bonjour, merci de votre message.'],
  ['it', 'Vi rimborseremo entro venerdì.'],
];

describe('A promise in what we wrote', () => {
  for (const [language, text, quote, due] of dated) {
    it(`is “${quote}”, due ${due}, in “${text}”`, () => {
      expect(findPromises(text, language)[0]?.quote).to.equal(quote);
      expect(dueOf(text, language)).to.equal(due);
    });
  }

  for (const [language, text] of undated) {
    it(`without a term is found in “${text}”`, () => {
      const [promise] = findPromises(text, language);
      expect(promise?.quote).to.be.a('string');
      expect(text).to.include(promise?.quote);
      expect(promise?.due).to.equal(undefined);
    });
  }

  for (const [language, text] of none) {
    it(`is not seen in “${text}”`, () => {
      expect(findPromises(text, language)).to.deep.equal([]);
    });
  }

  it('is found beside others in one message, the refund and the parcel', () => {
    const promises = findPromises('I am sorry. We will refund €24.90. The right one is with you by the 16th.', 'en');
    expect(promises.map((promise) => promise.quote)).to.deep.equal(['We will refund €24.90', 'by the 16th']);
  });

  it('“by Monday”, said on a Monday, means that day', () => {
    expect(dueOf('We will send it by Monday', 'en')).to.equal('2026-11-09');
  });

  it('“by the 3rd”, said on the 9th, means next month', () => {
    expect(dueOf('We will send it by the 3rd', 'en')).to.equal('2026-12-03');
  });

  it('lasts to the end of the day where the reader is, also on the day the clocks change', () => {
    const saturday = Date.UTC(2026, 9, 24, 10);
    expect(new Date(resolveDue({ type: 'days', days: 1 }, saturday, zone)).toISOString()).to.equal('2026-10-25T22:59:59.999Z');
  });
});
