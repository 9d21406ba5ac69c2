import type { Locator, Page } from 'playwright-core';

/** What the functions below find in the browser, where they run. */
interface Browser {
  getComputedStyle(element: unknown): { getPropertyValue(property: string): string };
}

/** A length in pixels that the browser has worked out for an element. */
export async function pixels(element: Locator, property: string): Promise<number> {
  return parseFloat(await styleOf(element, property));
}

export async function styleOf(element: Locator, property: string): Promise<string> {
  return element.evaluate((node, name) => (globalThis as unknown as Browser).getComputedStyle(node).getPropertyValue(name), property);
}

/** How wide the page would like to be: more than it is means that something sticks out. */
export async function widthOf(page: Page, selector: string): Promise<number> {
  return page.evaluate<number>(`document.querySelector('${selector}').scrollWidth`);
}

export async function focusedText(page: Page): Promise<string> {
  return page.evaluate<string>('document.activeElement?.textContent ?? ""');
}
