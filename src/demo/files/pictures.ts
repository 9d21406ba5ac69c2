import type { Random } from '../world/random.js';
import { type Colour, png } from './png.js';

const width = 640;
const height = 480;

const mix = (a: Colour, b: Colour, part: number): Colour => [a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part, a[2] + (b[2] - a[2]) * part];
/** 1 inside a line of this half width, 0 outside, soft at the edge. */
const line = (distance: number, halfWidth: number): number => Math.max(0, Math.min(1, halfWidth + 0.7 - Math.abs(distance)));

/** A wheel against a wall: tyre, rim, spokes, hub; a red arrow at what is wrong. */
export function wheelPicture(random: Random): Buffer {
  const wall: Colour = [random.between(190, 225), random.between(180, 210), random.between(165, 195)];
  const [centreX, centreY, radius] = [random.between(280, 360), random.between(225, 255), random.between(165, 190)];
  const turn = random.next();
  return png(width, height, (x, y) => {
    const [dx, dy] = [x - centreX, y - centreY];
    const distance = Math.hypot(dx, dy);
    const angle = Math.atan2(dy, dx) + turn;
    const floor = y > 400;
    let colour = mix(wall, floor ? [120, 115, 108] : [255, 252, 245], floor ? 0.8 : (x + y) / 4_000);
    const spoke = (((angle / Math.PI) * 14) % 1 + 1) % 1;
    if (distance < radius - 12) colour = mix(colour, [95, 98, 104], line((spoke - 0.5) * distance * (Math.PI / 14), 1.2));
    colour = mix(colour, [176, 180, 186], line(distance - radius + 12, 6));
    colour = mix(colour, [38, 36, 35], line(distance - radius, 9));
    colour = mix(colour, [70, 72, 78], Math.max(0, Math.min(1, 24 - distance)));
    return mix(colour, [200, 48, 40], arrow(x, y, centreX + 40, centreY - 30));
  });
}

/** A painted panel with a fine crack across its corner. */
export function crackPicture(random: Random): Buffer {
  const paint = random.pick<Colour>([[63, 92, 84], [150, 66, 52], [88, 96, 112], [196, 172, 128]]);
  const [slope, offset] = [0.35 + random.next() * 0.5, random.between(40, 160)];
  return png(width, height, (x, y) => {
    const light = 0.12 + 0.25 * Math.exp(-(((x - 180) ** 2 + (y - 120) ** 2) / 60_000));
    let colour = mix(paint, [255, 255, 250], light);
    if (y > 390) colour = mix([60, 58, 56], [90, 88, 84], (y - 390) / 90);
    const path = offset + slope * x + 9 * Math.sin(x / 17) + 4 * Math.sin(x / 5.3);
    if (x > 150 && x < 520 && y < 385) colour = mix(colour, [22, 20, 20], line(y - path, 1.1 + (x - 150) / 260));
    return mix(colour, [200, 48, 40], arrow(x, y, 330, offset + slope * 330));
  });
}

/** A parcel on a table, opened. */
export function parcelPicture(random: Random): Buffer {
  const board: Colour = [random.between(176, 200), random.between(140, 160), random.between(100, 118)];
  const [left, top] = [random.between(120, 180), random.between(130, 170)];
  return png(width, height, (x, y) => {
    const grain = 6 * Math.sin(y / 7 + Math.sin(x / 60) * 3);
    let colour: Colour = [134 + grain, 102 + grain, 74 + grain];
    if (x > left && x < left + 330 && y > top && y < top + 230) {
      colour = mix(board, [255, 240, 215], (y - top) / 900);
      colour = mix(colour, [228, 214, 190], line(x - left - 165, 16));
      if (x > left + 200 && x < left + 300 && y > top + 30 && y < top + 95) colour = (x + y) % 9 < 4 && y > top + 60 ? [40, 40, 40] : [250, 250, 248];
    }
    return mix(colour, [255, 246, 230], Math.max(0, 0.25 - Math.hypot(x - 560, y - 40) / 900));
  });
}

function arrow(x: number, y: number, tipX: number, tipY: number): number {
  const [dx, dy] = [x - tipX, y - tipY];
  const along = (dx - dy) / Math.SQRT2;
  const across = (dx + dy) / Math.SQRT2;
  if (along < 0 || along > 110) return 0;
  return along < 26 ? Math.max(0, Math.min(1, along * 0.62 - Math.abs(across) + 0.7)) : line(across, 4.5);
}
