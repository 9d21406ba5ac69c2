import { useState } from 'react';
import { Button } from '@mantine/core';
import { ChevronDown } from 'lucide-react';
import { ChannelIcon } from '../../../components/channel-icon.js';
import { Picker, type Choice } from '../../../components/picker.js';
import type { Me } from '../../../lib/shapes.js';
import { filterWords, idsOf, toggled, type WallFilter as Filter } from '../model/filter.js';

interface FilterProps {
  me: Me;
  filter: Filter;
  onFilter: (filter: Filter) => void;
}

/** Which teams and channels the wall is about. */
export function WallFilter({ me, filter, onFilter }: FilterProps) {
  const chosen = (text: string | undefined, id: string) => idsOf(text).includes(id);
  const teams: Choice[] = me.teams.map((team) => ({ id: team.id, label: team.name, ...mark(chosen(filter.team, team.id)) }));
  const channels: Choice[] = me.channels.map((channel) => ({ id: channel.id, label: channel.name, icon: <ChannelIcon kind={channel.kind} size={15} />, ...mark(chosen(filter.channel, channel.id)) }));
  return (
    <>
      {me.teams.length > 1 && <One name="Teams" words={filterWords(filter.team, me.teams, 'teams')} choices={teams} narrowed={filter.team !== undefined} onPick={(id) => onFilter({ ...filter, team: id === all ? undefined : toggled(filter.team, id) })} />}
      {me.channels.length > 1 && <One name="Channels" words={filterWords(filter.channel, me.channels, 'channels')} choices={channels} narrowed={filter.channel !== undefined} onPick={(id) => onFilter({ ...filter, channel: id === all ? undefined : toggled(filter.channel, id) })} />}
    </>
  );
}

const all = 'all';
const mark = (on: boolean) => (on ? { chosen: true, hint: 'shown' } : {});

function One({ name, words, choices, narrowed, onPick }: { name: string; words: string; choices: readonly Choice[]; narrowed: boolean; onPick: (id: string) => void }) {
  const [opened, setOpened] = useState(false);
  return (
    <Picker opened={opened} onClose={() => setOpened(false)} placeholder={`${name}…`} choices={[...(narrowed ? [{ id: all, label: `All ${name.toLowerCase()}` }] : []), ...choices]} onPick={onPick} several>
      <Button variant="default" rightSection={<ChevronDown size={14} aria-hidden />} aria-haspopup="listbox" aria-expanded={opened} aria-label={`${name}: ${words}`} onClick={() => setOpened(!opened)}>
        {words}
      </Button>
    </Picker>
  );
}
