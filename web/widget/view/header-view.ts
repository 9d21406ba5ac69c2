import type { Chat } from '../chat.js';
import type { Formats } from '../format.js';
import { fill, type Texts } from '../texts/texts.js';
import { h, icon, onClick, setAttribute, setText } from './dom.js';

export interface HeaderOptions {
  chat: Chat;
  texts: Texts;
  formats: Formats;
  close(): void;
  editAddress(): void;
  forget(): void;
}

/** Who answers, and when; the menu. */
export class HeaderView {
  readonly node: HTMLElement;
  readonly title = h('h2', { tabindex: '-1', id: 'title' });
  private readonly avatar = h('div', { class: 'av', 'aria-hidden': 'true' });
  private readonly when = h('small');
  private readonly menuButton: HTMLButtonElement;
  private readonly menu: HTMLElement;
  private readonly forget: HTMLButtonElement;
  private isSure = false;

  constructor(private readonly options: HeaderOptions) {
    const { texts } = options;
    this.menuButton = onClick(h('button', { class: 'tool', type: 'button', 'aria-label': texts.more, 'aria-haspopup': 'menu', 'aria-expanded': 'false' }, icon('more')), () => this.toggle());
    this.forget = onClick(h('button', { type: 'button', role: 'menuitem' }, texts.forget), () => this.forgetMe());
    const address = onClick(h('button', { type: 'button', role: 'menuitem' }, texts.addressForAnswers), () => {
      this.hideMenu();
      options.editAddress();
    });
    address.hidden = true;
    this.menu = h('div', { class: 'menu', role: 'menu', hidden: true }, address, this.forget);
    this.menu.addEventListener('keydown', (event) => this.move(event));
    const close = onClick(h('button', { class: 'tool x', type: 'button', 'aria-label': texts.closeChat }, icon('close')), options.close);
    this.node = h('div', { class: 'top' }, this.avatar, h('div', { class: 'name' }, this.title, this.when), this.menuButton, close, this.menu);
  }

  render(): void {
    const { chat } = this.options;
    const company = chat.config?.companyName ?? '';
    setText(this.title, chat.person === undefined ? company : `${chat.person}, ${company}`);
    setText(this.avatar, initials(chat.person ?? company));
    setText(this.when, this.whenText());
    const [address] = this.menu.children;
    if (address instanceof HTMLElement) address.hidden = chat.config?.continueByEmail !== true;
  }

  /** `true` when it was open. */
  hideMenu(): boolean {
    const wasOpen = !this.menu.hidden;
    this.menu.hidden = true;
    this.isSure = false;
    setText(this.forget, this.options.texts.forget);
    this.forget.classList.remove('sure');
    setAttribute(this.menuButton, 'aria-expanded', 'false');
    return wasOpen;
  }

  focusMenuButton(): void {
    this.menuButton.focus();
  }

  private toggle(): void {
    if (this.hideMenu()) return;
    this.menu.hidden = false;
    setAttribute(this.menuButton, 'aria-expanded', 'true');
    this.items()[0]?.focus();
  }

  private move(event: KeyboardEvent): void {
    const items = this.items();
    const at = items.indexOf(event.target as HTMLElement);
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    items[(at + step + items.length) % items.length]?.focus();
  }

  private items(): HTMLElement[] {
    return [...this.menu.children].filter((item): item is HTMLElement => item instanceof HTMLElement && !item.hidden);
  }

  /** Asked once more in the same place. */
  private forgetMe(): void {
    if (this.isSure) {
      this.hideMenu();
      this.options.forget();
      this.title.focus();
      return;
    }
    this.isSure = true;
    setText(this.forget, this.options.texts.forgetSure);
    this.forget.classList.add('sure');
  }

  private whenText(): string {
    const { chat, texts, formats } = this.options;
    if (chat.config === undefined) return '';
    const { opening, answer } = chat.config;
    if (opening.openNow) return fill(answer.measured ? texts.usually : texts.aims, { time: formats.minutes(answer.minutes) });
    return opening.opensAt === undefined ? texts.closed : fill(texts.closedUntil, { when: formats.opening(opening.opensAt, Date.now()) });
  }
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  const first = [...(words[0] ?? '')][0] ?? '';
  const last = words.length > 1 ? ([...(words.at(-1) ?? '')][0] ?? '') : '';
  return (first + last).toUpperCase();
}
