import type { Random } from './random.js';

export type TextLanguage = 'en' | 'de' | 'fr' | 'es';

/** The words that people use most, and after them made-up ones, so that the frequencies fall as they do in real text. */
const common: Record<TextLanguage, string> = {
  en: 'the i you and to is it a my for of that in order have not we with but on please can was when this your be will thank me do parcel if at what are from bike wheel delivery week still no yet back would like send today yesterday new wrong need hello invoice paid refund answer know how long since again thanks because after before there than they were our which been more any could wait waiting morning number address shop battery motor brake chain frame box child seat light pump helmet lock rain cover',
  de: 'ich die der und nicht das ist sie es zu in mit den wir auf für ein eine haben bitte bestellung hat noch von dem aber kann wie wann mein meine war wenn paket rad danke ihnen uns lieferung woche immer heute gestern neu falsch brauche hallo rechnung bezahlt erstattung antwort wissen lange seit wieder weil nach vor mehr könnte warten morgen nummer adresse laden akku motor bremse kette rahmen kiste kindersitz licht pumpe helm schloss regen verdeck guten tag grüße freundlichen vielen dank',
  fr: 'je vous le la les de et est pas que un une pour il en mon ma nous dans avec mais sur commande ne colis quand votre sera merci me si ce qui vélo livraison semaine encore toujours hier nouveau mauvais besoin bonjour facture payé remboursement réponse savoir depuis longtemps parce après avant plus pourrait attendre matin numéro adresse magasin batterie moteur frein chaîne cadre caisse siège enfant lumière pompe casque antivol pluie housse cordialement',
  es: 'el la que no de y en es un una por lo con mi me se los para pero pedido del las su al si ya cuando gracias muy paquete bicicleta entrega semana todavía hoy ayer nuevo mal necesito hola factura pagado reembolso respuesta saber desde mucho porque después antes más podría esperar mañana número dirección tienda batería motor freno cadena cuadro caja silla niño luz bomba casco candado lluvia funda saludo buenos días',
};

const syllables = 'ka lo mi ren tar vel dos pir sun gra bel mon tis fer nal qui rou sté ber lan dro zin hal pe ru sta vor mel ind ock tri ena'.split(' ');
const madeUp = 24_000;

/** Texts of one language, from a seed. */
export class TextMaker {
  readonly #words: string[];

  constructor(language: TextLanguage, random: Random) {
    const known = new Set(common[language].split(' '));
    while (known.size < madeUp) known.add(Array.from({ length: random.between(2, 4) }, () => random.pick(syllables)).join(''));
    this.#words = [...known];
  }

  /** Sentences with about this many words; words are drawn by Zipf's law. */
  text(random: Random, count: number): string {
    const sentences: string[] = [];
    for (let left = count; left > 0;) {
      const length = Math.min(left, random.between(5, 14));
      const words = Array.from({ length }, () => this.#words[Math.floor(this.#words.length ** random.next()) - 1] ?? 'and');
      sentences.push(`${words[0]?.charAt(0).toUpperCase() ?? ''}${words.join(' ').slice(1)}.`);
      left -= length;
    }
    return sentences.join(' ');
  }
}
