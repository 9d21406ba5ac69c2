import { billingDe } from './billing-de.js';
import { billingEn } from './billing-en.js';
import { french } from './french.js';
import { ordersDe } from './orders-de.js';
import { ordersEn } from './orders-en.js';
import { parseStories } from './parse-stories.js';
import { spanish } from './spanish.js';
import { special } from './special.js';
import type { Story } from './story.js';
import { workshopDe } from './workshop-de.js';
import { workshopEn } from './workshop-en.js';

/** Every story that can be told, freshly read. */
export function allStories(): Story[] {
  return [ordersEn, workshopEn, billingEn, ordersDe, workshopDe, billingDe, french, spanish, special].flatMap(parseStories);
}
