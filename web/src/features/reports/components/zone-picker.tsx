import { useState } from 'react';
import { ChevronDown } from 'lucide-react';
import { Picker, type Choice } from '../../../components/picker.js';
import styles from './report-header.module.css';

interface ZonePickerProps {
  zone: string;
  /** The company's, which is the usual. */
  usual: string;
  onPick: (zone: string | undefined) => void;
}

/** In which zone days and hours are counted. */
export function ZonePicker({ zone, usual, onPick }: ZonePickerProps) {
  const [opened, setOpened] = useState(false);
  return (
    <Picker opened={opened} onClose={() => setOpened(false)} placeholder="A city or region" choices={opened ? zonesFor(zone, usual) : []} onPick={(id) => onPick(id === usual ? undefined : id)}>
      <button type="button" className={styles['zone']} aria-label={`Time zone: ${zone}`} aria-expanded={opened} onClick={() => setOpened(!opened)}>
        {zone.replaceAll('_', ' ')}
        <ChevronDown size={12} strokeWidth={1.8} aria-hidden />
      </button>
    </Picker>
  );
}

function zonesFor(zone: string, usual: string): Choice[] {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const hints = new Map([[own, 'yours'], [usual, 'the company’s']]);
  return [...new Set([usual, own, zone, 'UTC', ...Intl.supportedValuesOf('timeZone')])].map((id) => {
    const hint = hints.get(id);
    return { id, label: id.replaceAll('_', ' '), chosen: id === zone, ...(hint === undefined ? {} : { hint }) };
  });
}
