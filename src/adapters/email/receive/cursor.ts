import type { Json, Millis } from '../../../inbox/model/common.js';

/** How far one folder was read. UIDs mean something only together with their UIDVALIDITY. */
export interface FolderCursor {
  uidValidity: string;
  /** Everything up to here is stored. */
  lastUid: number;
  /** Up to here only mail younger than `since` is taken in: it was there before we were. */
  until: number;
}

export interface MailboxCursor {
  /** Older mail stays where it is. Set when the mailbox is connected for the first time. */
  since: Millis;
  folders: Record<string, FolderCursor>;
}

/** Servers keep whole seconds, and their clocks differ. */
const serverSecondsMs = 60_000;

/** What was stored, or a fresh start. */
export function readCursor(stored: Record<string, Json>, fresh: { now: Millis; importDays: number }): MailboxCursor {
  const since = typeof stored['since'] === 'number' ? stored['since'] : fresh.now - fresh.importDays * 86_400_000 - serverSecondsMs;
  const folders: Record<string, FolderCursor> = {};
  for (const [path, entry] of Object.entries(objectOf(stored['folders']))) {
    const { uidValidity, lastUid, until } = objectOf(entry);
    if (typeof uidValidity === 'string' && typeof lastUid === 'number') folders[path] = { uidValidity, lastUid, until: typeof until === 'number' ? until : lastUid };
  }
  return { since, folders };
}

export function writeCursor(cursor: MailboxCursor): Record<string, Json> {
  const folders: Record<string, Json> = {};
  for (const [path, { uidValidity, lastUid, until }] of Object.entries(cursor.folders)) folders[path] = { uidValidity, lastUid, until };
  return { since: cursor.since, folders };
}

/**
 * The cursor of a folder as the server shows it now. Another UIDVALIDITY means that all UIDs are new: everything since
 * the beginning is looked at again, and what is known already is recognised by its Message-ID.
 */
export function folderCursor(cursor: MailboxCursor, path: string, seen: { uidValidity: string; uidNext: number }): { entry: FolderCursor; isRescan: boolean } {
  const known = cursor.folders[path];
  if (known?.uidValidity === seen.uidValidity) return { entry: known, isRescan: false };
  return { entry: { uidValidity: seen.uidValidity, lastUid: 0, until: Math.max(0, seen.uidNext - 1) }, isRescan: known !== undefined };
}

function objectOf(value: Json | undefined): Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
