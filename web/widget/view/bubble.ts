import type { Api } from '../api.js';
import type { Chat } from '../chat.js';
import { formatsFor } from '../format.js';
import type { Store } from '../store.js';
import { fill, textsFor, type Texts } from '../texts/texts.js';
import { AttachmentsView } from './attachments.js';
import { accentStyle } from './colours.js';
import { ComposerView } from './composer-view.js';
import { h, icon, onClick, setAttribute, setText } from './dom.js';
import { FooterView } from './footer-view.js';
import { HeaderView } from './header-view.js';
import { LogView } from './log-view.js';
import { styles } from './styles.js';

export interface BubbleOptions {
  chat: Chat;
  api: Api;
  /** Lasts as long as the tab. */
  tab: Store;
  language: string;
  theme: string | undefined;
  /** Folder that `widget.js` lies in. */
  base: string;
  onOpen(isOpen: boolean): void;
}

/** The whole bubble in its shadow root: launcher, panel, and what the keyboard does. */
export class Bubble {
  isOpen = false;
  private readonly texts: Texts;
  private readonly host = h('div', { id: 'rapport-bubble' });
  private readonly shadow = this.host.attachShadow({ mode: 'open' });
  private readonly root = h('div', { class: 'root' });
  private readonly launcher: HTMLButtonElement;
  private readonly badge = h('span', { class: 'badge', hidden: true, 'aria-hidden': 'true' });
  private readonly panel: HTMLElement;
  private readonly status = h('div', { class: 'status', role: 'status', hidden: true });
  private readonly dropHint: HTMLElement;
  private readonly header: HeaderView;
  private readonly log: LogView;
  private readonly composer: ComposerView;
  private readonly footer: FooterView;
  private readonly darkWanted = matchMedia('(prefers-color-scheme: dark)');
  private note: string | undefined;
  private isLate = false;
  private lateTimer = 0;

  constructor(private readonly options: BubbleOptions) {
    const { chat, api, tab, language, base } = options;
    const texts = this.texts = textsFor(language);
    const formats = formatsFor(language, navigator.language);
    this.launcher = onClick(h('button', { class: 'bub', type: 'button', 'aria-expanded': 'false' }), () => (this.isOpen ? this.close() : this.open()));
    this.log = new LogView({ chat, texts, formats, base, onChoice: (text) => { chat.sender.add(text, []); this.log.toEnd(); this.composer.field.focus(); } });
    const attachments = new AttachmentsView({
      api, texts, formats, limits: () => chat.config?.limits, ready: () => chat.ready(),
      say: (text) => this.say(text), onChange: () => this.composer?.render(),
    });
    this.composer = new ComposerView({ chat, store: tab, texts, attachments, say: (text) => this.say(text), onSent: () => this.log.toEnd() });
    this.footer = new FooterView({ chat, texts, focusBack: () => this.composer.field.focus() });
    this.header = new HeaderView({ chat, texts, formats, close: () => this.close(), editAddress: () => this.footer.edit(), forget: () => this.forget() });
    this.dropHint = h('div', { class: 'drop', hidden: true }, texts.drop);
    this.panel = h('div', { class: 'app', role: 'dialog', 'aria-labelledby': 'label', hidden: true, lang: language },
      h('span', { class: 'sr', id: 'label' }), this.header.node, this.log.node, this.status, this.composer.node, this.footer.node, this.dropHint);
    this.root.append(this.panel, this.launcher);
    this.shadow.append(this.root);
    this.listen(attachments);
    applyStyles(this.shadow);
    this.darkWanted.addEventListener('change', () => this.render());
  }

  mount(): void {
    document.body.append(this.host);
    this.render();
  }

  unmount(): void {
    this.host.remove();
  }

  open(): void {
    if (this.isOpen) return;
    this.isOpen = true;
    this.panel.hidden = false;
    this.options.onOpen(true);
    this.render();
    this.composer.fit();
    this.log.toEnd();
    // On a touch screen the keyboard would cover what one came to read.
    if (matchMedia('(pointer: coarse)').matches) this.header.title.focus();
    else this.composer.field.focus();
  }

  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.panel.hidden = true;
    this.header.hideMenu();
    this.options.onOpen(false);
    this.render();
    this.launcher.focus();
  }

  /** Forgets the visitor on this device, and what they had begun to write. */
  forget(): void {
    this.options.chat.reset();
    this.composer.clear();
  }

  render(): void {
    const { chat, theme } = this.options;
    const isDark = theme === 'dark' || (theme !== 'light' && this.darkWanted.matches);
    this.root.className = `root${isDark ? ' dark' : ''}${chat.config?.position === 'left' ? ' left' : ''}${this.isOpen ? ' full' : ''}`;
    for (const [name, value] of Object.entries(accentStyle(chat.config?.accent, isDark))) this.root.style.setProperty(name, value);
    this.renderLauncher();
    if (!this.isOpen) return;
    setText(this.panel.firstElementChild ?? this.panel, fill(this.texts.chatWith, { name: chat.config?.companyName ?? '' }));
    this.header.render();
    this.log.render();
    this.footer.render();
    this.renderStatus();
  }

  private renderLauncher(): void {
    const { chat } = this.options;
    const unread = this.isOpen ? 0 : chat.timeline.unread();
    const label = this.isOpen ? this.texts.closeChat : this.texts.openChat;
    setAttribute(this.launcher, 'aria-label', unread > 0 ? `${label}, ${fill(this.texts.unread, { n: unread })}` : label);
    setAttribute(this.launcher, 'aria-expanded', String(this.isOpen));
    if (this.launcher.dataset['sign'] !== String(this.isOpen)) {
      this.launcher.dataset['sign'] = String(this.isOpen);
      this.launcher.replaceChildren(icon(this.isOpen ? 'down' : 'chat'), this.badge);
    }
    this.badge.hidden = unread === 0;
    setText(this.badge, unread > 99 ? '99+' : String(unread));
  }

  /** A line that was lost a moment ago is not worth a word; one that stays lost is. */
  private renderStatus(): void {
    const { link } = this.options.chat;
    const isDown = link === 'down' || (link === 'connecting' && !this.options.chat.isReady);
    if (!isDown) {
      clearTimeout(this.lateTimer);
      this.lateTimer = 0;
      this.isLate = false;
    } else if (this.lateTimer === 0) {
      this.lateTimer = setTimeout(() => {
        this.isLate = true;
        this.render();
      }, 2_000);
    }
    const words = this.note ?? (isDown && !navigator.onLine ? this.texts.offline : isDown && this.isLate ? this.texts.reconnecting : undefined);
    setText(this.status, words ?? '');
    this.status.hidden = words === undefined;
  }

  private say(text: string): void {
    this.note = text;
    this.renderStatus();
    setTimeout(() => {
      if (this.note === text) this.note = undefined;
      this.renderStatus();
    }, 6_000);
  }

  private listen(attachments: AttachmentsView): void {
    addEventListener('online', () => this.render());
    addEventListener('offline', () => this.render());
    this.panel.addEventListener('keydown', (event) => this.key(event));
    this.panel.addEventListener('pointerdown', (event) => {
      if (!event.composedPath().some((node) => node instanceof Element && (node.classList.contains('menu') || node.classList.contains('tool')))) this.header.hideMenu();
    });
    this.panel.addEventListener('dragover', (event) => {
      if (event.dataTransfer?.types.includes('Files') !== true) return;
      event.preventDefault();
      this.dropHint.hidden = false;
    });
    this.panel.addEventListener('dragleave', (event) => {
      if (!(event.relatedTarget instanceof Node && this.panel.contains(event.relatedTarget))) this.dropHint.hidden = true;
    });
    this.panel.addEventListener('drop', (event) => {
      this.dropHint.hidden = true;
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      attachments.add(files);
    });
  }

  private key(event: KeyboardEvent): void {
    // The page's own shortcuts are not meant for what is written here.
    event.stopPropagation();
    if (event.key === 'Escape' && !event.isComposing) {
      event.preventDefault();
      if (this.header.hideMenu()) this.header.focusMenuButton();
      else if (!this.footer.leave()) this.close();
    }
    if (event.key === 'Tab') this.keepInside(event);
  }

  /** From the last thing in the panel on to the first, and back. */
  private keepInside(event: KeyboardEvent): void {
    const stops = [...this.panel.querySelectorAll<HTMLElement>('button,a[href],textarea,input:not([hidden])')].filter((stop) => stop.tabIndex >= 0 && stop.offsetParent !== null);
    const edge = event.shiftKey ? stops[0] : stops.at(-1);
    const isOutside = !stops.includes(this.shadow.activeElement as HTMLElement);
    if (this.shadow.activeElement !== edge && !(isOutside && event.shiftKey)) return;
    event.preventDefault();
    (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
  }
}

function applyStyles(shadow: ShadowRoot): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    shadow.adoptedStyleSheets = [sheet];
  } catch {
    shadow.append(h('style', {}, styles));
  }
}
