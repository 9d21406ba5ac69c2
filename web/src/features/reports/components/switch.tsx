import styles from './sections.module.css';

/** One of two ways of looking, small enough for a heading. */
export function Switch({ on, labels, onSwitch }: { on: boolean; labels: readonly [string, string]; onSwitch: (on: boolean) => void }) {
  return (
    <span className={styles['switch']} role="group">
      {labels.map((label, index) => (
        <button key={label} type="button" aria-pressed={on === (index === 1)} onClick={() => onSwitch(index === 1)}>
          {label}
        </button>
      ))}
    </span>
  );
}
