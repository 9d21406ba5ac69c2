import type { ChannelView, SettingField } from '../../../lib/shapes.js';

export type FieldValue = string | boolean;
export type FormValues = Record<string, FieldValue>;

export interface FieldGroup {
  name: string;
  fields: SettingField[];
}

/** The fields in their groups, both in the order in which they are declared. */
export function groupsOf(fields: readonly SettingField[]): FieldGroup[] {
  const groups: FieldGroup[] = [];
  for (const field of fields) {
    const name = field.group ?? '';
    const known = groups.find((group) => group.name === name);
    if (known === undefined) groups.push({ name, fields: [field] });
    else known.fields.push(field);
  }
  return groups;
}

/** What the form begins with: what is saved, else the default. Secrets are never known here. */
export function valuesOf(fields: readonly SettingField[], channel: ChannelView | undefined): FormValues {
  return Object.fromEntries(fields.map((field) => [field.key, field.secret === true ? '' : asValue(field, channel?.settings[field.key] ?? field.default)]));
}

/** The form as the server takes it: settings and secrets apart, lists as lists, numbers as numbers, empty fields left out. */
export function toInput(fields: readonly SettingField[], values: FormValues): { settings: Record<string, unknown>; secrets: Record<string, string> } {
  const settings: Record<string, unknown> = {};
  const secrets: Record<string, string> = {};
  for (const field of fields) {
    const value = values[field.key] ?? '';
    if (field.secret === true) {
      if (typeof value === 'string' && value !== '') secrets[field.key] = value;
      continue;
    }
    const ready = settingOf(field, value);
    if (ready !== undefined) settings[field.key] = ready;
  }
  return { settings, secrets };
}

/** Required fields that are empty, by key; a secret that is stored already counts as filled. */
export function missing(fields: readonly SettingField[], values: FormValues, secretsSet: readonly string[]): string[] {
  return fields.filter((field) => field.required && (values[field.key] ?? '') === '' && !(field.secret === true && secretsSet.includes(field.key))).map((field) => field.key);
}

function asValue(field: SettingField, value: unknown): FieldValue {
  if (field.type === 'switch') return value === true;
  if (Array.isArray(value)) return value.join('\n');
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : '';
}

function settingOf(field: SettingField, value: FieldValue): unknown {
  if (typeof value === 'boolean') return value;
  const text = value.trim();
  if (field.type === 'list') return text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  if (text === '') return undefined;
  return field.type === 'number' ? Number(text) : text;
}
