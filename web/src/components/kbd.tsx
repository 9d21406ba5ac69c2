import { keyName } from '../lib/keys/key-names.js';
import styles from './kbd.module.css';

/** A key, shown where it is used. `bright` is for filled buttons. Says nothing to screen readers: the button has `aria-keyshortcuts`. */
export function Kbd({ of, bright = false }: { of: string; bright?: boolean }) {
  return (
    <kbd className={styles['kbd']} data-bright={bright || undefined} aria-hidden>
      {keyName(of, isMac())}
    </kbd>
  );
}

function isMac(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent);
}
