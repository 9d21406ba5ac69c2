import { expect } from 'chai';
import { readSignals } from '../../../src/bot/signals/read-signals.js';

const rated: [string, number][] = [
  // en
  ['This is unacceptable. I am furious.', -2], ['You are liars and this is a scam', -2], ['Worst service ever!!', -2], ['I am fed up with you', -2], ['I will never order again', -2],
  ['I am really disappointed', -1], ['That is quite annoying', -1], ['Nobody answers me', -1], ['The fork is broken and the box was damaged', -1], ['I am not happy with this', -1], ['WHERE IS MY ORDER', -1], ['This is the third time I write', -1],
  ['Where is my parcel?', 0], ['The fork is broken', 0], ['Do you have it in red?', 0], ['Thanks in advance', 0], ['No problem at all', 0], ['It would be great if you could help', 0], ['Not bad', 0], ['Kind regards', 0], ['I look forward to hearing from you', 0], ['If anything is wrong, tell me', 0], ['Good morning', 0], ['Is the saddle good for long rides?', 0],
  ['That was helpful, thank you', 1], ['I am happy with the bike', 1], ['Great, it works again', 2], ['The workshop did a great job', 1],
  ['I love it, the bike is fantastic', 2], ['Excellent service, you made my day!!', 2], ['Amazing 😍', 2],
  // de
  ['Das ist eine Frechheit', -2], ['Ich bin stinksauer', -2], ['Das ist Betrug, mein Anwalt meldet sich', -2], ['Mir reicht es', -2], ['Nie wieder!', -2],
  ['Ich bin enttäuscht', -1], ['Das ist wirklich ärgerlich', -1], ['Ich bin nicht zufrieden', -1], ['Die Gabel ist kaputt und es fehlt eine Schraube', -1], ['Niemand antwortet mir', -1], ['Ich muss mich beschweren', -1],
  ['Wo ist mein Paket?', 0], ['Die Gabel ist kaputt', 0], ['Vielen Dank im Voraus', 0], ['Kein Problem', 0], ['Es wäre toll, wenn das geht', 0], ['Mit freundlichen Grüßen', 0], ['Guten Tag', 0], ['Geht das bis Ende der Woche?', 0], ['Ist das schon da?', 0],
  ['Sehr gute Beratung', 1], ['Ich bin zufrieden', 1], ['Das Rad ist toll', 1],
  ['Großartig, ich bin begeistert', 2], ['Hervorragender Service', 2],
  // es
  ['Esto es inaceptable', -2], ['Son unos estafadores', -2], ['Estoy harta de esperar', -2], ['El peor servicio', -2],
  ['Estoy muy decepcionado', -1], ['Nadie responde', -1], ['La horquilla está rota y falta un tornillo', -1], ['No estoy contento', -1],
  ['¿Dónde está mi paquete?', 0], ['La horquilla está rota', 0], ['Muchas gracias de antemano', 0], ['No hay problema', 0], ['Sería genial si pudieran ayudarme', 0], ['Buenas tardes', 0],
  ['Muy buena atención', 1], ['Estoy contenta con la bici', 1], ['Me encanta, es perfecta', 2], ['Excelente servicio', 2],
  // fr
  ['C’est inadmissible', -2], ['Je suis furieux', -2], ['C’est une arnaque', -2], ['J’en ai marre', -2],
  ['Je suis très déçue', -1], ['Personne ne répond', -1], ['La fourche est cassée et il manque une vis', -1], ['Je ne suis pas content', -1],
  ['Où est mon colis ?', 0], ['La fourche est cassée', 0], ['Merci d’avance', 0], ['Pas de problème', 0], ['Ce serait super si vous pouviez m’aider', 0], ['Bonne journée', 0], ['Bien cordialement', 0],
  ['Je suis satisfait du vélo', 1], ['Très bon accueil', 1], ['C’est parfait, bravo', 2], ['Service excellent', 2],
  // without words
  ['😡', -2], ['😞', -1], ['🙂', 1], ['', 0], ['48213', 0],
];

describe('The mood of a message', () => {
  for (const [text, mood] of rated) {
    it(`is ${mood} for “${text}”`, () => {
      expect(readSignals(text).mood).to.equal(mood);
    });
  }

  it('is not rated in a language that nobody here wrote rules for', () => {
    expect(readSignals('Sono furioso, questo è inaccettabile e voglio il rimborso').mood).to.equal(0);
  });

  for (const text of ['I am disappointed', 'Ich bin enttäuscht', 'Estoy decepcionada', 'Je suis déçu', 'WHERE IS MY MONEY', '🤬']) {
    it(`names a feeling in “${text}”, so that a person should answer`, () => {
      expect(readSignals(text).upset).to.equal(true);
    });
  }

  for (const text of ['The fork is broken', 'Die Gabel ist kaputt', 'Mi pedido no ha llegado', 'Le colis n’est pas arrivé', 'OK', 'I am not angry', 'Hello, where is my parcel?', 'ABC-48213']) {
    it(`names no feeling in “${text}”`, () => {
      expect(readSignals(text).upset).to.equal(false);
    });
  }
});
