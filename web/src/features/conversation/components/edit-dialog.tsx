import { useState, type FormEvent } from 'react';
import { Button, Modal, Textarea } from '@mantine/core';

/** Other words for what was sent already; the customer sees them in the same place. */
export function EditDialog({ text, onSave, onClose }: { text: string; onSave: (text: string) => void; onClose: () => void }) {
  const [words, setWords] = useState(text);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (words.trim() !== text) onSave(words.trim());
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title="Change what we sent" size={520}>
      <form onSubmit={submit} style={{ display: 'grid', gap: 16 }}>
        <Textarea aria-label="Message" data-autofocus autosize minRows={3} maxRows={12} value={words} onChange={(event) => setWords(event.target.value)} />
        <div>
          <Button type="submit" disabled={words.trim() === ''}>
            Change
          </Button>
        </div>
      </form>
    </Modal>
  );
}
