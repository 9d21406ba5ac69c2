import { Check, Plus } from 'lucide-react';
import { Kbd } from '../../../components/kbd.js';
import { Picker } from '../../../components/picker.js';
import styles from './meta-strip.module.css';

interface TagMenuProps {
  tags: readonly string[];
  /** Tags that are in use elsewhere. */
  known: readonly string[];
  opened: boolean;
  onOpened: (opened: boolean) => void;
  onTags: (tags: string[]) => void;
}

/** What it is filed under; opens the list to add and remove. */
export function TagMenu({ tags, known, opened, onOpened, onTags }: TagMenuProps) {
  const all = [...new Set([...tags, ...known])].toSorted((one, other) => one.localeCompare(other));
  const toggle = (tag: string) => onTags(tags.includes(tag) ? tags.filter((other) => other !== tag) : [...tags, tag]);
  return (
    <Picker
      opened={opened}
      onClose={() => onOpened(false)}
      placeholder="Tag…"
      several
      choices={all.map((tag) => ({ id: tag, label: tag, chosen: tags.includes(tag), icon: tags.includes(tag) ? <Check size={14} /> : <span style={{ width: 14 }} /> }))}
      onPick={toggle}
      onNew={(tag) => toggle(tag.toLowerCase())}
    >
      <button type="button" className={styles['part']} aria-haspopup="listbox" aria-expanded={opened} aria-keyshortcuts="t" aria-label={tags.length === 0 ? 'Add a tag' : `Tags: ${tags.join(', ')}`} onClick={() => onOpened(!opened)}>
        {tags.map((tag) => (
          <span key={tag} className={styles['tag']}>
            {tag}
          </span>
        ))}
        {tags.length === 0 && (
          <>
            <Plus size={13} aria-hidden /> <span>Tag</span>
          </>
        )}
        <Kbd of="t" />
      </button>
    </Picker>
  );
}
