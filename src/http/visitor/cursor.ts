/** How far a browser has come in each of its conversations: `conversationId:seq`, by comma. */
export type Cursor = ReadonlyMap<string, number>;

/** `undefined` for anything that is not one. Conversations it names are not known to be the visitor's. */
export function readCursor(text: string): Cursor | undefined {
  const cursor = new Map<string, number>();
  if (text === '') return cursor;
  for (const part of text.split(',')) {
    const match = /^([\w-]{1,64}):(\d{1,9})$/.exec(part);
    if (match === null) return undefined;
    cursor.set(match[1] ?? '', Number(match[2]));
  }
  return cursor;
}

export function writeCursor(cursor: Cursor): string {
  return [...cursor].map(([conversationId, seq]) => `${conversationId}:${seq}`).join(',');
}
