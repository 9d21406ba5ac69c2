import type { RemoteFile } from '../../inbox/model/event.js';
import { asList, asNumber, asObject, asText, field } from '../lib/read-json.js';
import { escapeMarks } from '../lib/marks.js';
import { marksOf } from './entities.js';

type Native = Readonly<Record<string, unknown>>;

/** What a message says, and what lies with it. */
export interface Content {
  text: string;
  quoted?: string;
  files: RemoteFile[];
  /** It is of a kind that has no words: which. */
  wordless?: string;
}

/** Names and types of what can be fetched; a name of the sender's own goes first. */
const media: Readonly<Record<string, { name: string; mime?: string }>> = {
  animation: { name: 'animation.mp4', mime: 'video/mp4' },
  audio: { name: 'audio.mp3', mime: 'audio/mpeg' },
  document: { name: 'file' },
  sticker: { name: 'sticker.webp' },
  video: { name: 'video.mp4', mime: 'video/mp4' },
  video_note: { name: 'video-note.mp4', mime: 'video/mp4' },
  voice: { name: 'voice.ogg', mime: 'audio/ogg' },
};
const mediaKeys = Object.keys(media);

/** Pure. Never fails; a message of a kind that is not known says so in `wordless`. */
export function contentOf(message: Native): Content {
  const files = filesOf(message);
  const said = saidBy(message);
  const lines = [originOf(message), said, ...describe(message)].filter((line) => line !== undefined && line !== '');
  const quoted = asText(field(message, 'quote', 'text'));
  return {
    text: lines.join('\n'),
    files,
    ...(quoted === undefined || quoted === '' ? {} : { quoted }),
    ...(lines.length === 0 && files.length === 0 ? { wordless: kindOf(message) } : {}),
  };
}

function saidBy(message: Native): string | undefined {
  const text = asText(message['text']);
  if (text !== undefined) return marksOf(text, message['entities']);
  const caption = asText(message['caption']);
  return caption === undefined ? undefined : marksOf(caption, message['caption_entities']);
}

function filesOf(message: Native): RemoteFile[] {
  const sizes = asList(message['photo']);
  if (sizes.length > 0) return fileOf(sizes.at(-1), { name: 'photo.jpg', mime: 'image/jpeg' });
  // An animation comes with the same file as `document` besides.
  const key = mediaKeys.find((name) => message[name] !== undefined);
  const preset = key === undefined ? undefined : media[key];
  return key === undefined || preset === undefined ? paidFiles(message) : fileOf(message[key], preset);
}

function paidFiles(message: Native): RemoteFile[] {
  return asList(field(message, 'paid_media', 'paid_media')).flatMap((item) => {
    const photo = asList(field(item, 'photo')).at(-1);
    return photo === undefined ? fileOf(field(item, 'video'), { name: 'video.mp4', mime: 'video/mp4' }) : fileOf(photo, { name: 'photo.jpg', mime: 'image/jpeg' });
  });
}

function fileOf(given: unknown, preset: { name: string; mime?: string }): RemoteFile[] {
  const file = asObject(given);
  const fileId = asText(file?.['file_id']);
  if (file === undefined || fileId === undefined) return [];
  const size = asNumber(file['file_size']);
  const mime = asText(file['mime_type']) ?? preset.mime;
  return [{ name: asText(file['file_name']) ?? preset.name, source: { fileId }, ...(mime === undefined ? {} : { mime }), ...(size === undefined ? {} : { size }) }];
}

function originOf(message: Native): string | undefined {
  const origin = asObject(message['forward_origin']);
  if (origin === undefined) return undefined;
  const name = asText(field(origin, 'sender_user', 'first_name')) ?? asText(origin['sender_user_name']) ?? asText(field(origin, 'sender_chat', 'title')) ?? asText(field(origin, 'chat', 'title'));
  return escapeMarks(name === undefined ? '(forwarded)' : `(forwarded from ${name})`);
}

/** In words, what has no text of its own. */
function describe(message: Native): string[] {
  return [sticker, place, contact, poll, dice, checklist, story].flatMap((read) => {
    const line = read(message);
    return line === undefined ? [] : [escapeMarks(line)];
  });
}

function sticker(message: Native): string | undefined {
  return asText(field(message, 'sticker', 'emoji'));
}

function place(message: Native): string | undefined {
  const location = asObject(message['location']);
  const latitude = asNumber(location?.['latitude']);
  const longitude = asNumber(location?.['longitude']);
  if (latitude === undefined || longitude === undefined) return undefined;
  const venue = [asText(field(message, 'venue', 'title')), asText(field(message, 'venue', 'address'))].filter((part) => part !== undefined).join(', ');
  return `${venue === '' ? 'Location' : venue}: https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}`;
}

function contact(message: Native): string | undefined {
  const card = asObject(message['contact']);
  if (card === undefined) return undefined;
  const name = [asText(card['first_name']), asText(card['last_name'])].filter((part) => part !== undefined).join(' ');
  return `Contact: ${name}, ${asText(card['phone_number']) ?? 'no number'}`;
}

function poll(message: Native): string | undefined {
  const question = asText(field(message, 'poll', 'question'));
  if (question === undefined) return undefined;
  const options = asList(field(message, 'poll', 'options')).map((option) => `\n- ${asText(field(option, 'text')) ?? ''}`);
  return `Poll: ${question}${options.join('')}`;
}

function dice(message: Native): string | undefined {
  const emoji = asText(field(message, 'dice', 'emoji'));
  return emoji === undefined ? undefined : `${emoji} ${asNumber(field(message, 'dice', 'value')) ?? ''}`;
}

function checklist(message: Native): string | undefined {
  const title = asText(field(message, 'checklist', 'title'));
  if (title === undefined) return undefined;
  return `Checklist: ${title}${asList(field(message, 'checklist', 'tasks')).map((task) => `\n- ${asText(field(task, 'text')) ?? ''}`).join('')}`;
}

function story(message: Native): string | undefined {
  if (message['reply_to_story'] !== undefined) return '(an answer to a story)';
  return message['story'] === undefined ? undefined : '(a story, to be seen in Telegram only)';
}

const envelope = new Set(['message_id', 'message_thread_id', 'from', 'sender_chat', 'date', 'chat', 'business_connection_id', 'is_topic_message', 'edit_date', 'reply_to_message', 'has_protected_content', 'sender_business_bot', 'via_bot', 'media_group_id']);

/** The field that makes a message what it is: the first that is not of the envelope. */
export function kindOf(message: Native): string {
  return Object.keys(message).find((key) => !envelope.has(key))?.slice(0, 60) ?? 'empty';
}
