import { ExternalLink } from 'lucide-react';
import type { ChannelType, ChannelView } from '../../../lib/shapes.js';
import { filledFor } from '../model/set-up-text.js';
import { CopyField } from './copy-field.js';
import styles from './set-up-steps.module.css';

/** What to do at the provider, in order, with what to copy where. Open while a channel is made, folded afterwards. */
export function SetUpSteps({ type, channel }: { type: ChannelType; channel: ChannelView | undefined }) {
  if (type.setUp.length === 0) return null;
  return (
    <details className={styles['steps']} open={channel === undefined || channel.lastInAt === undefined}>
      <summary>How to connect it, step by step</summary>
      <ol>
        {type.setUp.map((step) => (
          <li key={step.title}>
            <b>{step.title}</b>
            <p>
              {step.text}{' '}
              {step.link !== undefined && (
                <a href={step.link} target="_blank" rel="noopener noreferrer">
                  {new URL(step.link).hostname} <ExternalLink size={12} aria-hidden />
                </a>
              )}
            </p>
            {(step.copy ?? []).map((item) => {
              const text = filledFor(item.value, channel);
              return text === undefined ? <p key={item.label} className={styles['later']}>{item.label}: shown here once the channel is saved.</p> : <Copyable key={item.label} label={item.label} text={text} />;
            })}
          </li>
        ))}
      </ol>
    </details>
  );
}

function Copyable({ label, text }: { label: string; text: string }) {
  return (
    <div className={styles['copy']}>
      <small>{label}</small>
      <CopyField text={text} label={label} />
    </div>
  );
}
