import type { ImapFlow } from 'imapflow';
import type { InboundEvent } from '../../../inbox/model/event.js';
import { limits } from '../limits.js';
import { folderCursor, writeCursor, type MailboxCursor } from './cursor.js';
import { within } from './imap-client.js';
import { takeIn, takeInLarge, type MailPlace, type TakeIn } from './take-in.js';

/** One open connection and what it works on. */
export interface Session {
  client: ImapFlow;
  box: TakeIn;
  cursor: MailboxCursor;
  inbox: string;
  sent?: string;
  commandMs: number;
  isStopped(): boolean;
}

interface Pending extends MailPlace {
  size: number;
}

/** What a folder holds that is new, oldest first. */
interface Listing {
  path: string;
  pending: Pending[];
  /** Everything up to this UID was looked at. */
  upTo: number;
  /** There is more than was listed. */
  isPartial: boolean;
}

/** How many mails of one folder are listed at once. */
const listed = 500;

/**
 * Takes in everything new, both folders in the order of arrival, so that an answer sent from a phone stands between the
 * questions it stands between. Leaves the inbox selected. Resolves when nothing is left.
 */
export async function syncFolders(session: Session): Promise<void> {
  for (;;) {
    const sent = session.sent !== undefined && (await hasNewSent(session, session.sent)) ? await list(session, 'sent', session.sent) : undefined;
    const inbox = await list(session, 'inbox', session.inbox);
    const work = inOrder(inbox, sent);
    for (const step of steps(work)) {
      if (session.isStopped()) return;
      await takeStep(session, step);
    }
    const taken = new Set(work);
    for (const each of [inbox, sent]) if (each?.pending.every((mail) => taken.has(mail)) === true) await advance(session, each.path, each.upTo);
    if (work.length === 0 && !inbox.isPartial && sent?.isPartial !== true) break;
  }
  await open(session, session.inbox);
}

/** STATUS costs less than opening the folder. */
async function hasNewSent(session: Session, path: string): Promise<boolean> {
  const status = await within(session.client, session.commandMs, session.client.status(path, { uidNext: true, uidValidity: true }));
  const known = session.cursor.folders[path];
  return known === undefined || status === false || known.uidValidity !== String(status.uidValidity) || (status.uidNext ?? Infinity) > known.lastUid + 1;
}

/** Read-only: nothing that we do changes a flag. */
async function open(session: Session, path: string): Promise<{ uidValidity: string; uidNext: number }> {
  const { client } = session;
  const isOpen = client.mailbox !== false && client.mailbox.path === path;
  const box = isOpen && client.mailbox !== false ? client.mailbox : await within(client, session.commandMs, client.mailboxOpen(path, { readOnly: true }));
  return { uidValidity: String(box.uidValidity), uidNext: box.uidNext };
}

async function list(session: Session, folder: MailPlace['folder'], path: string): Promise<Listing> {
  const seen = await open(session, path);
  const { entry, isRescan } = folderCursor(session.cursor, path, seen);
  if (isRescan) session.box.host.log.info({ path }, 'the folder was rebuilt on the server: looking at all of it again');
  if (isRescan) session.box.tools.crashAt('mail-rescan');
  session.cursor.folders[path] = entry;
  const uids = await newUids(session, entry);
  const now = uids.slice(0, listed);
  const listing: Listing = { path, pending: [], upTo: now.at(-1) ?? entry.lastUid, isPartial: uids.length > listed };
  if (now.length === 0) return listing;
  const { client } = session;
  for (const mail of await within(client, session.commandMs, client.fetchAll(now.join(','), { uid: true, size: true, internalDate: true }, { uid: true }))) {
    const arrivedAt = mail.internalDate === undefined ? NaN : new Date(mail.internalDate).getTime();
    if (mail.uid <= entry.until && arrivedAt < session.cursor.since) continue;
    listing.pending.push({ folder, path, uidValidity: seen.uidValidity, uid: mail.uid, size: mail.size ?? 0, ...(Number.isNaN(arrivedAt) ? {} : { arrivedAt }) });
  }
  listing.pending.sort((a, b) => a.uid - b.uid);
  return listing;
}

/** Mail from before the connection only if it is young enough; everything after it. */
async function newUids(session: Session, entry: { lastUid: number; until: number }): Promise<number[]> {
  const { client } = session;
  const search = async (query: { uid: string; since?: Date }, from: number): Promise<number[]> => {
    const uids = await within(client, session.commandMs, client.search(query, { uid: true }));
    // `5:*` also finds the newest mail when its UID is below 5.
    return (uids === false || uids === undefined || !Array.isArray(uids) ? [] : uids).filter((uid) => uid >= from).sort((a, b) => a - b);
  };
  const first = entry.lastUid + 1;
  const earlier = first <= entry.until ? await search({ uid: `${first}:${entry.until}`, since: new Date(session.cursor.since - 86_400_000) }, first) : [];
  const start = Math.max(first, entry.until + 1);
  return [...earlier.filter((uid) => uid <= entry.until), ...(await search({ uid: `${start}:*` }, start))];
}

/** Both lists are in UID order; the older head goes first. Where a list goes on beyond what was listed, the rest waits. */
function inOrder(inbox: Listing, sent: Listing | undefined): Pending[] {
  const [a, b] = [[...inbox.pending], [...(sent?.pending ?? [])]];
  const now: Pending[] = [];
  for (;;) {
    const [headA, headB] = [a[0], b[0]];
    if (headA === undefined && (headB === undefined || inbox.isPartial)) return now;
    if (headB === undefined && sent?.isPartial === true) return now;
    const takesB = headA === undefined || (headB !== undefined && (headB.arrivedAt ?? 0) < (headA.arrivedAt ?? 0));
    const next = takesB ? b.shift() : a.shift();
    if (next !== undefined) now.push(next);
  }
}

/** Runs of one folder, bounded in number and size; the cursor moves after each. */
function steps(work: Pending[]): Pending[][] {
  const made: Pending[][] = [];
  let bytes = 0;
  for (const each of work) {
    const last = made.at(-1);
    const fits = last !== undefined && last[0]?.folder === each.folder && last.length < limits.batchMails && bytes + each.size <= limits.batchBytes;
    if (fits) last.push(each);
    else made.push([each]);
    bytes = fits ? bytes + each.size : each.size;
  }
  return made;
}

/** Fetch, store, hand over, and only then move the cursor: a crash in between repeats, and repeats are recognised. */
async function takeStep(session: Session, step: Pending[]): Promise<void> {
  const last = step.at(-1);
  if (last === undefined) return;
  await open(session, last.path);
  const events: InboundEvent[] = [];
  for (const mail of step) {
    const event = await fetchOne(session, mail);
    if (event !== undefined) events.push(event);
    session.box.tools.crashAt('mail-mid-batch');
  }
  await session.box.host.sink(events);
  session.box.tools.crashAt('mail-sunk');
  await advance(session, last.path, last.uid);
  session.box.tools.crashAt('mail-cursor');
}

async function fetchOne(session: Session, mail: Pending): Promise<InboundEvent | undefined> {
  const { client, box, commandMs } = session;
  const uid = String(mail.uid);
  if (mail.size > limits.rawBytes) return fetchLarge(session, mail);
  const fetched = await within(client, commandMs * 5, client.fetchOne(uid, { uid: true, source: true }, { uid: true }));
  // Deleted by somebody between listing and fetching.
  if (fetched === false || fetched?.source === undefined) return undefined;
  box.tools.crashAt('mail-fetched');
  return takeIn(box, mail, fetched.source);
}

async function fetchLarge(session: Session, mail: Pending): Promise<InboundEvent | undefined> {
  const { client, box, commandMs } = session;
  const uid = String(mail.uid);
  const head = await within(client, commandMs, client.fetchOne(uid, { uid: true, headers: true }, { uid: true }));
  const source = await within(client, commandMs, client.download(uid, undefined, { uid: true, chunkSize: 1024 * 1024 }));
  if (head === false || head?.headers === undefined || source.content === undefined) return undefined;
  return takeInLarge(box, mail, { header: head.headers, source: source.content as AsyncIterable<Uint8Array>, size: mail.size });
}

async function advance(session: Session, path: string, uid: number): Promise<void> {
  const entry = session.cursor.folders[path];
  if (entry === undefined || uid <= entry.lastUid) return;
  session.cursor.folders[path] = { ...entry, lastUid: uid };
  await session.box.host.setCursor(writeCursor(session.cursor));
}
