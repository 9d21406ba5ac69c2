/** What this adapter uses of `@xmpp/client` 0.14, which brings no types of its own. Read from its source. */
declare module '@xmpp/client' {
  import type { EventEmitter } from 'node:events';

  export interface XmlElement {
    name: string;
    attrs: Record<string, string | undefined>;
    children: (XmlElement | string)[];
  }

  export function xml(name: string, attrs: Record<string, string | undefined>, ...children: (XmlElement | string)[]): XmlElement;

  export interface Transport {
    new (...given: never[]): object;
    prototype: { NS: string; Socket: unknown; Parser: unknown; socketParameters(service: string): unknown };
  }

  export interface StreamManagement extends EventEmitter {
    enabled: boolean;
    /** Stanzas handled: what the server is told. */
    inbound: number;
    id: string;
    /** Milliseconds: how long an answer to "have you got it?" may take; how often it is asked; how soon after a stanza. */
    timeout: number;
    requestAckInterval: number;
    requestAckDebounce: number;
  }

  export interface Client extends EventEmitter {
    status: string;
    transports: Transport[];
    reconnect: { stop(): void };
    streamManagement: StreamManagement;
    iqCaller: { handlers: ReadonlyMap<string, unknown>; request(stanza: XmlElement, timeoutMs?: number): Promise<XmlElement> };
    isSecure(): boolean;
    connect(service: string): Promise<unknown>;
    open(options: { domain: string; lang?: string }): Promise<unknown>;
    send(element: XmlElement): Promise<void>;
    disconnect(): Promise<unknown>;
    stop(): Promise<unknown>;
  }

  export type Authenticate = (credentials: { username: string; password: string }, mechanism: string | undefined, userAgent: XmlElement) => Promise<void>;

  export function client(options: {
    service: string;
    domain: string;
    resource: string;
    username: string;
    timeout: number;
    credentials: (authenticate: Authenticate, mechanisms: string[], fast: unknown, entity: Client) => Promise<void>;
  }): Client;
}
