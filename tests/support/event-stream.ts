import { request, type IncomingMessage } from 'node:http';
import type { HttpClient } from './http-client.js';
import { waitFor } from './wait-for.js';

export interface StreamEvent {
  name: string;
  data: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- tests look into events freely
  /** The id a browser would resume from after this event. */
  id: string | undefined;
}

/** A reader of `/events` that does what `EventSource` does: it remembers the last id, and can be cut off at any moment. */
export class EventStream {
  readonly events: StreamEvent[] = [];
  lastId: string | undefined;
  status = 0;
  ended = false;
  response: IncomingMessage | undefined;
  private rest = '';
  private readonly sent: ReturnType<typeof request>;

  constructor(client: HttpClient, options: { since?: number; lastEventId?: string } = {}) {
    const query = options.since === undefined ? '' : `?since=${options.since}`;
    const headers = client.headersFor({ accept: 'text/event-stream', ...(options.lastEventId !== undefined && { 'last-event-id': options.lastEventId }) });
    this.lastId = options.lastEventId;
    this.sent = request(`${client.url}/api/v1/events${query}`, { headers, agent: false }, (response) => {
      this.status = response.statusCode ?? 0;
      this.response = response;
      response.setEncoding('utf8');
      response.on('data', (text: string) => this.take(text));
      response.on('close', () => { this.ended = true; });
      response.on('error', () => { this.ended = true; });
    });
    this.sent.on('error', () => { this.ended = true; });
    this.sent.end();
  }

  named(name: string): StreamEvent[] {
    return this.events.filter((event) => event.name === name);
  }

  async ready(): Promise<this> {
    await waitFor(() => this.named('ready').length > 0 || this.ended, { what: 'the stream’s ready event' });
    return this;
  }

  close(): void {
    this.sent.destroy();
    this.ended = true;
  }

  private take(text: string): void {
    if (this.ended) return;
    this.rest += text;
    for (let end = this.rest.indexOf('\n\n'); end !== -1; end = this.rest.indexOf('\n\n')) {
      this.dispatch(this.rest.slice(0, end));
      this.rest = this.rest.slice(end + 2);
    }
  }

  private dispatch(block: string): void {
    let name = 'message';
    let data: string | undefined;
    for (const line of block.split('\n')) {
      if (line.startsWith('id: ')) this.lastId = line.slice(4);
      else if (line.startsWith('event: ')) name = line.slice(7);
      else if (line.startsWith('data: ')) data = (data === undefined ? '' : `${data}\n`) + line.slice(6);
    }
    if (data !== undefined) this.events.push({ name, data: JSON.parse(data), id: this.lastId });
  }
}
