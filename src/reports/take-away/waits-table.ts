import { type ListContext, listTable, type MadeList, type PageAt } from './list-table.js';
import type { Receipt } from '../shapes.js';
import { type Column, lengthColumns } from './tables.js';
import { isoTime } from './zone-times.js';

/** All waits, page after page. */
export function waitsTable(page: PageAt<Receipt>, context: ListContext, most?: number): Promise<MadeList> {
  return listTable(page, { columns: columnsOf(context), what: 'waits', ...(most === undefined ? {} : { most }) });
}

const holders = ['unassigned', 'agent', 'snoozed', 'customer', 'bot'];

function columnsOf({ zone, publicUrl, teamName }: ListContext): Column<Receipt>[] {
  const time = (key: string, title: string, read: (wait: Receipt) => number | undefined): Column<Receipt> => ({
    key, title,
    cell: (wait) => {
      const at = read(wait);
      return at === undefined ? undefined : isoTime(at, zone);
    },
  });
  const text = (key: string, title: string, cell: (wait: Receipt) => string | undefined): Column<Receipt> => ({ key, title, cell });
  const team = (id: string | undefined): string | undefined => (id === undefined ? undefined : teamName(id));
  const spent = (by: string) => (wait: Receipt): number => wait.segments.reduce((sum, each) => (each.by === by ? sum + each.to - each.from : sum), 0);
  return [
    text('id', 'Wait', (wait) => wait.id),
    text('customer', 'Customer', (wait) => wait.customer.name),
    text('customerId', 'Customer id', (wait) => wait.customer.id),
    text('subject', 'Subject', (wait) => wait.subject),
    text('channel', 'Channel', (wait) => wait.channel.name),
    text('channelKind', 'Kind of channel', (wait) => wait.channel.kind),
    text('team', 'Team', (wait) => team(wait.teamId)),
    text('priority', 'Priority', (wait) => wait.priority),
    text('kind', 'Response', (wait) => (wait.kind === 'first' ? 'first' : 'next')),
    text('state', 'Ended', (wait) => wait.state),
    time('from', 'From', (wait) => wait.from),
    time('to', 'To', (wait) => wait.to),
    ...lengthColumns<Receipt>('calendar', 'Calendar time', 'calendar', (wait) => wait.calendarMs),
    ...lengthColumns<Receipt>('business', 'Business time', 'business', (wait) => wait.businessMs),
    text('target', 'Target', (wait) => wait.target?.name),
    ...lengthColumns<Receipt>('target', 'Target length', 'calendar', (wait) => wait.target?.ms),
    text('targetHours', 'Target counts', (wait) => wait.target?.hours),
    text('targetWhy', 'Why this target', (wait) => wait.target?.why),
    time('dueAt', 'Due', (wait) => wait.target?.dueAt),
    time('breachedAt', 'Over target since', (wait) => wait.breachedAt),
    text('answeredBy', 'Answered by', (wait) => wait.answer?.name),
    text('answeredAs', 'Answered in', (wait) => (wait.answer === undefined ? undefined : wait.answer.by === 'outside' ? 'outside of Rapport' : 'Rapport')),
    text('answeredFor', 'Answered for team', (wait) => team(wait.answer?.teamId)),
    text('notNeededBy', 'No answer needed, said by', (wait) => wait.notNeeded?.name),
    text('notNeededWhy', 'No answer needed, because', (wait) => wait.notNeeded?.reason),
    ...holders.flatMap((by) => lengthColumns<Receipt>(by, `Lay with ${by}`, 'calendar', spent(by))),
    time('receivedAt', 'Arrived', (wait) => wait.receivedAt),
    time('givenAt', 'Time given by the channel, not believed', (wait) => wait.givenAt),
    text('imported', 'Imported', (wait) => (wait.imported ? 'yes' : 'no')),
    text('inPublic', 'In public', (wait) => (wait.inPublic ? 'yes' : 'no')),
    { key: 'corrections', title: 'Corrections', cell: (wait) => wait.corrections.length },
    text('link', 'Link', (wait) => `${publicUrl}/c/${encodeURIComponent(wait.conversationId)}`),
  ];
}
