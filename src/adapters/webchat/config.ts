import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { SettingField } from '../contract.js';

/** Languages the bubble speaks. */
export const bubbleLanguages = ['en', 'de', 'es', 'fr'] as const;

const originForm = /^https?:\/\/(\*\.)?[a-z0-9.-]+(:\d{1,5})?$/;

/** `https://shop.example` or `https://*.shop.example`; a path or a closing slash is taken off. */
const origin = z.string().trim().toLowerCase().transform((value) => /^(https?:\/\/[^/\s]+)\/.*$/.exec(value)?.[1] ?? value)
  .refine((value) => originForm.test(value), 'a site such as https://shop.example');

/** Empty fields of a form count as not filled in. */
const optional = <T extends z.ZodType>(schema: T) => z.preprocess((value) => (value === '' || value === null ? undefined : value), schema.optional());
const listOf = <T extends z.ZodType>(item: T, most: number) =>
  z.preprocess((value) => (typeof value === 'string' ? value.split(/[\s,]+/).filter(Boolean) : value), z.array(item).max(most));

/** Settings of a bubble together with its opened secrets. */
export const webchatSettings = z.object({
  allowedOrigins: listOf(origin, 100).default([]),
  companyName: optional(z.string().trim().max(60)),
  greeting: optional(z.string().trim().max(500)),
  accent: optional(z.string().trim().toLowerCase().regex(/^#[0-9a-f]{6}$/, 'a colour such as #3f51c7')),
  position: optional(z.enum(['right', 'left'])).transform((value) => value ?? 'right'),
  languages: listOf(z.enum(bubbleLanguages), bubbleLanguages.length).default([]).transform((given) => (given.length > 0 ? given : [...bubbleLanguages])),
  continueByEmail: z.boolean().default(true),
  identitySecret: optional(z.string().min(16, '16 characters or more').max(200)),
});
export type WebchatSettings = z.infer<typeof webchatSettings>;

/** As the settings page shows them. */
export const webchatFields: readonly SettingField[] = [
  { key: 'allowedOrigins', label: 'Sites with the bubble', type: 'list', required: false, group: 'Where', help: 'One a line, such as https://shop.example or https://*.shop.example. Empty: only pages of this server, such as /chat.' },
  { key: 'companyName', label: 'Name shown to visitors', type: 'text', required: false, group: 'Look', help: 'Empty: the company name.' },
  { key: 'greeting', label: 'Greeting', type: 'text', required: false, group: 'Look', help: 'The first line a visitor reads. Empty: a short one in their language.' },
  { key: 'accent', label: 'Colour', type: 'text', required: false, group: 'Look', help: 'Six hexadecimal digits, such as #3f51c7.' },
  { key: 'position', label: 'Corner', type: 'choice', choices: ['right', 'left'], required: false, default: 'right', group: 'Look' },
  { key: 'languages', label: 'Languages', type: 'list', required: false, group: 'Look', help: 'en, de, es, fr. The first is for visitors who speak none of them. Empty: all four.' },
  { key: 'continueByEmail', label: 'Continue by e-mail', type: 'switch', required: false, default: true, group: 'Answers', help: 'An answer that a visitor has not seen is sent to the address they gave.' },
  { key: 'identitySecret', label: 'Identity secret', type: 'password', required: false, secret: true, group: 'Who they are', help: 'Your server signs the ids of your signed-in customers with it. Replacing it makes hashes of the old one worthless.' },
];

/** A fresh identity secret: 256 random bits as hexadecimal digits. */
export function newIdentitySecret(): string {
  return randomBytes(32).toString('hex');
}
