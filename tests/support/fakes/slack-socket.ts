import type { Server } from 'node:http';
import { WebSocket, WebSocketServer } from 'ws';

const ackWithinMs = 1_000;
const attemptsMax = 4;

/** Slack's side of Socket Mode: says hello, pushes envelopes, and pushes one again that was not acknowledged. */
export function attachSocketMode(server: Server) {
  const sockets = new WebSocketServer({ server });
  const links = new Set<WebSocket>();
  const waiting = new Map<string, () => void>();
  const state = { opened: 0, envelopes: 0 };
  sockets.on('connection', (link) => {
    state.opened += 1;
    links.add(link);
    link.on('close', () => links.delete(link));
    link.on('message', (data) => {
      const { envelope_id: id } = JSON.parse(String(data)) as { envelope_id?: string };
      if (id !== undefined) waiting.get(id)?.();
    });
    link.send(JSON.stringify({ type: 'hello', num_connections: 1, debug_info: { host: 'applink-fake' }, connection_info: { app_id: 'A0RAPPORT' } }));
  });

  /** Resolves when it was acknowledged; rejects when nobody did, however often it was pushed. */
  async function push(type: string, payload: unknown): Promise<void> {
    state.envelopes += 1;
    const id = `envelope-${state.envelopes}`;
    for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
      const [link] = links;
      const acknowledged = new Promise<boolean>((resolve) => {
        const timer = setTimeout(() => resolve(false), ackWithinMs);
        waiting.set(id, () => {
          clearTimeout(timer);
          resolve(true);
        });
      });
      link?.send(JSON.stringify({ envelope_id: id, type, payload, accepts_response_payload: false, ...(attempt === 0 ? {} : { retry_attempt: attempt, retry_reason: 'timeout' }) }));
      if (await acknowledged) return void waiting.delete(id);
    }
    throw new Error(`nobody acknowledged ${type}`);
  }

  return {
    push, state,
    /** How many connections stand. */
    standing: () => [...links].filter((link) => link.readyState === WebSocket.OPEN).length,
    /** Slack wants the client to connect anew, as it does every few hours. */
    refresh: () => links.forEach((link) => link.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }))),
    /** The line goes dead. */
    cut: () => links.forEach((link) => link.terminate()),
    sendRaw: (text: string) => links.forEach((link) => link.send(text)),
    async stop(): Promise<void> {
      for (const link of links) link.terminate();
      await new Promise<void>((resolve) => sockets.close(() => resolve()));
    },
  };
}
