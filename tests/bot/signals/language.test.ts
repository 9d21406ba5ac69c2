import { expect } from 'chai';
import fc from 'fast-check';
import { detectLanguage } from '../../../src/bot/signals/language.js';

const told: Record<string, string[]> = {
  en: [
    'Where is my parcel? It should have been here on Monday.', 'Hello', 'Thanks a lot', "I can't open the lock any more", 'Can you send me the invoice again please', 'The chain broke after two weeks',
    'do you ship to Norway', 'Need help', 'my order never arrived', 'Good morning, is the workshop open tomorrow?', 'I would like to return the basket', 'what size should I take', 'still nothing', 'Is this in stock?',
    'The light does not work and the battery is empty', "It's broken", 'Who can I talk to about a refund?', 'please call me', 'When will it be delivered?', 'I have two children and need a bigger box',
  ],
  de: [
    'Wo bleibt mein Paket? Es sollte am Montag da sein.', 'Guten Tag', 'Vielen Dank', 'Die Kette ist nach zwei Wochen gerissen', 'Können Sie mir die Rechnung noch einmal schicken?', 'Ich möchte den Korb zurückgeben',
    'Hallo, ist die Werkstatt morgen offen?', 'immer noch nichts', 'Wann kommt die Lieferung', 'Das Licht geht nicht', 'Ich brauche einen Termin', 'Bitte rufen Sie mich an', 'Danke für die Hilfe', 'Welche Größe soll ich nehmen?',
    'Meine Bestellung ist nicht angekommen', 'Gibt es das auch in Rot?', 'wer kann mir helfen', 'Der Akku lädt nicht mehr', 'Ich habe zwei Kinder', 'Wie lange dauert der Versand nach Wien?',
  ],
  es: [
    '¿Dónde está mi paquete? Tenía que llegar el lunes.', 'Hola', 'Muchas gracias', 'La cadena se ha roto a las dos semanas', '¿Me pueden enviar la factura otra vez?', 'Quiero devolver la cesta', 'Hola, ¿está abierto el taller mañana?',
    'sigo sin noticias', 'Cuándo llega el pedido', 'La luz no funciona', 'Necesito una cita', 'Por favor, llámenme', 'Gracias por la ayuda', 'Qué talla me recomiendan', 'Mi pedido no ha llegado', 'Hay en rojo también?',
    'quién me puede ayudar', 'La batería ya no carga', 'Tengo dos hijos', 'Cuánto tarda el envío a Sevilla',
  ],
  fr: [
    'Où est mon colis ? Il devait arriver lundi.', 'Bonjour', 'Merci beaucoup', 'La chaîne a cassé après deux semaines', 'Pouvez-vous me renvoyer la facture ?', 'Je voudrais rendre le panier', 'Bonjour, est-ce que l’atelier est ouvert demain ?',
    'toujours rien', 'Quand arrive la commande', 'La lumière ne marche pas', 'J’ai besoin d’un rendez-vous', 'Appelez-moi s’il vous plaît', 'Merci pour votre aide', 'Quelle taille me conseillez-vous ?', 'Ma commande n’est pas arrivée',
    'Est-ce que ça existe en rouge ?', 'qui peut m’aider', 'La batterie ne charge plus', 'J’ai deux enfants', 'Combien de temps pour la livraison à Lyon ?',
  ],
  it: ['Dove si trova il mio pacco? Non è ancora arrivato.', 'Buongiorno, vorrei restituire il cestino perché è troppo grande', 'Quando arriva il mio ordine?'],
  pt: ['Onde está a minha encomenda? Ainda não chegou.', 'Bom dia, quero devolver o cesto, obrigado'],
  nl: ['Waar blijft mijn pakket? Het zou maandag komen.', 'Goedemorgen, ik wil graag mijn bestelling ruilen'],
  pl: ['Proszę o informację, gdzie jest moja przesyłka, czekam już dwa tygodnie.'],
  sv: ['Hej, jag undrar var mitt paket är någonstans, det skulle ha kommit i måndags.'],
  ru: ['Где мой заказ?'],
  ja: ['私の注文はどこですか'],
};

describe('The language of a message', () => {
  for (const [language, texts] of Object.entries(told)) {
    for (const text of texts) {
      it(`is ${language} for “${text}”`, () => {
        expect(detectLanguage(text)).to.equal(language);
      });
    }
  }

  for (const text of ['ok', '48213', '', '👍', 'Ines', 'lol', '???', 'ines@posteo.example', 'A B C']) {
    it(`is not guessed from “${text}”, and the hint is taken`, () => {
      expect(detectLanguage(text)).to.equal(undefined);
      expect(detectLanguage(text, 'de')).to.equal('de');
    });
  }

  it('is what the words say and not what the hint says when the words are clear', () => {
    expect(detectLanguage('Wo bleibt mein Paket, ich warte seit Montag', 'en')).to.equal('de');
  });

  it('is two small letters or nothing, whatever is written', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      expect(detectLanguage(text) ?? 'en').to.match(/^[a-z]{2,3}$/);
    }), { numRuns: 300 });
  });
});
