import type { Chat } from '../chat.js';
import type { Formats } from '../format.js';
import { linkify } from '../linkify.js';
import type { Attachment, Message } from '../protocol.js';
import { fill, type Texts } from '../texts/texts.js';
import type { Row } from '../timeline.js';
import { h, icon, onClick } from './dom.js';

export interface LogOptions {
  chat: Chat;
  texts: Texts;
  formats: Formats;
  /** Files come from there. */
  base: string;
  onChoice(text: string): void;
}

interface Drawn {
  look: string;
  node: HTMLElement;
}

const shownTypes = /^image\/(png|jpeg|gif|webp)$/;
const nearEnd = 60;

/** The list of what was said. Nodes are kept by key, so that only what is new is announced and nothing flickers. */
export class LogView {
  readonly node: HTMLElement;
  private readonly scroller: HTMLElement;
  private readonly log: HTMLElement;
  private readonly jump: HTMLButtonElement;
  private readonly typing: HTMLElement;
  private drawn = new Map<string, Drawn>();
  private lastRow = '';
  private isAtEnd = true;

  constructor(private readonly options: LogOptions) {
    const { texts, chat } = options;
    this.log = h('div', { class: 'log', role: 'log', 'aria-live': 'polite', 'aria-label': texts.history });
    this.typing = h('div', { class: 'b typing', role: 'img', hidden: true }, h('i'), h('i'), h('i'));
    this.scroller = h('div', { class: 'scroll', tabindex: '-1' }, this.log);
    this.jump = onClick(h('button', { class: 'jump', type: 'button', hidden: true }, texts.newMessages), () => this.toEnd());
    this.node = h('div', { class: 'mid' }, this.scroller, this.jump);
    this.scroller.addEventListener('scroll', () => {
      const { scrollTop, scrollHeight, clientHeight } = this.scroller;
      this.isAtEnd = scrollHeight - scrollTop - clientHeight < nearEnd;
      if (this.isAtEnd) this.jump.hidden = true;
      if (scrollTop < 40 && chat.more) void chat.loadOlder();
    }, { passive: true });
    // Pictures and a growing composer change heights after drawing.
    new ResizeObserver(() => { if (this.isAtEnd) this.toEnd(); }).observe(this.log);
    new ResizeObserver(() => { if (this.isAtEnd) this.toEnd(); }).observe(this.scroller);
  }

  render(): void {
    const { chat, formats } = this.options;
    const rows = chat.timeline.rows(formats.dayKey);
    const heightBefore = this.scroller.scrollHeight;
    const topBefore = this.scroller.scrollTop;
    const hadFirst = this.log.firstElementChild;
    this.place([...this.greeting(), ...rows.map((row) => this.draw(row))]);
    this.renderTyping();
    const last = rows.at(-1)?.key ?? '';
    if (this.isAtEnd) this.toEnd();
    else if (last !== this.lastRow) this.noticeNew(rows.at(-1));
    else if (this.log.firstElementChild !== hadFirst) this.scroller.scrollTop = topBefore + this.scroller.scrollHeight - heightBefore;
    this.lastRow = last;
  }

  toEnd(): void {
    this.isAtEnd = true;
    this.jump.hidden = true;
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  private noticeNew(row: Row | undefined): void {
    if (row?.kind === 'outgoing') this.toEnd();
    else this.jump.hidden = false;
  }

  /** Above the first message, once everything older is there. */
  private greeting(): Drawn[] {
    const { chat, texts } = this.options;
    if (chat.config === undefined || chat.more) return [];
    const text = chat.config.greeting ?? texts.greeting;
    return [this.keep('greeting', text + chat.config.companyName, () => h('div', { class: 'item' }, h('div', { class: 'who' }, chat.config?.companyName ?? ''), h('div', { class: 'b' }, ...this.linked(text))))];
  }

  private draw(row: Row): Drawn {
    const { texts, formats } = this.options;
    switch (row.kind) {
      case 'day':
        return this.keep(row.key, formats.day(row.at, Date.now()), (look) => h('div', { class: 'day' }, look));
      case 'line':
        return this.keep(row.key, this.lineText(row), (look) => h('div', { class: 'sys' }, look));
      case 'choices':
        return this.keep(row.key, JSON.stringify(row.choices), () => h('div', { class: 'q' }, ...row.choices.map((choice) => onClick(h('button', { type: 'button' }, choice), () => this.options.onChoice(choice)))));
      case 'outgoing':
        return this.keep(row.key, `out ${row.message.state}`, () => this.outgoing(row.message));
      case 'message': {
        const { message, mark } = row;
        const markText = mark === undefined ? '' : `${mark === 'seen' ? texts.seen : texts.delivered} · ${formats.time(message.at)}`;
        return this.keep(row.key, `${row.who} ${markText} ${message.text} ${(message.attachments ?? []).map(({ name }) => name).join()}`, () => this.message(row, markText));
      }
    }
  }

  private lineText(row: Row & { kind: 'line' }): string {
    const { texts, chat } = this.options;
    switch (row.line) {
      case 'takes_over': return fill(texts.takesOver, { name: row.name ?? chat.config?.companyName ?? '' });
      case 'handed_over': return texts.handedOver;
      case 'resolved': return texts.resolved;
      case 'continued_by_email': return texts.continuedByEmail;
    }
  }

  private message(row: Row & { kind: 'message' }, markText: string): HTMLElement {
    const { message } = row;
    const { formats, texts, chat } = this.options;
    const mine = message.by === 'you';
    const time = formats.time(message.at);
    const name = message.name ?? chat.config?.companyName ?? '';
    return h('div', { class: 'item' },
      mine ? h('span', { class: 'sr' }, `${texts.you}, ${time}`) : row.who ? h('div', { class: 'who' }, `${name} · ${time}`) : h('span', { class: 'sr' }, name),
      message.text !== '' && h('div', { class: mine ? 'b u' : 'b', title: time, dir: 'auto' }, ...this.linked(message.text)),
      ...(message.attachments ?? []).map((file) => this.attachment(file, message)),
      markText !== '' && h('div', { class: 'meta' }, markText));
  }

  private outgoing(message: (Row & { kind: 'outgoing' })['message']): HTMLElement {
    const { texts, chat, formats } = this.options;
    const { state, clientId } = message;
    const meta = state === 'failed'
      ? h('div', { class: 'meta' }, h('span', { class: 'no' }, texts.failed),
        onClick(h('button', { type: 'button' }, texts.retry), () => chat.sender.retry(clientId)),
        onClick(h('button', { type: 'button' }, texts.discard), () => chat.sender.discard(clientId)))
      : h('div', { class: 'meta' }, state === 'sent' ? `${texts.delivered} · ${formats.time(message.at)}` : state === 'sending' ? texts.sending : texts.waiting);
    return h('div', { class: 'item' },
      h('span', { class: 'sr' }, texts.you),
      message.text !== '' && h('div', { class: state === 'sent' ? 'b u' : 'b u late', dir: 'auto' }, ...this.linked(message.text)),
      ...message.uploads.map((file) => h('div', { class: 'file u' }, icon('file'), h('span', {}, file.name), h('small', {}, formats.size(file.size)))),
      meta);
  }

  private attachment(file: Attachment, message: Message): HTMLElement {
    const mine = message.by === 'you' ? ' u' : '';
    const href = new URL(file.url, this.options.base).href;
    const link = { href, target: '_blank', rel: 'noopener noreferrer' };
    if (!shownTypes.test(file.mime)) return h('a', { ...link, class: `file${mine}`, download: file.name }, icon('file'), h('span', {}, file.name), h('small', {}, this.options.formats.size(file.size)));
    const picture = h('img', { class: 'pic', src: href, alt: file.name, loading: 'lazy' });
    return h('a', { ...link, class: `pl${mine}` }, picture);
  }

  private linked(text: string): Node[] {
    return linkify(text).map(({ text: words, href }) => (href === undefined ? document.createTextNode(words) : h('a', { href, target: '_blank', rel: 'noopener noreferrer nofollow' }, words)));
  }

  private renderTyping(): void {
    const { chat, texts } = this.options;
    const { typing } = chat;
    this.typing.hidden = typing === undefined;
    if (typing !== undefined) this.typing.setAttribute('aria-label', fill(texts.typing, { name: typing }));
    if (this.log.lastElementChild !== this.typing) this.log.append(this.typing);
  }

  private keep(key: string, look: string, make: (look: string) => HTMLElement): Drawn & { key: string } {
    const known = this.drawn.get(key);
    return known?.look === look ? { ...known, key } : { key, look, node: make(look) };
  }

  private place(wanted: Drawn[]): void {
    const next = new Map<string, Drawn>();
    let after: Element | null = this.log.firstElementChild;
    const keep = new Set(wanted.map(({ node }) => node));
    for (const item of wanted as (Drawn & { key: string })[]) {
      next.set(item.key, item);
      while (after !== null && after !== this.typing && !keep.has(after as HTMLElement)) after = removed(after);
      if (after === item.node) after = after.nextElementSibling;
      else this.log.insertBefore(item.node, after);
    }
    while (after !== null && after !== this.typing) after = removed(after);
    this.drawn = next;
  }
}

function removed(element: Element): Element | null {
  const next = element.nextElementSibling;
  element.remove();
  return next;
}
