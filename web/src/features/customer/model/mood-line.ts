export interface MoodPoint {
  x: number;
  y: number;
  value: number;
  at: number;
  messageId: string;
}

/** Places the moods (-2 … 2, oldest first) in a picture of that size; evenly, for it is the course that matters. */
export function moodLine(moods: readonly { at: number; value: number; messageId: string }[], size: { width: number; height: number; inset: number }): MoodPoint[] {
  const { width, height, inset } = size;
  const step = moods.length > 1 ? (width - 2 * inset) / (moods.length - 1) : 0;
  return moods.map((mood, index) => ({
    x: moods.length === 1 ? width / 2 : inset + index * step,
    y: height / 2 - (Math.max(-2, Math.min(2, mood.value)) / 2) * (height / 2 - inset),
    value: mood.value,
    at: mood.at,
    messageId: mood.messageId,
  }));
}

/** A mood in a word. */
export function moodWord(value: number): string {
  if (value <= -1.5) return 'angry';
  if (value <= -0.5) return 'upset';
  if (value < 0.5) return 'calm';
  if (value < 1.5) return 'content';
  return 'delighted';
}
