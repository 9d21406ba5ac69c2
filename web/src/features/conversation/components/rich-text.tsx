import { memo } from 'react';
import { linkify } from '../../../lib/text/linkify.js';
import styles from './rich-text.module.css';

/** Plain text as it was written; web and e-mail addresses may be opened, in a new window that knows nothing of ours. */
export const RichText = memo(function RichText({ text }: { text: string }) {
  return (
    <p className={styles['text']} dir="auto">
      {linkify(text).map((piece, index) =>
        piece.href === undefined ? (
          piece.text
        ) : (
          <a key={index} href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
            {piece.text}
          </a>
        ),
      )}
    </p>
  );
});
