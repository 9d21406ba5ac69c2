import { useState, type FormEvent } from 'react';
import { Button, Modal, TextInput } from '@mantine/core';

/** What a conversation is about, in one line; colleagues see it in the list. */
export function SubjectDialog({ subject, onSave, onClose }: { subject: string; onSave: (subject: string) => void; onClose: () => void }) {
  const [text, setText] = useState(subject);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== '' && text.trim() !== subject) onSave(text.trim());
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title="Subject" size={420}>
      <form onSubmit={submit} style={{ display: 'grid', gap: 16 }}>
        <TextInput aria-label="Subject" data-autofocus maxLength={300} value={text} onChange={(event) => setText(event.target.value)} />
        <div>
          <Button type="submit" disabled={text.trim() === ''}>
            Save
          </Button>
        </div>
      </form>
    </Modal>
  );
}
