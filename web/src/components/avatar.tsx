import { initials } from '../lib/initials.js';
import type { ChannelKind } from '../lib/shapes.js';
import { ChannelIcon } from './channel-icon.js';
import { cx } from '../lib/cx.js';
import styles from './avatar.module.css';

interface AvatarProps {
  name: string;
  size: 28 | 32 | 34 | 44;
  /** `house`: one of us; `bot`: software. */
  tone?: 'person' | 'house' | 'bot';
  /** A badge at the lower right. */
  channel?: ChannelKind;
  online?: boolean;
}

/** Initials in a circle. The name is always written beside it, so that it says nothing to screen readers. */
export function Avatar({ name, size, tone = 'person', channel, online }: AvatarProps) {
  return (
    <span className={cx(styles['avatar'], styles[`s${size}`])} data-tone={tone} aria-hidden>
      {initials(name)}
      {channel !== undefined && (
        <i className={styles['badge']}>
          <ChannelIcon kind={channel} size={11} />
        </i>
      )}
      {online !== undefined && <i className={styles['dot']} data-on={online || undefined} />}
    </span>
  );
}

/** The owner of a conversation, small; an empty dashed ring when it is nobody's. */
export function Owner({ name }: { name: string | undefined }) {
  if (name === undefined) return <span className={cx(styles['owner'], styles['nobody'])} title="Nobody's" role="img" aria-label="unassigned" />;
  return (
    <span className={styles['owner']} title={name} role="img" aria-label={`assigned to ${name}`}>
      {initials(name)}
    </span>
  );
}
