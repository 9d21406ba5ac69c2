import { useState } from 'react';
import { ImageIcon, Maximize2, Minimize2 } from 'lucide-react';
import styles from './mail-frame.module.css';

/**
 * A mail as it was laid out, in a frame without scripts and without our origin. Pictures from elsewhere stay off until
 * asked for, so that nobody learns that it was opened.
 */
export function MailFrame({ messageId, guessFrom }: { messageId: string; guessFrom: number }) {
  const [images, setImages] = useState(false);
  const [tall, setTall] = useState(false);
  const src = `/api/v1/messages/${encodeURIComponent(messageId)}/html${images ? '?images=1' : ''}`;
  // The frame is not ours to measure; its height is guessed from the text and can be drawn larger.
  const height = Math.min(560, Math.max(220, 120 + Math.ceil(guessFrom / 70) * 24));
  return (
    <div className={styles['mail']}>
      <div className={styles['bar']}>
        {!images && (
          <button type="button" onClick={() => setImages(true)}>
            <ImageIcon size={13} aria-hidden /> Show pictures from elsewhere
          </button>
        )}
        <button type="button" onClick={() => setTall(!tall)}>
          {tall ? <Minimize2 size={13} aria-hidden /> : <Maximize2 size={13} aria-hidden />} {tall ? 'Smaller' : 'Larger'}
        </button>
      </div>
      <iframe title="The mail as it was laid out" sandbox="allow-popups allow-popups-to-escape-sandbox" referrerPolicy="no-referrer" src={src} style={{ height: tall ? '78vh' : height }} className={styles['frame']} />
    </div>
  );
}
