import { TextInput } from '@mantine/core';
import { useMe } from '../../../lib/cache/use-me.js';
import type { CalendarForm } from '../model/calendar-form.js';
import { Checks, Section } from './form.js';

/** For whom these hours count. */
export function CalendarWhere({ form, onChange }: { form: CalendarForm; onChange: (change: Partial<CalendarForm>) => void }) {
  const me = useMe();
  const named = (list: readonly { id: string; name: string }[]) => list.map(({ id, name }) => ({ id, label: name }));
  return (
    <Section title="Where they count" help="A customer’s tag wins over the channel, the channel over the team. No two calendars may count for the same at one time.">
      {me.teams.length > 0 && <Checks legend="Teams" choices={named(me.teams)} chosen={form.teamIds} onChange={(teamIds) => onChange({ teamIds })} />}
      {me.channels.length > 0 && <Checks legend="Channels" choices={named(me.channels)} chosen={form.channelIds} onChange={(channelIds) => onChange({ channelIds })} />}
      <TextInput label="Customers with a tag" description="Several with commas between." placeholder="vip" value={form.tags} onChange={(event) => onChange({ tags: event.target.value })} />
    </Section>
  );
}
