import type { Chat } from '../chat.js';
import type { Store } from '../store.js';
import { fill, type Texts } from '../texts/texts.js';
import type { AttachmentsView } from './attachments.js';
import { h, icon, onClick, setAttribute } from './dom.js';

const typingAgainMs = 3_000;
const typingEndsMs = 5_000;

export interface ComposerOptions {
  chat: Chat;
  store: Store;
  texts: Texts;
  attachments: AttachmentsView;
  say(text: string): void;
  onSent(): void;
}

/** Where the visitor writes. Enter sends, Shift+Enter begins a line; what is written survives a reload. */
export class ComposerView {
  readonly node: HTMLElement;
  readonly field: HTMLTextAreaElement;
  private readonly button: HTMLButtonElement;
  private toldTypingAt = 0;
  private typingTimer = 0;

  constructor(private readonly options: ComposerOptions) {
    const { texts, attachments, store } = options;
    this.field = h('textarea', { rows: '1', placeholder: texts.placeholder, 'aria-label': texts.placeholder, enterkeyhint: 'send', autocomplete: 'off', dir: 'auto' });
    const picker = h('input', { type: 'file', multiple: true, hidden: true, tabindex: '-1' });
    const clip = onClick(h('button', { class: 'clip', type: 'button', 'aria-label': texts.attach, title: texts.attach }, icon('clip')), () => picker.click());
    this.button = onClick(h('button', { class: 'send', type: 'button', 'aria-label': texts.send }, icon('send')), () => this.submit());
    this.node = h('div', { class: 'in' }, attachments.node, h('div', { class: 'row' }, this.field, clip, this.button, picker));
    picker.addEventListener('change', () => {
      attachments.add([...(picker.files ?? [])]);
      picker.value = '';
      this.field.focus();
    });
    this.field.value = store.get('draft') ?? '';
    this.field.addEventListener('input', () => this.changed());
    this.field.addEventListener('blur', () => this.tellTyping(false));
    this.field.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.submit();
    });
    this.field.addEventListener('paste', (event) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      attachments.add(files);
    });
    this.render();
  }

  /** Heights are known only once it is shown. */
  fit(): void {
    this.field.style.height = 'auto';
    this.field.style.height = `${Math.min(128, this.field.scrollHeight)}px`;
  }

  clear(): void {
    this.field.value = '';
    this.changed();
  }

  render(): void {
    const isReady = this.canSend();
    this.button.classList.toggle('ready', isReady);
    setAttribute(this.button, 'aria-disabled', isReady ? undefined : 'true');
  }

  private canSend(): boolean {
    const { attachments } = this.options;
    return !attachments.isBusy() && (this.field.value.trim() !== '' || !attachments.isEmpty());
  }

  private submit(): void {
    const { chat, texts, attachments, say, onSent } = this.options;
    const text = this.field.value.trim();
    const over = text.length - (chat.config?.limits.textMax ?? Infinity);
    if (over > 0) return say(fill(texts.tooLong, { n: over }));
    if (!this.canSend()) return;
    this.tellTyping(false);
    chat.sender.add(text, attachments.take());
    this.clear();
    this.field.focus();
    onSent();
  }

  private changed(): void {
    const { store } = this.options;
    if (this.field.value === '') store.remove('draft');
    else store.set('draft', this.field.value);
    this.fit();
    this.render();
    this.tellTyping(this.field.value.trim() !== '');
  }

  private tellTyping(on: boolean): void {
    clearTimeout(this.typingTimer);
    const now = Date.now();
    if (on) this.typingTimer = setTimeout(() => this.tellTyping(false), typingEndsMs);
    if (on ? now - this.toldTypingAt < typingAgainMs : this.toldTypingAt === 0) return;
    this.toldTypingAt = on ? now : 0;
    this.options.chat.tellTyping(on);
  }
}
