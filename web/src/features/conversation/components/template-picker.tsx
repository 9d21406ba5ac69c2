import { useState, type FormEvent } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Button, Modal, NativeSelect, TextInput } from '@mantine/core';
import { useApi } from '../../../lib/api/api-context.js';
import { wordsOf } from '../../../lib/api/api-error.js';
import { keys } from '../../../lib/cache/keys.js';
import { getTemplates, type Template } from '../api/get-templates.js';
import { filled } from '../model/fill-template.js';

interface PickerProps {
  conversationId: string;
  onSend: (template: { name: string; language: string; values: string[] }, text: string) => void;
  onClose: () => void;
}

/** A message that the provider has approved, with its gaps filled in and shown as it will read. */
export function TemplatePicker({ conversationId, onSend, onClose }: PickerProps) {
  const api = useApi();
  const { data, error, isPending } = useQuery({ queryKey: [...keys.conversations, 'templates', conversationId], queryFn: () => getTemplates(api, conversationId) });
  const [at, setAt] = useState(0);
  const [values, setValues] = useState<string[]>([]);
  const template: Template | undefined = data?.[at];
  const gaps = template === undefined ? [] : Array.from({ length: template.values }, (_, gap) => values[gap] ?? '');
  const text = template === undefined ? '' : filled(template.text, gaps);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (template === undefined) return;
    onSend({ name: template.name, language: template.language, values: gaps }, text);
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title="Send a template" size={520}>
      {error !== null && <p role="alert">{wordsOf(error)}</p>}
      {isPending && <p>Looking up the approved templates …</p>}
      {data?.length === 0 && <p>No template is approved for this account yet. Add one at the provider, then open this again.</p>}
      {template !== undefined && (
        <form onSubmit={submit} style={{ display: 'grid', gap: 14 }}>
          <NativeSelect label="Template" value={String(at)} onChange={(event) => { setAt(Number(event.target.value)); setValues([]); }} data={data?.map((one, index) => ({ value: String(index), label: `${one.name} (${one.language})` })) ?? []} />
          {gaps.map((value, gap) => (
            <TextInput key={gap} label={`Gap ${gap + 1}`} required value={value} onChange={(event) => setValues(gaps.map((old, index) => (index === gap ? event.target.value : old)))} />
          ))}
          <p style={{ whiteSpace: 'pre-wrap', padding: '10px 12px', background: 'var(--mine)', borderRadius: 10 }}>{text}</p>
          <div>
            <Button type="submit" disabled={gaps.some((value) => value.trim() === '')}>
              Send
            </Button>
          </div>
        </form>
      )}
    </Modal>
  );
}
