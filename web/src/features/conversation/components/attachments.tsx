import { CalendarDays, FileText, Mail, Music, Video } from 'lucide-react';
import type { AttachmentView } from '../../../lib/shapes.js';
import { fileSize } from '../../../lib/time/format.js';
import styles from './attachments.module.css';

const icons = { audio: Music, video: Video, file: FileText, calendar: CalendarDays, mail: Mail, image: FileText } as const;
const tallest = 220;

/** What came with a message: pictures as pictures, the rest as files. `inHtml`: inline pictures are shown in the mail itself. */
export function Attachments({ attachments, inHtml }: { attachments: readonly AttachmentView[]; inHtml: boolean }) {
  const shown = attachments.filter((attachment) => !(inHtml && attachment.inline === true));
  if (shown.length === 0) return null;
  return (
    <ul className={styles['files']}>
      {shown.map((attachment) => (
        <li key={attachment.id}>{attachment.state !== undefined ? <Missing attachment={attachment} /> : attachment.kind === 'image' ? <Picture attachment={attachment} /> : <File attachment={attachment} />}</li>
      ))}
    </ul>
  );
}

/** Not here yet, or not to be had: its name, and why. */
function Missing({ attachment }: { attachment: AttachmentView }) {
  const pending = attachment.state === 'pending';
  return (
    <span className={styles['file']} data-missing role={pending ? 'status' : undefined}>
      <FileText size={18} strokeWidth={1.6} aria-hidden />
      <span>
        <b>{attachment.name}</b>
        <small>{pending ? 'being fetched …' : attachment.reason ?? 'could not be fetched'}</small>
      </span>
    </span>
  );
}

function Picture({ attachment }: { attachment: AttachmentView }) {
  const { width, height } = attachment;
  const scale = width !== undefined && height !== undefined ? Math.min(1, tallest / height, 320 / width) : undefined;
  const size = scale === undefined || width === undefined || height === undefined ? {} : { width: Math.round(width * scale), height: Math.round(height * scale) };
  return (
    <a href={attachment.url} target="_blank" rel="noopener noreferrer" className={styles['picture']} title={`${attachment.name}, ${fileSize(attachment.size)}`}>
      <img src={attachment.url} alt={attachment.name} loading="lazy" {...size} />
    </a>
  );
}

function File({ attachment }: { attachment: AttachmentView }) {
  const Icon = icons[attachment.kind];
  return (
    <a href={`${attachment.url}?download=1`} className={styles['file']} download={attachment.name}>
      <Icon size={18} strokeWidth={1.6} aria-hidden />
      <span>
        <b>{attachment.name}</b>
        <small>{fileSize(attachment.size)}</small>
      </span>
    </a>
  );
}
