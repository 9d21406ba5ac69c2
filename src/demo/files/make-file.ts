import type { Millis } from '../../inbox/model/common.js';
import type { StoryFile } from '../stories/story.js';
import { createRandom, seedOf } from '../world/random.js';
import { calendarEntry, pdf } from './documents.js';
import { crackPicture, parcelPicture, wheelPicture } from './pictures.js';

export interface DemoFile {
  name: string;
  mime: string;
  bytes: Buffer;
}

/** The file that a story speaks of; the same `id` gives the same bytes. */
export function makeFile(kind: StoryFile, id: string, at: Millis): DemoFile {
  const random = createRandom(seedOf(id));
  const number = random.between(1_000, 9_999);
  switch (kind) {
    case 'photo': return { name: `IMG_${number}.png`, mime: 'image/png', bytes: parcelPicture(random) };
    case 'wheel': return { name: `wheel-${number}.png`, mime: 'image/png', bytes: wheelPicture(random) };
    case 'crack': return { name: `IMG_${number}.png`, mime: 'image/png', bytes: crackPicture(random) };
    case 'invoice': return { name: `Velowerk-${number}.pdf`, mime: 'application/pdf', bytes: pdf(['Velowerk', `Document 2026-${number}`, '', 'Cargo bike, accessories, first service included', `Total: €${random.between(120, 4_900)}.00`, 'Payable within 14 days. Thank you.']) };
    case 'receipt': return { name: `statement-${number}.pdf`, mime: 'application/pdf', bytes: pdf(['Account statement', `No. ${number}`, 'VELOWERK GHENT', `-${random.between(39, 480)}.00 EUR`]) };
    case 'list': return { name: `list-${number}.pdf`, mime: 'application/pdf', bytes: pdf(['List', '12 x cargo bike, short box', '12 x spare battery', '4 x rain cover, large']) };
    case 'calendar': return { name: 'appointment.ics', mime: 'text/calendar', bytes: calendarEntry(id, 'Service', at) };
  }
}
