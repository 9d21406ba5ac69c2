/** Colours that follow from a channel's own accent: text on it, and on the dark theme a lighter one that can be read. */
export function accentStyle(accent: string | undefined, isDark: boolean): Record<string, string> {
  const colour = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(accent ?? '')?.slice(1).map((part) => parseInt(part, 16));
  if (colour === undefined) return {};
  const surface = isDark ? [28, 28, 31] : [255, 255, 255];
  const end = isDark ? 255 : 0;
  let shade = colour;
  for (let step = 0; step < 20 && contrast(shade, surface) < 4.5; step += 1) shade = shade.map((part) => part + (end - part) * 0.1);
  const soft = shade.map((part, index) => part * 0.12 + (surface[index] ?? 0) * 0.88);
  const on = contrast(shade, [255, 255, 255]) >= 4.5 ? '#fff' : '#10131f';
  return { '--accent': css(shade), '--soft': css(soft), '--on': on };
}

function css(colour: number[]): string {
  return `rgb(${colour.map(Math.round).join(' ')})`;
}

/** WCAG 2: 1 … 21 */
function contrast(a: number[], b: number[]): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour: number[]): number {
  const [r = 0, g = 0, b = 0] = colour.map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
