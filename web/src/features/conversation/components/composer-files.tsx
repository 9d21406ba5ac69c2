import { FileText, X } from 'lucide-react';
import type { AttachmentView } from '../../../lib/shapes.js';
import { fileSize } from '../../../lib/time/format.js';
import type { Upload } from './use-uploads.js';
import styles from './composer-files.module.css';

interface FilesProps {
  attachments: readonly AttachmentView[];
  uploads: readonly Upload[];
  onRemove: (id: string) => void;
  onStop: (key: number) => void;
}

/** What will go out with the text: files that are there, and files on their way. */
export function ComposerFiles({ attachments, uploads, onRemove, onStop }: FilesProps) {
  if (attachments.length + uploads.length === 0) return null;
  return (
    <ul className={styles['files']}>
      {attachments.map((file) => (
        <li key={file.id} className={styles['file']}>
          {file.kind === 'image' ? <img src={file.url} alt="" /> : <FileText size={16} strokeWidth={1.7} aria-hidden />}
          <span className={styles['name']}>{file.name}</span>
          <small>{fileSize(file.size)}</small>
          <button type="button" aria-label={`Remove ${file.name}`} onClick={() => onRemove(file.id)}>
            <X size={13} />
          </button>
        </li>
      ))}
      {uploads.map((upload) => (
        <li key={upload.key} className={styles['file']} data-failed={upload.error === undefined ? undefined : true}>
          <span className={styles['name']}>{upload.name}</span>
          <small>{upload.error ?? `${Math.round(upload.share * 100)} %`}</small>
          <button type="button" aria-label={upload.error === undefined ? `Stop ${upload.name}` : `Forget ${upload.name}`} onClick={() => onStop(upload.key)}>
            <X size={13} />
          </button>
          {upload.error === undefined && <progress value={upload.share} max={1} aria-label={`Uploading ${upload.name}`} />}
        </li>
      ))}
    </ul>
  );
}
