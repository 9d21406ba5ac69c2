import { expect } from 'chai';
import { asUserId, asWaId, phoneOf } from '../../../src/adapters/whatsapp/ids.js';
import { fromWhatsApp } from '../../../src/adapters/whatsapp/marks-in.js';
import { parseMarks, plainMarks } from '../../../src/adapters/lib/marks.js';

describe('WhatsApp’s numbers', () => {
  const phone = (waId: string): string | undefined => {
    const known = asWaId(waId);
    return known === undefined ? undefined : phoneOf(known);
  };

  it('are written as everybody else writes them', () => {
    const cases = {
      '4915112345678': '+4915112345678', '551187654321': '+5511987654321', '5511987654321': '+5511987654321', '551133334444': '+551133334444',
      '541123456789': '+5491123456789', '5491123456789': '+5491123456789', '5215512345678': '+525512345678', '525512345678': '+525512345678', '+491512223344': '+491512223344',
    };
    for (const [waId, wanted] of Object.entries(cases)) expect(phone(waId), waId).to.equal(wanted);
    for (const none of ['', '12', 'DE.123', 'x'.repeat(30)]) expect(phone(none), none).to.equal(undefined);
  });

  it('are told apart from user ids', () => {
    expect(asUserId('DE.13491208655302741918')).to.be.a('string');
    expect(asUserId('US.ENT.11815799212886844830')).to.be.a('string');
    for (const none of ['4915112345678', 'de.123', 'DE.', 'DE.a:b', `DE.${'1'.repeat(129)}`]) expect(asUserId(none), none).to.equal(undefined);
  });
});

describe('WhatsApp’s formatting as light marks', () => {
  it('reads bold, italic, strike, code and blocks, also inside one another', () => {
    const cases = {
      '*bold*': '**bold**', '_slanted_': '_slanted_', '~gone~': '~~gone~~', '`code`': '`code`', '```a\nb```': '```a\nb```', '*very _much_ so*': '**very _much_ so**', 'a *b* c ~d~': 'a **b** c ~~d~~',
    };
    for (const [given, wanted] of Object.entries(cases)) expect(fromWhatsApp(given), given).to.equal(wanted);
  });

  it('leaves alone what WhatsApp shows as it stands, and what only we would read as a mark', () => {
    for (const text of ['2 * 3 * 4', 'snake_case_name', '* not bold *', 'a*b*c', '[text](https://velowerk.example)', 'one * star', '~ ~', '`', '\\*']) {
      expect(plainMarks(parseMarks(fromWhatsApp(text))), text).to.equal(text);
    }
  });

  it('takes no time for text that is nothing but signs', () => {
    for (const sign of ['*', '_', '~', '`', '```', '*a', '_ *', '[', '\\']) {
      const from = performance.now();
      fromWhatsApp(sign.repeat(20_000));
      expect(performance.now() - from, sign).to.be.lessThan(400);
    }
  });
});
