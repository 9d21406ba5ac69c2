const mostShown = 3;
/** What cities are called today, where the list of zones goes by an older name. */
const renamed = ['Asia/Kolkata', 'Asia/Kathmandu', 'Asia/Ho_Chi_Minh', 'Asia/Yangon', 'Europe/Kyiv', 'America/Argentina/Buenos_Aires', 'America/Nuuk', 'UTC'];

/** Zones that somebody may have meant: by city ("Berlin"), or mistyped by a few letters ("Europe/Belrin"). The nearest first. */
export function nearZones(typed: string): string[] {
  const wanted = folded(typed);
  if (wanted === '') return [];
  return [...new Set([...Intl.supportedValuesOf('timeZone'), ...renamed])]
    .map((zone) => ({ zone, distance: distanceTo(zone, wanted) }))
    .filter(({ distance }) => distance <= Math.max(1, Math.floor(wanted.length / 4)))
    .sort((a, b) => a.distance - b.distance || (a.zone < b.zone ? -1 : 1))
    .slice(0, mostShown)
    .map(({ zone }) => zone);
}

/** "is not a time zone; did you mean Europe/Berlin?" */
export function noSuchZone(typed: string): string {
  const near = nearZones(typed);
  if (near.length === 0) return 'is not a time zone; one is written like Europe/Berlin';
  const last = near.at(-1) ?? '';
  return `is not a time zone; did you mean ${near.length === 1 ? last : `${near.slice(0, -1).join(', ')} or ${last}`}?`;
}

/** To the whole name, or to its city alone, whichever is nearer. */
function distanceTo(zone: string, wanted: string): number {
  const whole = folded(zone);
  const city = whole.slice(whole.lastIndexOf('/') + 1);
  const wantedCity = wanted.slice(wanted.lastIndexOf('/') + 1);
  return Math.min(lettersApart(whole, wanted), lettersApart(city, wantedCity) + (wanted === wantedCity ? 0 : 1));
}

function folded(name: string): string {
  return name.trim().slice(0, 64).toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replace(/[\s-]+/g, '_');
}

/** How many letters must be put in, taken out, changed or swapped with their neighbour. */
export function lettersApart(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > 16) return 64;
  let older: number[] = [];
  let before = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      let least = Math.min((before[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (before[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) least = Math.min(least, (older[j - 2] ?? 0) + 1);
      row.push(least);
    }
    older = before;
    before = row;
  }
  return before[other.length] ?? 0;
}
