import { randomUUID } from 'node:crypto';
import { client, xml, type XmlElement } from '@xmpp/client';
import { waitFor } from './wait-for.js';
import type { Stanza } from '../../src/adapters/xmpp/stanza.js';
import { attr, child, element, ns, textOf } from '../../src/adapters/xmpp/stanza.js';

/** Somebody with an XMPP client of their own, for the far end of tests. */
export interface XmppPerson {
  jid: string;
  /** Messages that came, in order, whole. */
  heard: Stanza[];
  /** Also called for what came before. */
  onMessage(listener: (stanza: Stanza) => void): void;
  /** Resolves when the server has it. Returns the stanza's id. */
  say(to: string, content: (Stanza | string)[], options?: { id?: string; type?: string; from?: string }): Promise<string>;
  send(stanza: Stanza): Promise<void>;
  request(type: 'get' | 'set', to: string | undefined, content: Stanza): Promise<Stanza>;
  /** Resolves when all that the server has for them is here, or they are gone. */
  flush(): Promise<void>;
  leave(): Promise<void>;
}

/** Signs in over plain TCP, shows up as present, and wants copies of what its other devices send. */
export async function joinXmpp(server: { port: number; domain: string }, account: { user: string; password: string; resource?: string; isQuiet?: boolean }): Promise<XmppPerson> {
  const made = client({
    service: `xmpp://127.0.0.1:${server.port}`, domain: server.domain, username: account.user, timeout: 3_000, resource: account.resource ?? `test-${randomUUID().slice(0, 8)}`,
    credentials: async (authenticate, mechanisms) => authenticate({ username: account.user, password: account.password }, mechanisms.find((each) => each.startsWith('SCRAM')), xml('user-agent', {})),
  });
  made.reconnect.stop();
  const toXml = (stanza: Stanza): XmlElement => xml(stanza.name, stanza.attrs, ...stanza.children.map((each) => (typeof each === 'string' ? each : toXml(each))));
  const heard: Stanza[] = [];
  const listeners: ((stanza: Stanza) => void)[] = [];
  made.on('error', () => undefined);
  made.on('stanza', (stanza: XmlElement) => {
    if (stanza.name !== 'message') return;
    heard.push(stanza);
    for (const listener of listeners) listener(stanza);
  });
  await (made as unknown as { start(): Promise<unknown> }).start();
  // What is sent before is counted by one side only, and the server ends the session for it.
  await waitFor(() => made.streamManagement.enabled, { what: 'stream management', timeoutMs: 1_000 }).catch(() => undefined);
  if (account.isQuiet !== true) await made.send(toXml(element('presence', {})));
  const request: XmppPerson['request'] = (type, to, content) => made.iqCaller.request(toXml(element('iq', { type, to }, content)), 5_000);
  const settled = (): Promise<unknown> => request('get', undefined, element('ping', { xmlns: ns.ping })).catch(() => undefined);
  await settled();
  return {
    jid: `${account.user}@${server.domain}`, heard, request,
    onMessage: (listener) => {
      listeners.push(listener);
      for (const stanza of heard) listener(stanza);
    },
    say: async (to, content, options = {}) => {
      const id = options.id ?? randomUUID();
      await made.send(toXml(element('message', { to, type: options.type ?? 'chat', id, from: options.from }, ...content)));
      await settled();
      return id;
    },
    send: async (stanza) => {
      await made.send(toXml(stanza));
      await settled();
    },
    flush: async () => {
      if (made.status === 'online') await settled();
    },
    leave: async () => {
      await made.stop().catch(() => undefined);
    },
  };
}

/** What a message says, and the file it brings. */
export function contentOf(stanza: Stanza): { text: string; url: string | undefined; id: string; from: string } {
  const oob = child(stanza, 'x', ns.oob);
  const url = oob?.children.find((each): each is Stanza => typeof each === 'object' && each.name === 'url');
  return { text: textOf(child(stanza, 'body')), url: url === undefined ? undefined : textOf(url), id: attr(stanza, 'id') ?? '', from: attr(stanza, 'from') ?? '' };
}
