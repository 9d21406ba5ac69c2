import { useRef } from 'react';
import { ActionIcon, Button, Menu } from '@mantine/core';
import { AlarmClock, Check, ChevronDown, Paperclip } from 'lucide-react';
import { Kbd } from '../../../components/kbd.js';
import type { Hours } from '../../../lib/shapes.js';
import type { LengthNotice } from '../model/length.js';
import { SnoozeTimes } from './snooze-menu.js';
import type { SaveState } from './use-draft.js';
import type { After } from './use-send.js';
import styles from './composer-bar.module.css';

interface BarProps {
  kind: 'reply' | 'note';
  saved: SaveState;
  length: LengthNotice | undefined;
  canSend: boolean;
  busy: boolean;
  hours: Hours;
  snoozing: boolean;
  onFiles: (files: File[]) => void;
  onSend: (after?: After) => void;
  onSnoozing: (on: boolean) => void;
}

const savedWords: Readonly<Record<SaveState, string>> = { nothing: '', unsaved: '', saving: 'saving', saved: 'saved', failed: 'not saved yet' };

/** Files on the left; on the right whether the draft is kept, how long it is, and sending with what comes after. */
export function ComposerBar(props: BarProps) {
  const { kind, saved, length, canSend, busy, hours, snoozing, onFiles, onSend, onSnoozing } = props;
  const picker = useRef<HTMLInputElement>(null);
  return (
    <div className={styles['bar']}>
      <input ref={picker} type="file" multiple hidden aria-label="Choose files" onChange={(event) => { onFiles([...(event.target.files ?? [])]); event.target.value = ''; }} />
      <ActionIcon variant="subtle" aria-label="Attach files" onClick={() => picker.current?.click()}>
        <Paperclip size={18} strokeWidth={1.7} />
      </ActionIcon>
      <span className={styles['gap']} />
      {length !== undefined && (
        <span className={styles['length']} data-over={length.over || undefined} role={length.over ? 'alert' : undefined}>
          {length.text}
        </span>
      )}
      <span className={styles['saved']} data-failed={saved === 'failed' || undefined} role="status">
        {savedWords[saved]}
      </span>
      {kind === 'note' ? (
        <Button onClick={() => onSend()} disabled={!canSend} loading={busy} rightSection={<Kbd of="mod+enter" bright />} aria-keyshortcuts="Control+Enter Meta+Enter">
          Add note
        </Button>
      ) : (
        <div className={styles['split']}>
          <Button className={styles['send'] ?? ''} onClick={() => onSend()} disabled={!canSend} loading={busy} rightSection={<Kbd of="mod+enter" bright />} aria-keyshortcuts="Control+Enter Meta+Enter">
            Send and keep open
          </Button>
          <Menu position="top-end" width={270} onClose={() => onSnoozing(false)} closeOnItemClick={false}>
            <Menu.Target>
              <Button className={styles['other'] ?? ''} disabled={!canSend} aria-label="Other ways to send">
                <ChevronDown size={15} />
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {snoozing ? (
                <SnoozeTimes hours={hours} onPick={(until) => onSend({ andStatus: 'snoozed', snoozeUntil: until })} />
              ) : (
                <>
                  <Menu.Item leftSection={<Check size={15} />} rightSection={<Kbd of="mod+shift+enter" />} onClick={() => onSend({ andStatus: 'resolved' })}>
                    Send and resolve
                  </Menu.Item>
                  <Menu.Item leftSection={<AlarmClock size={15} />} onClick={() => onSnoozing(true)}>
                    Send and snooze…
                  </Menu.Item>
                </>
              )}
            </Menu.Dropdown>
          </Menu>
        </div>
      )}
    </div>
  );
}
