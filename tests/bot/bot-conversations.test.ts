import { expect } from 'chai';
import { createBot } from '../../src/bot/create-bot.js';
import { handOvers, spoken, stateStore, Talk } from './support/turns.js';

interface Scene {
  language: string;
  name: string;
  needsAddress?: boolean;
  /** What the customer says, and what the bot says to it. */
  talk: [string, RegExp][];
  reason: string;
}

const scenes: Scene[] = [
  { language: 'en', name: 'order number given', talk: [['Where is my order?', /^Hello\. I am Velo .*Which order is it about\?$/], ['#48213', /^Thank you, order 48213 is noted\./]], reason: 'the customer gave the order number' },
  { language: 'en', name: 'no number at hand', talk: [['I want to return the basket', /Which order is it about\?$/], ["I don't have it here", /^That is all right\./]], reason: 'the customer gave no order number' },
  { language: 'en', name: 'a person', talk: [['Can I talk to a person?', /^Hello\. I pass you on to a person\./]], reason: 'the customer asked for a person' },
  { language: 'en', name: 'upset', talk: [['I am fed up with waiting', /^Hello\. I am sorry about this\./]], reason: 'the customer is upset' },
  { language: 'en', name: 'greeting first', talk: [['Hi there', /Write in a few words what it is about\.$/], ['Are you open on Sunday?', /^I pass this on to the team\./]], reason: 'the bot cannot answer this' },
  { language: 'de', name: 'order number given', talk: [['Wo bleibt meine Bestellung?', /^Guten Tag\. Ich bin Velo .*Um welche Bestellung geht es\?$/], ['Nummer 48213', /^Danke, die Bestellung 48213 ist notiert\./]], reason: 'the customer gave the order number' },
  { language: 'de', name: 'no number at hand', talk: [['Ich möchte den Korb zurückschicken', /Um welche Bestellung geht es\?$/], ['Ich habe die Nummer nicht', /^Das ist in Ordnung\./]], reason: 'the customer gave no order number' },
  { language: 'de', name: 'address given', needsAddress: true, talk: [['Haben Sie das auch in Rot?', /An welche E-Mail-Adresse dürfen wir antworten/], ['ines@posteo.example', /^Danke\. Wenn Sie die Seite verlassen, geht die Antwort an ines@posteo\.example\./]], reason: 'the customer gave the e-mail address' },
  { language: 'de', name: 'a person', talk: [['Ich möchte mit einem Menschen sprechen', /^Guten Tag\. Ich gebe Sie an einen Menschen weiter\./]], reason: 'the customer asked for a person' },
  { language: 'de', name: 'upset', talk: [['Das ist eine Frechheit', /^Guten Tag\. Das tut mir leid\./]], reason: 'the customer is upset' },
  { language: 'es', name: 'order number given', talk: [['¿Dónde está mi pedido?', /^Hola\. Soy Velo .*¿De qué pedido se trata\?$/], ['48213', /^Gracias, el pedido 48213 queda anotado\./]], reason: 'the customer gave the order number' },
  { language: 'es', name: 'no number at hand', talk: [['Quiero devolver la cesta', /¿De qué pedido se trata\?$/], ['No tengo el número', /^No importa\./]], reason: 'the customer gave no order number' },
  { language: 'es', name: 'waits here', needsAddress: true, talk: [['¿Lo tienen en rojo?', /¿A qué dirección de correo/], ['Espero aquí', /^De acuerdo\./]], reason: 'the customer gave no e-mail address' },
  { language: 'es', name: 'a person', talk: [['Quiero hablar con una persona', /^Hola\. Le paso con una persona\./]], reason: 'the customer asked for a person' },
  { language: 'es', name: 'upset', talk: [['Esto es una estafa', /^Hola\. Lo siento mucho\./]], reason: 'the customer is upset' },
  { language: 'fr', name: 'order number given', talk: [['Où est ma commande ?', /^Bonjour\. Je suis Velo .*De quelle commande s’agit-il \?$/], ['le 48213', /^Merci, la commande 48213 est notée\./]], reason: 'the customer gave the order number' },
  { language: 'fr', name: 'no number at hand', talk: [['Mon colis n’est pas arrivé', /De quelle commande s’agit-il \?$/], ['Je n’ai pas le numéro', /^Ce n’est pas grave\./]], reason: 'the customer gave no order number' },
  { language: 'fr', name: 'something else', talk: [['Où est ma commande ?', /De quelle commande s’agit-il \?$/], ['c’était une fourche bleue', /^Je transmets à l’équipe\./]], reason: 'the customer wrote something else than the order number' },
  { language: 'fr', name: 'a person', talk: [['Je veux parler à quelqu’un', /^Bonjour\. Je vous mets en relation avec une personne\./]], reason: 'the customer asked for a person' },
  { language: 'fr', name: 'upset', talk: [['C’est inadmissible', /^Bonjour\. Je suis désolé\./]], reason: 'the customer is upset' },
];

describe('A conversation with the bot', () => {
  for (const scene of scenes) {
    it(`in ${scene.language}: ${scene.name}, ends with a person`, async () => {
      const talk = new Talk(createBot({ store: stateStore() }), { needsAddress: scene.needsAddress === true });
      for (const [said, answer] of scene.talk) expect(spoken(await talk.says(said))).to.match(answer);
      expect(handOvers(talk.actions).map((action) => action.reason)).to.deep.equal([scene.reason]);
      expect(await talk.says('ok')).to.deep.equal([]);
    });
  }
});
