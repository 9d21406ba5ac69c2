import { PasswordInput, Switch, TextInput } from '@mantine/core';
import type { SettingField } from '../../../lib/shapes.js';
import type { FieldValue } from '../model/channel-form.js';
import { Area, Select } from './form.js';
import styles from './form.module.css';

interface FieldProps {
  field: SettingField;
  value: FieldValue;
  /** A secret that the server has already. */
  stored: boolean;
  fault: string | undefined;
  disabled: boolean;
  onChange: (value: FieldValue) => void;
}

/** One field of a channel's form, as its type asks. */
export function ChannelField({ field, value, stored, fault, disabled, onChange }: FieldProps) {
  const text = typeof value === 'string' ? value : '';
  const about = { label: field.label, disabled, ...(field.help === undefined ? {} : { description: field.help }), ...(fault === undefined ? {} : { error: sentence(field.label, fault) }) };
  const write = (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value);
  switch (field.type) {
    case 'switch':
      return <Switch className={styles['wide'] ?? ''} {...about} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />;
    case 'choice':
      return <Select label={field.label} help={field.help} disabled={disabled} value={text} choices={field.choices ?? []} onChange={onChange} />;
    case 'list':
      return <Area label={field.label} help={field.help} disabled={disabled} value={text} error={fault === undefined ? undefined : sentence(field.label, fault)} onChange={onChange} />;
    case 'password':
      return <PasswordInput {...about} required={field.required && !stored} autoComplete="new-password" placeholder={stored ? 'Stored; leave empty to keep it' : ''} value={text} onChange={write} />;
    case 'number':
      return <TextInput {...about} required={field.required} inputMode="numeric" value={text} onChange={(event) => onChange(event.currentTarget.value.replace(/\D/g, ''))} />;
    case 'text':
      return field.key === 'signature' || field.key === 'greeting' ? (
        <Area label={field.label} help={field.help} disabled={disabled} value={text} onChange={onChange} />
      ) : (
        <TextInput {...about} required={field.required} autoComplete="off" spellCheck={false} value={text} onChange={write} />
      );
  }
}

function sentence(label: string, fault: string): string {
  return /^(is|must|has|needs) /.test(fault) ? `${label} ${fault}.` : fault;
}
