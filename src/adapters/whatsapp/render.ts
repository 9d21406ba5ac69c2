import type { Attachment } from '../../inbox/model/message.js';
import type { Outbound } from '../contract.js';
import { type MarkStyle, parseMarks, writeMarks } from '../lib/marks.js';
import { measure } from '../lib/measure.js';
import { splitText } from '../lib/split-text.js';
import { asUserId, choiceId } from './ids.js';
import { buttonBodyMax, buttonsMax, buttonTitleMax, callbackDataMax, captionMax, documentMax, media, rowsMax, rowTitleMax, textMax } from './limits.js';
import { readHandle } from './people.js';

export type MediaKind = keyof typeof media | 'document';
export type Part =
  | { kind: 'text'; text: string }
  | { kind: 'choices'; text: string; choices: readonly string[] }
  | { kind: 'file'; attachment: Attachment; as: MediaKind; caption?: string }
  | { kind: 'template'; template: NonNullable<Outbound['template']> };

/** WhatsApp knows no escapes: a sign that means formatting there does so even where it was typed as such. */
const style: MarkStyle = {
  text: (text) => text,
  bold: (inner) => `*${inner}*`,
  italic: (inner) => `_${inner}_`,
  strike: (inner) => `~${inner}~`,
  code: (text) => `\`${text}\``,
  block: (text) => `\`\`\`${text}\`\`\``,
  link: (text, url) => (text === url ? url : `${text} (${url})`),
};

/** Files first, the choices with the last words; one picture and few words are one message. Pure. */
export function partsOf(outbound: Outbound): Part[] {
  if (outbound.template !== undefined) return [{ kind: 'template', template: outbound.template }];
  const text = writeMarks(parseMarks(outbound.text), style).trim();
  const choices = [...new Set(outbound.choices ?? [])].filter((choice) => choice.trim() !== '').slice(0, rowsMax);
  const files = outbound.attachments.map((attachment): Part & { kind: 'file' } => ({ kind: 'file', attachment, as: mediaKind(attachment) }));
  const [only] = files;
  if (only !== undefined && files.length === 1 && only.as !== 'audio' && choices.length === 0 && text !== '' && measure(text, 'utf16') <= captionMax) return [{ ...only, caption: text }];
  const texts = splitText(text, textMax, 'utf16').map((part): Part => ({ kind: 'text', text: part }));
  const last = texts.at(-1);
  if (choices.length === 0 || last?.kind !== 'text') return [...files, ...texts];
  return [...files, ...texts.slice(0, -1), { kind: 'choices', text: last.text, choices }];
}

/** As which kind of media it goes; what WhatsApp would refuse as a picture or film still goes as a document. */
export function mediaKind(attachment: Pick<Attachment, 'mime' | 'size'>): MediaKind {
  const mime = attachment.mime.split(';', 1)[0] ?? '';
  const kinds = ['image', 'audio', 'video'] as const;
  return kinds.find((kind) => (media[kind].types as readonly string[]).includes(mime) && attachment.size <= media[kind].max) ?? 'document';
}

/** The first file that goes in no form. */
export function tooLarge(parts: readonly Part[]): Attachment | undefined {
  const found = parts.find((part) => part.kind === 'file' && part.attachment.size > documentMax);
  return found?.kind === 'file' ? found.attachment : undefined;
}

/** To whom: the number where it is known, else the user id. Pure. */
export function addressing(to: { externalUserId: string }, handleJson: Outbound['handle']): Record<string, string> {
  const handle = readHandle(handleJson);
  if (handle.group !== undefined) return { recipient_type: 'group', to: handle.group };
  if (handle.waId !== undefined) return { recipient_type: 'individual', to: handle.waId };
  const userId = asUserId(handle.userId) ?? asUserId(to.externalUserId);
  return { recipient_type: 'individual', ...(userId === undefined ? { to: to.externalUserId } : { recipient: userId }) };
}

/** What goes out for one part; a file's id is the one that its upload got. Pure. */
export function bodyOf(part: Part, outbound: Pick<Outbound, 'messageId' | 'to' | 'handle'>, mediaId?: string): Record<string, unknown> {
  return { messaging_product: 'whatsapp', ...addressing(outbound.to, outbound.handle), biz_opaque_callback_data: outbound.messageId.slice(0, callbackDataMax), ...contentOf(part, mediaId ?? '') };
}

function contentOf(part: Part, mediaId: string): Record<string, unknown> {
  switch (part.kind) {
    case 'text': return { type: 'text', text: { body: part.text, preview_url: false } };
    case 'choices': return { type: 'interactive', interactive: fitsButtons(part) ? buttons(part) : list(part) };
    case 'file': return { type: part.as, [part.as]: { id: mediaId, ...(part.caption === undefined ? {} : { caption: part.caption }), ...(part.as === 'document' ? { filename: part.attachment.name } : {}) } };
    case 'template': return { type: 'template', template: templateBody(part.template) };
    default: return part satisfies never;
  }
}

type Choices = Part & { kind: 'choices' };

function fitsButtons(part: Choices): boolean {
  return part.choices.length <= buttonsMax && measure(part.text, 'utf16') <= buttonBodyMax;
}

function buttons(part: Choices): Record<string, unknown> {
  return { type: 'button', body: { text: part.text }, action: { buttons: titles(part.choices, buttonTitleMax).map((title, at) => ({ type: 'reply', reply: { id: choiceId(part.choices[at] ?? '', 256), title } })) } };
}

function list(part: Choices): Record<string, unknown> {
  return { type: 'list', body: { text: part.text }, action: { button: '☰', sections: [{ rows: titles(part.choices, rowTitleMax).map((title, at) => ({ id: choiceId(part.choices[at] ?? '', 200), title })) }] } };
}

/** Cut to what a button shows; two that would look the same are numbered, as WhatsApp refuses them. */
function titles(choices: readonly string[], max: number): string[] {
  const seen = new Map<string, number>();
  return choices.map((choice) => {
    const characters = [...choice];
    const title = characters.length <= max ? choice : `${characters.slice(0, max - 1).join('').trimEnd()}…`;
    const count = (seen.get(title) ?? 0) + 1;
    seen.set(title, count);
    return count === 1 ? title : `${[...title].slice(0, max - 4).join('')} (${count})`;
  });
}

function templateBody(template: NonNullable<Outbound['template']>): Record<string, unknown> {
  const parameters = template.values.map((text) => ({ type: 'text', text }));
  return { name: template.name, language: { code: template.language }, ...(parameters.length === 0 ? {} : { components: [{ type: 'body', parameters }] }) };
}
