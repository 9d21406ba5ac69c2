import { ApiError, type Api } from '../api.js';
import type { Config, Upload } from '../protocol.js';
import type { Formats } from '../format.js';
import { fill, type Texts } from '../texts/texts.js';
import { h, icon, onClick } from './dom.js';

interface Chip {
  node: HTMLElement;
  upload?: Upload;
  abort(): void;
}

export interface AttachmentsOptions {
  api: Api;
  texts: Texts;
  formats: Formats;
  limits(): Config['limits'] | undefined;
  /** A visitor without a session gets one. */
  ready(): Promise<unknown>;
  say(text: string): void;
  onChange(): void;
}

/** Files chosen for the next message; each is uploaded at once, with its progress shown. */
export class AttachmentsView {
  readonly node = h('div', { class: 'chips', hidden: true });
  private chips: Chip[] = [];

  constructor(private readonly options: AttachmentsOptions) {}

  add(files: Iterable<File>): void {
    const { texts, formats } = this.options;
    const limits = this.options.limits();
    if (limits === undefined) return;
    for (const file of files) {
      if (this.chips.length >= limits.filesPerMessage) this.options.say(fill(texts.tooManyFiles, { n: limits.filesPerMessage }));
      else if (file.size > limits.fileMax) this.options.say(fill(texts.tooLarge, { name: file.name, size: formats.size(limits.fileMax) }));
      else if (file.size > 0) this.begin(file);
    }
    this.changed();
  }

  isBusy(): boolean {
    return this.chips.some(({ upload }) => upload === undefined);
  }

  isEmpty(): boolean {
    return this.chips.length === 0;
  }

  /** What is uploaded; the list is empty afterwards. */
  take(): Upload[] {
    const uploads = this.chips.flatMap(({ upload }) => (upload === undefined ? [] : [upload]));
    this.chips = [];
    this.changed();
    return uploads;
  }

  private begin(file: File): void {
    const { texts, formats } = this.options;
    const bar = h('progress', { max: '1', value: '0', 'aria-label': file.name });
    const away = h('button', { type: 'button', 'aria-label': fill(texts.removeFile, { name: file.name }) }, icon('close'));
    const chip: Chip = { node: h('div', { class: 'chip' }, icon('file'), h('span', {}, file.name), h('small', {}, formats.size(file.size)), away, bar), abort: () => undefined };
    onClick(away, () => {
      chip.abort();
      this.remove(chip);
    });
    this.chips.push(chip);
    this.upload(file, chip, bar).catch((error: unknown) => {
      const code = error instanceof ApiError ? error.code : '';
      if (code !== 'aborted') this.options.say(code === 'too_large' ? fill(texts.tooLarge, { name: file.name, size: formats.size(this.options.limits()?.fileMax ?? 0) }) : fill(texts.uploadFailed, { name: file.name }));
      this.remove(chip);
    });
  }

  private async upload(file: File, chip: Chip, bar: HTMLProgressElement): Promise<void> {
    await this.options.ready();
    if (!this.chips.includes(chip)) return;
    const { done, abort } = this.options.api.upload(file, (share) => { bar.value = share; });
    chip.abort = abort;
    chip.upload = await done;
    bar.hidden = true;
    this.changed();
  }

  private remove(chip: Chip): void {
    this.chips = this.chips.filter((other) => other !== chip);
    this.changed();
  }

  private changed(): void {
    this.node.hidden = this.chips.length === 0;
    this.node.replaceChildren(...this.chips.map(({ node }) => node));
    this.options.onChange();
  }
}
