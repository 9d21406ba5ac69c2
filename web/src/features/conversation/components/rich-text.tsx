import { memo } from 'react';
import { parseMarks, type Mark } from '../../../../../src/adapters/lib/marks.js';
import { linkify } from '../../../lib/text/linkify.js';
import styles from './rich-text.module.css';

/** Plain text as it was written, or with `marks` the light formatting of a chat; web and e-mail addresses may be opened, in a new window that knows nothing of ours. */
export const RichText = memo(function RichText({ text, marks = false }: { text: string; marks?: boolean }) {
  return (
    <div className={styles['text']} dir="auto">
      {marks ? <Marks marks={parseMarks(text)} /> : <Plain text={text} />}
    </div>
  );
});

function Marks({ marks }: { marks: readonly Mark[] }) {
  return marks.map((mark, index) => {
    switch (mark.type) {
      case 'text': return <Plain key={index} text={mark.text} />;
      case 'bold': return <strong key={index}><Marks marks={mark.children} /></strong>;
      case 'italic': return <em key={index}><Marks marks={mark.children} /></em>;
      case 'strike': return <s key={index}><Marks marks={mark.children} /></s>;
      case 'code': return <code key={index}>{mark.text}</code>;
      case 'block': return <pre key={index}>{mark.text}</pre>;
      case 'link': return <a key={index} href={mark.url} title={mark.url} target="_blank" rel="noopener noreferrer nofollow">{mark.text}</a>;
    }
  });
}

function Plain({ text }: { text: string }) {
  return linkify(text).map((piece, index) =>
    piece.href === undefined ? (
      piece.text
    ) : (
      <a key={index} href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
        {piece.text}
      </a>
    ),
  );
}
