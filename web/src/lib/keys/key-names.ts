const names: Record<string, string> = { enter: '↵', escape: 'Esc', up: '↑', down: '↓', ' ': 'Space' };

/** How a key is written on this machine: "⌘↵", "Ctrl ↵", "E". */
export function keyName(key: string, isMac: boolean): string {
  return key
    .split(' ')
    .map((stroke) => strokeName(stroke, isMac))
    .join(' then ');
}

function strokeName(stroke: string, isMac: boolean): string {
  const parts = stroke.split('+').filter((part) => part !== '');
  const last = parts.pop() ?? stroke;
  const mods = parts.map((part) => (part === 'mod' ? (isMac ? '⌘' : 'Ctrl') : part === 'shift' ? (isMac ? '⇧' : 'Shift') : part));
  const name = names[last] ?? (last.length === 1 ? last.toUpperCase() : last);
  return [...mods, name].join(isMac ? '' : ' ');
}
