import type { ListedConversation } from '../shapes.js';
import { type ListContext, listTable, type MadeList, type PageAt } from './list-table.js';
import { type Cell, type Column, lengthColumns } from './tables.js';
import { isoTime } from './zone-times.js';

/** All conversations behind a number, page after page. */
export function conversationsTable(page: PageAt<ListedConversation>, context: ListContext, most?: number): Promise<MadeList> {
  return listTable(page, { columns: columnsOf(context), what: 'conversations', ...(most === undefined ? {} : { most }) });
}

function columnsOf({ zone, publicUrl, teamName }: ListContext): Column<ListedConversation>[] {
  const column = (key: string, title: string, cell: (row: ListedConversation) => Cell): Column<ListedConversation> => ({ key, title, cell });
  return [
    column('id', 'Conversation', (row) => row.id),
    column('customer', 'Customer', (row) => row.customer.name),
    column('customerId', 'Customer id', (row) => row.customer.id),
    column('subject', 'Subject', (row) => row.subject),
    column('channel', 'Channel', (row) => row.channel.name),
    column('channelKind', 'Kind of channel', (row) => row.channel.kind),
    column('team', 'Team', (row) => (row.teamId === undefined ? undefined : teamName(row.teamId))),
    column('status', 'Status', (row) => row.status),
    column('firstAt', 'First message', (row) => isoTime(row.firstAt, zone)),
    ...lengthColumns<ListedConversation>('resolvedCalendar', 'Resolved after, calendar time', 'calendar', (row) => row.resolved?.calendarMs),
    ...lengthColumns<ListedConversation>('resolvedBusiness', 'Resolved after, business time', 'business', (row) => row.resolved?.businessMs),
    ...lengthColumns<ListedConversation>('assigned', 'Taken by somebody after', 'calendar', (row) => row.assignedMs),
    column('reopened', 'Opened again', (row) => row.reopened),
    column('transfers', 'Passed on', (row) => row.transfers),
    column('touches', 'Answers', (row) => row.touches),
    column('bot', "The bot's part", (row) => row.bot),
    column('contacts', 'Conversations until solved', (row) => row.contacts?.of),
    column('contact', 'Of these, this is number', (row) => row.contacts?.place),
    column('imported', 'Imported', (row) => (row.imported ? 'yes' : 'no')),
    column('link', 'Link', (row) => `${publicUrl}/c/${encodeURIComponent(row.id)}`),
  ];
}
