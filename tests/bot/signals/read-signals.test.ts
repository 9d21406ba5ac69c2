import { expect } from 'chai';
import fc from 'fast-check';
import { readSignals, type Signals } from '../../../src/bot/signals/read-signals.js';

function table<Key extends keyof Signals>(key: Key, rows: [Signals[Key], string[]][]): void {
  for (const [value, texts] of rows) {
    for (const text of texts) {
      it(`${key} is ${JSON.stringify(value)} for “${text}”`, () => {
        expect(readSignals(text)[key]).to.deep.equal(value);
      });
    }
  }
}

describe('What a message asks for', () => {
  describe('urgency', () => {
    table('urgency', [
      ['high', [
        'This is urgent, please answer', 'I need it today', 'Please call me ASAP', 'I have to have it by tomorrow', 'Es ist dringend', 'Bitte so schnell wie möglich antworten', 'Das eilt', 'Ich brauche das Rad morgen', 'Es urgente',
        'Lo necesito cuanto antes, por favor', 'Respondan lo antes posible', 'C’est urgent', 'Répondez au plus vite', 'J’ai besoin du vélo demain', 'The brake failed, this is dangerous',
      ]],
      ['low', ['It is not urgent', 'No rush at all', 'Take your time', 'Es ist nicht dringend', 'Keine Eile', 'Das hat Zeit', 'No es urgente', 'Sin prisa', 'Ce n’est pas urgent', 'Prenez votre temps']],
      ['normal', ['Where is my parcel?', 'Guten Morgen', 'See you tomorrow', 'Ist das schon da?', 'Hola, buenos días', 'Bonjour à tous', 'I bought it yesterday', '', '48213', 'Bis bald']],
    ]);
  });

  describe('a person', () => {
    table('wantsPerson', [
      [true, [
        'I want to talk to a human', 'Can I speak with a real person please?', 'let me chat with someone', 'human', 'Agent please', 'Get me a human', 'I do not want a bot, no bot please', 'Are you a bot?', 'please call me', 'Put me through to a manager',
        'Ich möchte mit einem Menschen sprechen', 'Kann ich mit einem Mitarbeiter reden?', 'Mitarbeiter bitte', 'Ich will keinen Bot', 'Bitte rufen Sie mich an', 'Ich hätte gern einen richtigen Ansprechpartner', 'Mensch', 'Bitte um Rückruf', 'Bist du ein Roboter?',
        'Quiero hablar con una persona', '¿Puedo hablar con alguien?', 'Páseme con un agente por favor, un humano', 'Llámenme por favor', 'Necesito una persona real', 'humano', '¿Eres un robot?',
        'Je veux parler à un humain', 'Puis-je parler à un conseiller ?', 'Je voudrais parler avec quelqu’un', 'Rappelez-moi', 'Une vraie personne s’il vous plaît', 'Pas un robot', 'Passez-moi un conseiller',
      ]],
      [false, [
        'Where is my parcel?', 'I spoke to somebody yesterday and they were nice', 'Which person do I write the cheque to?', 'The agent in the shop was friendly', 'I do not need to talk to anyone', 'My call was answered', 'How many people fit in the box?', 'Is the manager course still on?',
        'Wo ist mein Paket?', 'Der Mitarbeiter war nett', 'Ich habe gestern mit einem Kollegen gesprochen', 'Viele Menschen fahren Rad', 'Mit freundlichen Grüßen', '¿Dónde está mi pedido?', 'La persona de la tienda fue amable', 'Hablé con alguien ayer',
        'Où est mon colis ?', 'Le conseiller était gentil', 'J’ai parlé hier à quelqu’un', '', '👍',
      ]],
    ]);
  });

  describe('nothing but thanks', () => {
    table('acknowledgement', [
      [true, [
        'Thanks!', 'thank you', 'Thank you so much', 'ok', 'OK thanks', 'Great, thank you!', 'Thanks Lena!', 'Perfect, thanks for your quick help', 'Got it', 'Many thanks, have a nice day', 'Thank you very much for your help, kind regards, Ines', 'Alright', 'Sounds good', '👍', '🙏🙏', 'Thanks 😊',
        'Danke!', 'Vielen Dank', 'Alles klar, danke', 'Super, vielen Dank für die schnelle Hilfe!', 'Danke Jonas', 'Passt', 'Perfekt, danke', 'Herzlichen Dank und liebe Grüße', 'Ok, danke, schönes Wochenende',
        'Gracias', '¡Muchas gracias!', 'Vale, gracias', 'Perfecto', 'Muchas gracias por su ayuda', 'De acuerdo, gracias', 'Gracias, un saludo',
        'Merci', 'Merci beaucoup !', 'D’accord, merci', 'Parfait, merci pour votre réponse rapide', 'Très bien merci', 'Merci, bonne journée', 'OK super',
      ]],
      [false, [
        'Thanks, but where is it?', 'Thanks in advance', 'Thank you, one more question', 'ok so what now', 'Thanks, it is still broken', 'No thanks needed, send it back', 'Thanks for nothing', 'Great, it broke again', 'Thank you, please send the invoice', 'ok 48213', 'Thanks?', 'Great bike shop you have there', 'Hello',
        'Danke, aber wo ist es?', 'Vielen Dank im Voraus', 'Danke, eine Frage noch', 'Danke für nichts', 'Super, schon wieder kaputt', 'Danke, schicken Sie bitte die Rechnung', 'Alles klar, und wann kommt es',
        'Gracias, pero no ha llegado', 'Gracias de antemano', 'Vale, ¿y cuándo?', 'Merci, mais il manque une vis', 'Merci d’avance', 'Merci de me rappeler', 'Super, encore cassé', '', '😡', '👍👎',
      ]],
    ]);
  });

  describe('nothing but a greeting', () => {
    table('greeting', [
      [true, ['Hi', 'Hello', 'hello there', 'Good morning', 'Anybody there?', 'Hallo', 'Guten Tag', 'Moin', 'Ist da jemand?', 'Hola', 'Buenos días', '¿Hay alguien ahí?', 'Bonjour', 'Bonsoir à tous', 'Salut', 'Il y a quelqu’un ?']],
      [false, ['Hello, where is my parcel?', 'Hi I need help', 'Hallo, wo bleibt mein Rad', 'Hola, una pregunta', 'Bonjour, mon vélo est cassé', 'Thanks', '', '👋', 'Hello hello hello hello hello hello hello']],
    ]);
  });

  describe('an order that exists', () => {
    table('aboutOrder', [
      [true, [
        'Where is my order?', 'My parcel has not arrived', 'I ordered two weeks ago', 'I want to return the basket', 'The package was damaged', 'I am waiting for my refund', 'Please cancel my order', 'The tracking number does not work',
        'Wo bleibt meine Bestellung?', 'Mein Paket ist nicht da', 'Ich habe vor einer Woche bestellt', 'Ich möchte den Korb zurückschicken', 'Die Sendungsnummer stimmt nicht', 'Wann kommt die Rückerstattung', 'Bitte stornieren',
        '¿Dónde está mi pedido?', 'Mi paquete no llega', 'Quiero devolver la cesta', 'Espero el reembolso', 'Où est ma commande ?', 'Le colis est abîmé', 'Je voudrais retourner le panier', 'J’attends mon remboursement',
      ]],
      [false, [
        'Do you have it in red?', 'In order to ride safely, which helmet?', 'I would like to order a bike', 'Are you open on Sunday?', 'Do you ship to Norway?', 'Geht das in Ordnung?', 'Ich möchte ein Rad kaufen', 'Haben Sie morgen auf?', '¿Están abiertos mañana?', 'Quiero comprar una bici',
        'Êtes-vous ouverts demain ?', 'Merci pour votre retour', 'Je voudrais acheter un vélo', 'De retour à la maison', '',
      ]],
    ]);
  });

  describe('that its arrival is confirmed', () => {
    table('wantsReceipt', [
      [true, ['Please confirm receipt', 'Please acknowledge receipt of this letter', 'Bitte bestätigen Sie mir den Eingang', 'Ich bitte um eine Eingangsbestätigung', 'Les ruego acuse de recibo', 'Merci d’accuser réception', 'Veuillez confirmer la bonne réception']],
      [false, ['I lost the receipt', 'Where is my receipt?', 'Ich habe keinen Beleg', 'El recibo está mal', 'La réception est fermée']],
    ]);
  });

  describe('what they say about themselves', () => {
    table('facts', [
      [['I commute daily, 22 km'], ['I commute daily, 22 km, and the chain is gone.']],
      [['I have two children'], ['I have two children. Does the box fit?', 'Because I have two children, I need a bigger one.']],
      [['I live in Ghent', 'I work as a nurse'], ['I live in Ghent and I work as a nurse.']],
      [["I don't like phone calls"], ["Please write, I don't like phone calls."]],
      [['My daughter is 1.20 m tall'], ['My daughter is 1.20 m tall.']],
      [['Ich habe zwei Kinder'], ['Ich habe zwei Kinder, und das Rad ist zu klein.']],
      [['Ich wohne in Freiburg'], ['Ich wohne in Freiburg. Gibt es dort eine Werkstatt?']],
      [['Ich bin Linkshänder'], ['Ich bin Linkshänder.']],
      [['Tengo dos hijos'], ['Tengo dos hijos y necesito una caja más grande.']],
      [['Vivo en Sevilla'], ['Vivo en Sevilla, pero viajo mucho.']],
      [['J’habite à Lyon'], ['J’habite à Lyon, mais je travaille souvent ailleurs.']],
      [['J’ai deux enfants'], ['J’ai deux enfants.']],
      [[], [
        'I have a question', 'I have two problems', 'If I have two children, does it fit?', 'Do I have one child seat free?', 'I work on it', 'I am a bit late', 'I have no children', 'Ich habe eine Frage', 'Ich habe zwei Pakete bekommen', 'Wenn ich zwei Kinder hätte', 'Tengo una pregunta', 'J’ai une question', 'J’ai deux colis', '',
      ]],
    ]);
  });

  describe('e-mail addresses', () => {
    table('addresses', [
      [['ines.bauer@posteo.example'], ['Write to Ines.Bauer@posteo.example.', 'ines.bauer@posteo.example', '<ines.bauer@posteo.example>', 'mailto:ines.bauer@posteo.example?']],
      [['a+b@velowerk.example', 'c@d.example'], ['a+b@velowerk.example or c@d.example, thanks']],
      [[], ['@inesrides', 'ines@', 'ines@localhost', 'write me @ home', 'a@b', 'x..y@posteo.example', 'me@-bad-.example', '']],
    ]);
  });

  describe('order numbers', () => {
    table('orderNumbers', [
      [['48213'], ['My order 48213 is late', 'order no. 48213', 'Order number: 48213', 'order #48213', 'It is #48213', 'Bestellung 48213', 'Bestellnummer: 48213', 'Bestell-Nr. 48213', 'Auftragsnummer 48213', 'pedido 48213', 'pedido nº 48213', 'número de pedido: 48213', 'commande 48213', 'commande n° 48213', 'numéro de commande 48213', 'Rechnung 48213']],
      [['VW-2026-0113'], ['order VW-2026-0113', 'Bestellnummer VW-2026-0113']],
      [['48213', '48214'], ['order 48213 and order 48214']],
      [[], ['Call +49 761 555 0142', 'I paid 24.90', 'in 2026', 'I ordered 3 of them', 'order from 2026', 'I ordered on 2026-11-09', 'it costs 12000 €', 'postcode 79098', 'order please', '', 'room 101', 'the order cost 1200€']],
    ]);
  });

  it('is told for any text without failing, and each quote stands in the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 600 }), (text) => {
      const signals = readSignals(text);
      expect(signals.mood).to.be.within(-2, 2);
      for (const quote of [...signals.facts, ...signals.orderNumbers]) expect(text).to.include(quote);
    }), { numRuns: 400 });
  });

  it('is told of a message of 50,000 characters from what stands first', () => {
    const long = `My order 48213 has not arrived and I am furious. ${'and so on and on '.repeat(3_000)}`;
    const signals = readSignals(long);
    expect(signals).to.include({ language: 'en', aboutOrder: true, upset: true, mood: -2 });
    expect(signals.orderNumbers).to.deep.equal(['48213']);
  });
});
