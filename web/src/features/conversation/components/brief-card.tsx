import { Fragment } from 'react';
import { ChevronDown } from 'lucide-react';
import { useLocalStorage, useMediaQuery } from '@mantine/hooks';
import { useKeys } from '../../../lib/keys/use-keys.js';
import type { BriefView } from '../../../lib/shapes.js';
import styles from './brief-card.module.css';

const labels = { who: 'Who', wants: 'Wants', before: 'Before', open: 'Open', feels: 'Feels' } as const;

/** Who this is and what it is about, each statement with the message that it comes from; a click goes there. */
export function BriefCard({ brief, onCite }: { brief: BriefView; onCite: (messageId: string) => void }) {
  // Where there is little room it begins folded; each kind of screen remembers its own.
  const small = useMediaQuery('(max-width: 760px)', undefined, { getInitialValueInEffect: false }) ?? false;
  const [folded, setFolded] = useLocalStorage({ key: small ? 'rapport-brief-folded-small' : 'rapport-brief-folded', defaultValue: small, getInitialValueInEffect: false });
  useKeys([{ key: 'b', label: folded ? 'Show the brief' : 'Fold the brief', group: 'Conversation', run: () => setFolded(!folded) }]);
  if (brief.lines.length === 0) return null;
  return (
    <section className={styles['brief']} data-folded={folded || undefined} aria-label="Brief">
      <h2>
        <button type="button" aria-expanded={!folded} aria-keyshortcuts="b" onClick={() => setFolded(!folded)}>
          Brief <ChevronDown size={13} aria-hidden />
        </button>
      </h2>
      <dl>
        {brief.lines.map((line, index) => (
          <div key={index} className={styles['line']} data-kind={line.kind}>
            <dt>{brief.lines[index - 1]?.kind === line.kind ? '' : labels[line.kind]}</dt>
            <dd>
              {line.parts.map((part, at) => (
                <Fragment key={at}>
                  {at > 0 && !/^[,:;.]/.test(part.text) && ' '}
                  <Part part={part} onCite={onCite} />
                </Fragment>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** A statement and its source; the number never stands alone at the start of a line. */
function Part({ part, onCite }: { part: BriefView['lines'][number]['parts'][number]; onCite: (messageId: string) => void }) {
  const { cite, tone, text } = part;
  if (cite === undefined) return <span data-tone={tone}>{text}</span>;
  const lastWord = /\S*\s*$/.exec(text)?.[0] ?? '';
  return (
    <span data-tone={tone}>
      {text.slice(0, text.length - lastWord.length)}
      <span className={styles['together']}>
        {lastWord.trimEnd()}
        <button type="button" className={styles['cite']} title="Show the message this comes from" aria-label={`Message ${cite.seq}`} onClick={() => onCite(cite.messageId)}>
          {cite.seq}
        </button>
      </span>
    </span>
  );
}
