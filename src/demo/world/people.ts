import type { Millis } from '../../inbox/model/common.js';
import type { DemoLanguage } from './days.js';
import type { Random } from './random.js';

/** An invented customer. All domains end in `.example`, which belongs to nobody. */
export interface DemoPerson {
  id: string;
  first: string;
  last: string;
  language: DemoLanguage;
  email: string;
  city: string;
  bike: string;
  /** Known to the web shop: the chat's host page vouches for who they are. */
  signsIn: boolean;
  phone?: string;
}

/** id first last language city bike mail-domain options (s: signs in, p: phone known) */
const table = `
ines Ines Bauer de Freiburg Karro_2 posteo.example sp
tom Tom Kowalski en Brighton Ponton_E fjordmail.example s
malik Malik Osei en Ghent Karro_Family briefpost.example sp
sofie Sofie Rasmussen en Aarhus Fjord_Longtail nordpost.example s
dmitri Dmitri Volkov de Hamburg Ponton_Pro kurier-nord.example sp
claire Claire Jouve fr Lille Karro_2 courrier.example s
wanda Wanda Ecker de Konstanz Fjord_Longtail seepost.example -
noah Noah Peeters en Ghent Karro_2 leiepost.example s
greta Greta Lindqvist en Malmö Karro_Family nordpost.example -
paul Paul Achterberg de Bremen Brise posteo.example s
amelie Amélie Garnier fr Lyon Karro_Family courrier.example sp
mateo Mateo Ferrer es Valencia Ponton_E correo.example s
lucia Lucía Marín es Sevilla Brise correo.example -
henrik Henrik Solberg en Bergen Fjord_Longtail fjordmail.example -
aylin Aylin Demir de Stuttgart Karro_Family briefpost.example s
jost Jost Wiegand de Münster Ponton_E posteo.example -
elif Elif Arslan de Köln Karro_2 rheinmail.example s
bram Bram Vermeulen en Antwerp Ponton_Pro stadskoerier.example sp
camille Camille Roche fr Nantes Brise courrier.example -
yusuf Yusuf Haddad fr Brussels Karro_2 leiepost.example s
hannah Hannah Whitlock en Bristol Karro_Family fjordmail.example s
oskar Oskar Brandt de Leipzig Fjord_Longtail briefpost.example s
marta Marta Soler es Barcelona Karro_Family correo.example s
rosa Rosa Ibáñez es Zaragoza Fjord_Longtail apartado.example -
felix Felix Zumthor de Basel Ponton_E seepost.example s
priya Priya Raman en London Karro_2 thamesmail.example s
gavin Gavin Doyle en Dublin Brise liffeypost.example -
theo Théo Lambert fr Strasbourg Ponton_E courrier.example s
nadia Nadia Benali fr Marseille Karro_Family courrier.example -
ulrike Ulrike Sander de Göttingen Karro_2 posteo.example -
kerstin Kerstin Vogt de Freiburg Brise schwarzwaldpost.example s
lars Lars Petersen de Flensburg Fjord_Longtail foerdepost.example s
saskia Saskia de_Wit en Utrecht Karro_Family grachtmail.example s
emilio Emilio Navas es Bilbao Ponton_E apartado.example s
agnes Agnes Thorn en Edinburgh Fjord_Longtail forthmail.example -
bastien Bastien Morel fr Rennes Ponton_Pro livraisons-vertes.example sp
johanna Johanna Krüger de Berlin Karro_Family spreepost.example s
timo Timo Hartwig de Kassel Ponton_E briefpost.example -
ingrid Ingrid Halvorsen en Oslo Karro_2 fjordmail.example s
carmen Carmen Prieto es Madrid Karro_2 correo.example s
`;

export const people: DemoPerson[] = table.trim().split('\n').map((line, index) => {
  const [id = '', first = '', last = '', language = 'en', city = '', bike = '', domain = '', options = ''] = line.split(' ').map((word) => word.replaceAll('_', ' '));
  return {
    id, first, last, language: language as DemoLanguage, city, bike, email: `${plain(first)}.${plain(last)}@${domain}`, signsIn: options.includes('s'),
    ...(options.includes('p') ? { phone: `+49761555${String(140 + index * 7).padStart(4, '0')}` } : {}),
  };
});

const firstNames: Record<DemoLanguage, string[]> = {
  en: ['Alice', 'Ruben', 'Maeve', 'Callum', 'Freya', 'Dylan', 'Isla', 'Rory', 'Nora', 'Jasper', 'Thea', 'Owen'],
  de: ['Merle', 'Anton', 'Svenja', 'Kilian', 'Dörte', 'Bilal', 'Nele', 'Ruprecht', 'Fatma', 'Hauke', 'Lotte', 'Emil'],
  fr: ['Manon', 'Hugo', 'Zoé', 'Rachid', 'Élodie', 'Gaspard', 'Inès', 'Loïc', 'Margaux', 'Antoine'],
  es: ['Alba', 'Hugo', 'Nerea', 'Iker', 'Paula', 'Gonzalo', 'Jimena', 'Andrés', 'Leire', 'Tomás'],
};
const lastNames: Record<DemoLanguage, string[]> = {
  en: ['Hargreaves', 'Finch', 'Okafor', 'Lindsay', 'Marlowe', 'Byrne', 'Sutherland', 'Pryce', 'Janssens', 'Nyberg'],
  de: ['Albers', 'Kessler', 'Yıldız', 'Rombach', 'Petermann', 'Ziegler', 'Hofstetter', 'Weiland', 'Böhm', 'Uhland'],
  fr: ['Delaunay', 'Perrin', 'Bouchard', 'Meunier', 'Vasseur', 'Charpentier', 'Ould', 'Lefort', 'Aubry', 'Tessier'],
  es: ['Robles', 'Quintana', 'Vidal', 'Echeverría', 'Campos', 'Luna', 'Salas', 'Ortega', 'Bravo', 'Nieto'],
};
const cities: Record<DemoLanguage, string[]> = {
  en: ['Ghent', 'Leeds', 'Galway', 'Bruges', 'Cardiff'], de: ['Freiburg', 'Bonn', 'Ulm', 'Dresden', 'Kiel'],
  fr: ['Namur', 'Tours', 'Lille', 'Grenoble', 'Dijon'], es: ['Gijón', 'Málaga', 'Vitoria', 'Palma', 'Granada'],
};
const bikes = ['Karro 2', 'Karro Family', 'Ponton E', 'Fjord Longtail', 'Brise'];

/** Somebody who has not written before. */
export function stranger(random: Random, language: DemoLanguage, at: Millis): DemoPerson {
  const first = random.pick(firstNames[language]);
  const last = random.pick(lastNames[language]);
  return {
    id: `new-${plain(first)}-${plain(last)}-${Math.floor(at / 1_000).toString(36)}`, first, last, language, city: random.pick(cities[language]), bike: random.pick(bikes),
    email: `${plain(first)}.${plain(last)}@${random.pick(['posteo.example', 'briefpost.example', 'fjordmail.example', 'leiepost.example'])}`, signsIn: random.chance(0.3),
  };
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll('ı', 'i').replaceAll('ß', 'ss').normalize('NFD').replace(/[^a-z0-9]/g, '');
}
