import { billingDe } from './billing-de.js';
import { billingEn } from './billing-en.js';
import { french } from './french.js';
import { ordersDe } from './orders-de.js';
import { ordersEn } from './orders-en.js';
import { parseStories } from './parse-stories.js';
import { placesOther } from './places-de-fr-es.js';
import { placesEn } from './places-en.js';
import { publicToPrivate } from './public-to-private.js';
import { spanish } from './spanish.js';
import { special } from './special.js';
import type { Story } from './story.js';
import { workshopDe } from './workshop-de.js';
import { workshopEn } from './workshop-en.js';

/** Stories of mail, chat and market; freshly read, as all of these. */
export function deskStories(): Story[] {
  return [ordersEn, workshopEn, billingEn, ordersDe, workshopDe, billingDe, french, spanish, special].flatMap(parseStories);
}

/** Stories that happen on other people's platforms. */
export function placeStories(): Story[] {
  return [placesEn, placesOther].flatMap(parseStories);
}

/** Told exactly once. */
export function uniqueStories(): Story[] {
  return parseStories(publicToPrivate);
}

/** Every story that can be told. */
export function allStories(): Story[] {
  return [...deskStories(), ...placeStories(), ...uniqueStories()];
}
