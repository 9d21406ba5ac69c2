import { createContext, use, useEffect, useRef, useState, useSyncExternalStore, type ReactNode } from 'react';
import { Keyboard, strokeOf, type Binding } from './keyboard.js';

const KeyboardContext = createContext<Keyboard | undefined>(undefined);

/** Listens to the page's keys for everything below. */
export function KeyboardProvider({ children }: { children: ReactNode }) {
  const [keyboard] = useState(() => new Keyboard());
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.altKey) return;
      const stroke = strokeOf(event);
      if (stroke === undefined || isInLayer(event.target)) return;
      if (keyboard.press(stroke, { inField: isField(event.target), at: event.timeStamp })) event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [keyboard]);
  return <KeyboardContext value={keyboard}>{children}</KeyboardContext>;
}

/** Keys that work while the caller is shown. The bindings may be new at every render; `active: false` takes them away. */
export function useKeys(bindings: readonly Binding[], active = true): void {
  const keyboard = useKeyboard();
  const latest = useRef(bindings);
  useEffect(() => {
    latest.current = bindings;
  });
  const shape = bindings.map((binding) => `${binding.key}\t${binding.label}`).join('\n');
  useEffect(() => {
    if (!active) return undefined;
    return keyboard.add(latest.current.map((binding) => ({ ...binding, run: () => latest.current.find((other) => other.key === binding.key)?.run() })));
  }, [keyboard, shape, active]);
}

/** Every key that works now, for the help. */
export function useAllKeys(): readonly Binding[] {
  const keyboard = useKeyboard();
  return useSyncExternalStore(keyboard.subscribe, keyboard.all);
}

function useKeyboard(): Keyboard {
  const keyboard = use(KeyboardContext);
  if (keyboard === undefined) throw new Error('useKeys outside of KeyboardProvider');
  return keyboard;
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));
}

/** Menus and dialogs have their own keys. */
function isInLayer(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('[role="dialog"], [role="menu"], [role="listbox"]') !== null;
}
