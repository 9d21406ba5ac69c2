import { createContext, use, useCallback, useMemo, useRef, useState, type ReactNode } from 'react';
import { TriangleAlert, X } from 'lucide-react';
import { useKeys } from '../lib/keys/use-keys.js';
import { Kbd } from './kbd.js';
import styles from './toaster.module.css';

export interface Toast {
  text: string;
  tone?: 'calm' | 'bad';
  /** What takes it back; also on the key Z. */
  undo?: () => void;
}

interface Shown extends Toast {
  id: number;
}

const ToasterContext = createContext<((toast: Toast) => void) | undefined>(undefined);
const staysMs = { calm: 8000, bad: 12_000 } as const;

/** Shows short notices below everything else, the newest last, at most three. */
export function ToasterProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly Shown[]>([]);
  const nextId = useRef(1);
  const close = useCallback((id: number) => setToasts((shown) => shown.filter((toast) => toast.id !== id)), []);
  const show = useCallback(
    (toast: Toast) => {
      const id = nextId.current++;
      setToasts((shown) => [...shown.slice(-2), { ...toast, id }]);
      setTimeout(() => close(id), staysMs[toast.tone ?? 'calm']);
    },
    [close],
  );
  const undoable = toasts.findLast((toast) => toast.undo !== undefined);
  const undo = (toast: Shown) => {
    close(toast.id);
    toast.undo?.();
  };
  useKeys([{ key: 'z', label: 'Undo what was just done', group: 'Conversation', run: () => undoable !== undefined && undo(undoable) }], undoable !== undefined);
  const value = useMemo(() => show, [show]);
  return (
    <ToasterContext value={value}>
      {children}
      <div className={styles['place']} role="status" aria-live="polite">
        {toasts.map((toast) => (
          <div key={toast.id} className={styles['toast']} data-tone={toast.tone ?? 'calm'}>
            {toast.tone === 'bad' && <TriangleAlert size={16} strokeWidth={1.8} aria-hidden />}
            <span>{toast.text}</span>
            {toast.undo !== undefined && (
              <button type="button" className={styles['undo']} onClick={() => undo(toast)} aria-keyshortcuts="z">
                Undo {toast === undoable && <Kbd of="z" bright />}
              </button>
            )}
            <button type="button" className={styles['close']} onClick={() => close(toast.id)} aria-label="Close">
              <X size={14} />
            </button>
          </div>
        ))}
      </div>
    </ToasterContext>
  );
}

/** Shows a notice. */
export function useToast(): (toast: Toast) => void {
  const show = use(ToasterContext);
  if (show === undefined) throw new Error('useToast outside of ToasterProvider');
  return show;
}
