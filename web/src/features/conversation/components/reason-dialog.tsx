import { useId, useState, type FormEvent } from 'react';
import { Button, Modal, TextInput } from '@mantine/core';
import styles from './reason-dialog.module.css';

const reasons = ['Only for information', 'Answered by phone or in person', 'Asked again elsewhere', 'Not meant for us'] as const;
const other = 'other';

/** Why no answer is needed. The wait is kept with it, and reported apart. */
export function ReasonDialog({ onReason, onClose }: { onReason: (reason: string) => void; onClose: () => void }) {
  const name = useId();
  const [chosen, setChosen] = useState<string>(reasons[0]);
  const [text, setText] = useState('');
  const reason = chosen === other ? text.trim() : chosen;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason === '') return;
    onReason(reason);
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title="Why is no answer needed?" size={420}>
      <form onSubmit={submit} className={styles['form']}>
        <p className={styles['lead']}>The clock stops. The wait stays in the reports, apart from the answered ones, with your name and this reason.</p>
        <div role="radiogroup" aria-label="Reason" className={styles['choices']}>
          {[...reasons, other].map((value, index) => (
            <label key={value}>
              <input type="radio" name={name} value={value} checked={chosen === value} data-autofocus={index === 0 || undefined} onChange={() => setChosen(value)} />
              {value === other ? 'Another reason' : value}
            </label>
          ))}
        </div>
        {chosen === other && <TextInput aria-label="The reason, in your words" placeholder="In a few words" maxLength={300} value={text} autoFocus onChange={(event) => setText(event.target.value)} />}
        <div>
          <Button type="submit" disabled={reason === ''}>
            Stop the clock
          </Button>
        </div>
      </form>
    </Modal>
  );
}
