import { ApiError } from '../api.js';
import type { Chat } from '../chat.js';
import { fill, type Texts } from '../texts/texts.js';
import { h, onClick } from './dom.js';

type Mode = { show: 'line' } | { show: 'address'; fault?: string } | { show: 'code'; address: string; fault?: string };

/** Where the answer goes when the visitor leaves; asks for the address, and lets them confirm it by a code. */
export class FooterView {
  readonly node = h('div', { class: 'ft' });
  private mode: Mode = { show: 'line' };
  private drawn = '';
  private canConfirm = true;
  private notice: string | undefined;

  constructor(private readonly options: { chat: Chat; texts: Texts; focusBack(): void }) {}

  /** Opens the form for the address. */
  edit(): void {
    this.enter({ show: 'address' });
  }

  /** `true` when there was something to leave. */
  leave(): boolean {
    if (this.mode.show === 'line') return false;
    this.enter({ show: 'line' });
    this.options.focusBack();
    return true;
  }

  render(): void {
    const { chat } = this.options;
    const look = JSON.stringify([this.mode, chat.session?.email, chat.config?.continueByEmail, chat.timeline.hasOwn(), this.canConfirm, this.notice]);
    if (look === this.drawn) return;
    this.drawn = look;
    this.node.replaceChildren(...this.content());
    this.node.querySelector('input')?.focus();
  }

  private content(): Node[] {
    const { mode } = this;
    if (mode.show === 'address') return this.addressForm(mode.fault);
    if (mode.show === 'code') return this.codeForm(mode.address, mode.fault);
    const { chat } = this.options;
    if (this.notice !== undefined) return [h('span', { role: 'status' }, this.notice)];
    if (chat.config?.continueByEmail !== true) return [];
    return chat.session?.email === undefined ? this.invitation() : this.addressLine(chat.session.email);
  }

  private invitation(): Node[] {
    const { chat, texts } = this.options;
    return chat.timeline.hasOwn() ? [h('span', {}, `${texts.noAddress} `), this.action(texts.addAddress, () => this.edit())] : [];
  }

  private addressLine(email: { address: string; proof: string }): Node[] {
    const { texts } = this.options;
    const parts: Node[] = [h('span', {}, fill(texts.ifYouLeave, { address: email.address }))];
    if (email.proof === 'verified') parts.push(h('span', { class: 'okay' }, ` ✓ ${texts.confirmed}`));
    else if (email.proof === 'claimed' && this.canConfirm) parts.push(new Text(' · '), this.action(texts.confirm, () => void this.sendCode(email.address)));
    return [...parts, new Text(' · '), this.action(texts.change, () => this.edit())];
  }

  private addressForm(fault: string | undefined): Node[] {
    const { texts, chat } = this.options;
    const field = h('input', { type: 'email', name: 'email', autocomplete: 'email', placeholder: texts.addressLabel, 'aria-label': texts.addressLabel, 'aria-invalid': fault === undefined ? undefined : 'true' });
    field.value = chat.session?.email?.address ?? '';
    return this.form({ field, fault, hint: undefined, label: texts.save, submit: (value) => this.saveAddress(value) });
  }

  private codeForm(address: string, fault: string | undefined): Node[] {
    const { texts } = this.options;
    const field = h('input', { type: 'text', inputmode: 'numeric', autocomplete: 'one-time-code', maxlength: '6', placeholder: texts.codeLabel, 'aria-label': texts.codeLabel });
    return this.form({ field, fault, hint: fill(texts.codeSent, { address }), label: texts.check, submit: (value) => this.checkCode(value, address) });
  }

  private form(parts: { field: HTMLInputElement; fault: string | undefined; hint: string | undefined; label: string; submit: (value: string) => Promise<void> }): Node[] {
    const { texts } = this.options;
    const form = h('form', { novalidate: true }, parts.field, h('button', { class: 'do', type: 'submit' }, parts.label), onClick(h('button', { class: 'no', type: 'button' }, texts.cancel), () => this.leave()));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void parts.submit(parts.field.value.trim());
    });
    const words = parts.fault ?? parts.hint;
    return [words === undefined ? '' : h('p', { class: parts.fault === undefined ? '' : 'bad', role: parts.fault === undefined ? 'status' : 'alert' }, words), form].map((part) => (typeof part === 'string' ? new Text(part) : part));
  }

  private async saveAddress(address: string): Promise<void> {
    const { texts, chat, focusBack } = this.options;
    if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address)) return this.enter({ show: 'address', fault: texts.badAddress });
    try {
      await chat.identify({ email: address });
      this.enter({ show: 'line' });
      focusBack();
    } catch (error) {
      this.enter({ show: 'address', fault: error instanceof ApiError && error.code === 'bad_request' ? texts.badAddress : texts.tryLater });
    }
  }

  private async sendCode(address: string): Promise<void> {
    const { texts, chat } = this.options;
    const result = await chat.startProof().then((answer) => answer.result, (error: unknown) => (error instanceof ApiError && error.code === 'too_many' ? 'too_many' as const : 'failed' as const));
    if (result === 'sent') return this.enter({ show: 'code', address });
    if (result === 'no_mailbox') this.canConfirm = false;
    this.say(result === 'no_mailbox' ? texts.codeImpossible : result === 'too_many' ? texts.codeTooMany : texts.tryLater);
  }

  private async checkCode(code: string, address: string): Promise<void> {
    const { texts, chat, focusBack } = this.options;
    const result = await chat.finishProof(code).catch(() => 'wrong' as const);
    if (result === 'wrong') return this.enter({ show: 'code', address, fault: texts.codeWrong });
    this.enter({ show: 'line' });
    if (result === 'expired') this.say(texts.codeExpired);
    focusBack();
  }

  private say(text: string): void {
    this.notice = text;
    this.render();
    setTimeout(() => {
      this.notice = undefined;
      this.render();
    }, 6_000);
  }

  private enter(mode: Mode): void {
    this.mode = mode;
    this.notice = undefined;
    this.render();
  }

  private action(label: string, run: () => void): HTMLElement {
    return onClick(h('button', { class: 'a', type: 'button' }, label), run);
  }
}
