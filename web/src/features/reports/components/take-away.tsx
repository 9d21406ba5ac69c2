import { useState } from 'react';
import { Button, Menu } from '@mantine/core';
import { Bookmark, BookmarkPlus, CalendarDays, FileText, Grid3x3, Mail, MessagesSquare, Printer, Rows3, Timer, TrendingUp } from 'lucide-react';
import { useMutation } from '@tanstack/react-query';
import { useToast } from '../../../components/toaster.js';
import { wordsOf } from '../../../lib/api/api-error.js';
import { useApi } from '../../../lib/api/api-context.js';
import type { Report } from '../../../lib/shapes.js';
import { downloadReport, type What } from '../api/take-away.js';
import type { ReportQuery } from '../model/query.js';
import { DigestsDialog } from './take-away-digests.js';
import { SaveDialog } from './take-away-save.js';
import { SavedDialog } from './take-away-saved.js';
import styles from './take-away.module.css';

interface TakeAwayProps {
  query: ReportQuery;
  report?: Report | undefined;
  /** Of a list: which of the report's. Then only that list is taken away. */
  list?: { what: 'waits' | 'conversations'; pick: string };
}

const files: readonly { what: What; label: string; icon: typeof FileText }[] = [
  { what: 'report', label: 'All figures', icon: FileText },
  { what: 'trend', label: 'Day by day', icon: TrendingUp },
  { what: 'groups', label: 'Groups', icon: Rows3 },
  { what: 'heat', label: 'Hours of the week', icon: Grid3x3 },
  { what: 'waits', label: 'Every wait', icon: Timer },
  { what: 'conversations', label: 'Every conversation', icon: MessagesSquare },
];

/** The ways in which what is shown leaves the page: files, paper, saved, by e-mail. */
export function TakeAway({ query, report, list }: TakeAwayProps) {
  const api = useApi();
  const toast = useToast();
  const [format, setFormat] = useState<'csv' | 'json'>('csv');
  const [dialog, setDialog] = useState<'save' | 'saved' | 'digests'>();
  const close = () => setDialog(undefined);
  const download = useMutation({
    mutationFn: (what: What) => downloadReport(api, query, { what, format, ...(list === undefined || list.pick === '' ? {} : { pick: list.pick }) }),
    onError: (error) => toast({ text: `The file could not be made. ${wordsOf(error)}`, tone: 'bad' }),
  });
  const shown = files.filter(({ what }) => (list === undefined ? what !== 'groups' || report?.groupBy !== undefined : what === list.what));
  return (
    <>
      <Menu position="bottom-end" width={230}>
        <Menu.Target>
          <Button variant="default" loading={download.isPending} className={styles['button'] ?? ''}>
            Take away
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>Exactly what is shown</Menu.Label>
          <Menu.Item closeMenuOnClick={false} aria-label={`File format: ${format.toUpperCase()}. Changes it.`} onClick={() => setFormat(format === 'csv' ? 'json' : 'csv')} rightSection={<span className={styles['format']}>{format === 'csv' ? 'CSV' : 'JSON'}</span>}>
            File format
          </Menu.Item>
          {shown.map(({ what, label, icon: Icon }) => (
            <Menu.Item key={what} leftSection={<Icon size={15} strokeWidth={1.7} aria-hidden />} rightSection={<span className={styles['format']}>.{format}</span>} onClick={() => download.mutate(what)}>
              {list === undefined ? label : `These ${list.what}`}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<Printer size={15} strokeWidth={1.7} aria-hidden />} onClick={printAfterMenu}>
            Print, or as PDF
          </Menu.Item>
          {list === undefined && (
            <>
              <Menu.Divider />
              <Menu.Item leftSection={<BookmarkPlus size={15} strokeWidth={1.7} aria-hidden />} onClick={() => setDialog('save')}>
                Save this report
              </Menu.Item>
              <Menu.Item leftSection={<Bookmark size={15} strokeWidth={1.7} aria-hidden />} onClick={() => setDialog('saved')}>
                Saved reports
              </Menu.Item>
              <Menu.Item leftSection={<Mail size={15} strokeWidth={1.7} aria-hidden />} rightSection={<CalendarDays size={14} strokeWidth={1.7} aria-hidden />} onClick={() => setDialog('digests')}>
                Digests by e-mail
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {dialog === 'save' && <SaveDialog query={query} onClose={close} />}
      {dialog === 'saved' && <SavedDialog onClose={close} />}
      {dialog === 'digests' && <DigestsDialog query={query} onClose={close} />}
    </>
  );
}

/** The menu is not to be on the paper. */
function printAfterMenu(): void {
  setTimeout(() => window.print(), 200);
}
