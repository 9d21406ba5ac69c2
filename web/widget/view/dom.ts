type Child = Node | string | undefined | false;

/** Makes an element. Text becomes text nodes: nothing here ever parses HTML. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, props: Record<string, string | boolean | undefined> = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) setAttribute(element, name, value);
  for (const child of children) if (child !== undefined && child !== false) element.append(child);
  return element;
}

export function setAttribute(element: Element, name: string, value: string | boolean | undefined): void {
  if (value === undefined || value === false) element.removeAttribute(name);
  else if (element.getAttribute(name) !== (value === true ? '' : value)) element.setAttribute(name, value === true ? '' : value);
}

/** Sets text only when it differs, so that a screen reader is not told the same twice. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

export function onClick<T extends HTMLElement>(element: T, listener: () => void): T {
  element.addEventListener('click', listener);
  return element;
}

const paths = {
  chat: 'M21 12a8 8 0 0 1-8 8H4l2-3.2A8 8 0 1 1 21 12Z',
  down: 'm6 9 6 6 6-6',
  more: 'M5 12v.1M12 12v.1M19 12v.1',
  close: 'M6 6l12 12M18 6 6 18',
  clip: 'm20 11-8.5 8.5a5 5 0 0 1-7-7L13 4a3.5 3.5 0 0 1 5 5l-8.500 8.500a2 2 0 0 1-3-3L14 7',
  send: 'M5 12h13M12 6l6 6-6 6',
  file: 'M7 3h7l4 4v14H7zM14 3v4h4',
};

/** A drawn sign; never read out. */
export function icon(name: keyof typeof paths): SVGSVGElement {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'i');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(space, 'path');
  path.setAttribute('d', paths[name]);
  svg.append(path);
  return svg;
}
