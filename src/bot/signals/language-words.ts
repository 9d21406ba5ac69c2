/**
 * Frequent words per language: `clear` ones occur in hardly any other of these languages and count double.
 * Italian, Portuguese and Dutch are here so that they are not taken for Spanish, French or German.
 */
export const languageWords: Readonly<Record<string, { clear: string; shared: string }>> = {
  en: {
    clear: "the is are was were have has had been this that these those with from your you my our they their would could should will what where when which who why how there here about because please thanks thank hello hi hey not don't doesn't didn't can't isn't i'm it's i've we've i'd won't and but than then only any some just also after before still never yes yesterday tomorrow order parcel package bike money broken does did need want get got send sent wrong nobody anyone somebody someone it we she speak good great help" +
      ' really again ever happy work works working disappointed arrived nothing something anything thing things year years day days today week weeks always another other new old first last next been being going think know take',
    shared: 'i a to of for on at in as be or if so no me he his her do an by all can not us out up am will',
  },
  de: {
    clear: 'der die das und ist nicht ich sie wir ihr mein meine meinen meiner mir mich uns unser unsere ein eine einen einem einer mit von für auf dem den des zu zum zur bei wie wo wann warum welche wer aber oder noch schon immer nur auch sehr bitte danke hallo guten kann können könnte habe haben hat hatte wird werden wurde war sind seit nach über kein keine keinen heute morgen gestern bestellung paket lieferung bestellt vielen dank dass weil wenn doch jetzt mehr beim vom gibt möchte brauche bis dann ihre ihnen euch euer dringend mensch' +
      ' nie wieder nichts etwas alles geht kommt macht machen bin bist seid wäre würde ganz gar mal damit davon dafür neu neue neuen tag tage woche wochen monat jahr jahre viel wenig gut schlecht niemand jemand',
    shared: 'in an so es was am im um da er ja du war will',
  },
  es: {
    clear: 'el los las una unos y con por para pero muy más está están estoy mi mis su sus nos les hay qué cómo cuándo dónde cuál quién porque hola gracias buenos buenas días tardes pedido paquete hoy mañana ayer todavía aún ya también sin sobre hasta desde he ha han tengo tiene quiero puedo pueden puede necesito ser soy eso esto este ese nada nunca siempre cuanto envío recibido llegado favor usted ustedes llega hablar' +
      ' funciona nadie alguien algo todo todos toda todas hace hacer dos tres semana semanas vez otra otro mal bien bueno buena mucho mucha servicio dice hemos habla eres',
    shared: 'de la que en un es se no lo me te a o si como al del le',
  },
  fr: {
    clear: "le les une des et est pas je vous nous mon ma mes votre vos notre nos ce cette ces avec pour dans sur mais ou où quand comment pourquoi quel quelle bonjour merci commande colis livraison reçu suis sont êtes avez avons ont était être fait très plus aussi bien encore toujours jamais depuis sans chez aujourd hui demain hier il elle ils elles qui au aux du j'ai voudrais pouvez puis besoin rien c'est svp s'il plaît ai salut bonsoir" +
      " personne quelqu'un quelque chose marche fonctionne deux trois semaine semaines fois autre bon bonne mal peu beaucoup tous toute toutes peut dit veux va vais cela ça même alors donc car",
    shared: 'de la que en un se me te a si on ne l d j c n qu y tout',
  },
  it: {
    clear: 'il gli di che non è sono ho hai abbiamo avete hanno della dello dei delle degli nel nella con per più ma anche ancora quando dove perché come grazie buongiorno ciao ordine pacco mio mia vostro questo questa vorrei posso potete arrivato ricevuto ieri oggi domani sempre mai molto si trova',
    shared: 'la le un una in a da e se al mi lo',
  },
  pt: {
    clear: 'o os uma não é são está com para por meu minha seu sua você vocês foi mas mais também ainda quando onde porque obrigado obrigada olá bom boa dia encomenda pedido hoje amanhã ontem já nunca sempre muito tenho quero posso podem do da dos das ao à em no na um isso este recebi chegou',
    shared: 'de que se me a e as como',
  },
  nl: {
    clear: 'het een van en niet ik je jij u uw mijn ons onze jullie zijn heb hebben heeft met voor op aan dat deze dit maar ook nog wel waar wanneer waarom hoe wie bedankt dank goedemorgen bestelling pakket vandaag morgen gisteren kunt kunnen wil graag naar bij werd wordt geen altijd nooit blijft is er',
    shared: 'de in was hallo die te om al',
  },
};
