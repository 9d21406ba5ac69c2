import type { ServerResponse } from 'node:http';
import type { SignedIn } from '../auth/sign-in.js';
import type { Frame } from './frames.js';

/** Bytes that may wait for a browser that does not read; then it is cut off, and comes back for what it missed. */
const backlogMax = 1024 * 1024;
/** Frames that may come in while a replay is being read. */
const heldMax = 2000;

/** One browser on `/events`. Holds live frames back until its replay is sent, so that nothing falls in between. */
export class Connection {
  readonly #response: ServerResponse;
  readonly #markOf: () => number;
  #held: Frame[] | undefined = [];
  #lastId: number | undefined;
  person: SignedIn;

  constructor(person: SignedIn, response: ServerResponse, markOf: () => number) {
    this.person = person;
    this.#response = response;
    this.#markOf = markOf;
  }

  get isOpen(): boolean {
    return !this.#response.writableEnded && !this.#response.destroyed;
  }

  /** Sends a frame, or keeps it while the replay is under way. */
  push(frame: Frame): void {
    if (!this.#held) {
      this.#send(frame);
      return;
    }
    this.#held.push(frame);
    if (this.#held.length > heldMax) this.drop();
  }

  /** Sends one event of the replay. It gets no id: one that is cut short begins again where it began. */
  replay(text: string): void {
    if (this.isOpen) this.#response.write(`${text}\n`);
  }

  /** Ends the replay with its last event; then what came in meanwhile, but not what the replay had (conversation → newest change). */
  goLive(ending: string, replayed: ReadonlyMap<string, number>): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    this.#write(ending);
    for (const frame of held) {
      const had = frame.change && replayed.get(frame.change.conversationId);
      if (had === undefined || !frame.change || frame.change.changeSeq > had) this.#send(frame);
    }
  }

  /** A comment line against idle proxies; carries the id along, so that one who saw none of the changes resumes late enough. */
  beat(): void {
    if (this.#response.writableNeedDrain && this.#response.writableLength > backlogMax / 2) this.drop();
    else if (this.#held) this.#response.write(':\n\n');
    else this.#write(':\n');
  }

  /** Ends it in order: the browser comes back by itself. */
  end(): void {
    this.#response.end();
  }

  /** Cuts it off at once, with all that was waiting. */
  drop(): void {
    this.#response.destroy();
  }

  #send(frame: Frame): void {
    const text = frame.textFor(this.person.viewer);
    if (text !== undefined) this.#write(text);
  }

  #write(text: string): void {
    if (!this.isOpen) return;
    const id = this.#markOf();
    this.#response.write(id === this.#lastId ? `${text}\n` : `${text}id: ${id}\n\n`);
    this.#lastId = id;
    if (this.#response.writableLength > backlogMax) this.drop();
  }
}
