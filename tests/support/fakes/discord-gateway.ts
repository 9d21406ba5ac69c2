import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Json } from '../../../src/inbox/model/common.js';

export interface GatewayPacket {
  op: 0;
  t: string;
  s: number;
  d: Json;
}

interface FakeSession {
  id: string;
  packets: GatewayPacket[];
  socket?: WebSocket;
}

interface Hello {
  op: number;
  d: { token?: string; intents?: number; session_id?: string; seq?: number };
}

const messageContent = 1 << 15;

/**
 * Discord's gateway, version 10: HELLO, IDENTIFY → READY, RESUME with replay, heartbeats, invalid sessions and close
 * codes. `ready`: what READY carries besides the session.
 */
export function attachGateway(server: Server, options: { token: string; url: () => string; ready: () => Record<string, Json>; began: () => { t: string; d: Json }[] }) {
  const sockets = new WebSocketServer({ server, path: '/gateway' });
  const sessions = new Map<string, FakeSession>();
  const state = { identifies: 0, resumes: 0, connections: 0, intents: 0, contentAllowed: true, closeNext: [] as number[], holdsHello: false, resumeUrl: undefined as string | undefined, closeCodes: [] as number[] };
  let current: FakeSession | undefined;
  let named = 0;

  const send = (socket: WebSocket, payload: object): void => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(payload));
  };

  sockets.on('connection', (socket) => {
    state.connections += 1;
    if (state.holdsHello) return;
    send(socket, { op: 10, d: { heartbeat_interval: 41_250, _trace: ['fake'] } });
    socket.on('message', (data: Buffer) => heard(socket, JSON.parse(data.toString('utf8')) as Hello));
    socket.on('close', (code) => {
      state.closeCodes.push(code);
      const session = [...sessions.values()].find((one) => one.socket === socket);
      delete session?.socket;
      // Who says 1000 or 1001 is not coming back.
      if (session !== undefined && (code === 1000 || code === 1001)) sessions.delete(session.id);
    });
  });

  function heard(socket: WebSocket, { op, d }: Hello): void {
    if (op === 1) send(socket, { op: 11 });
    else if (op === 2) identify(socket, d);
    else if (op === 6) resume(socket, d);
  }

  function identify(socket: WebSocket, d: Hello['d']): void {
    state.identifies += 1;
    state.intents = d.intents ?? 0;
    const refusal = state.closeNext.shift() ?? (d.token !== options.token ? 4004 : (state.intents & messageContent) !== 0 && !state.contentAllowed ? 4014 : undefined);
    if (refusal !== undefined) return socket.close(refusal);
    named += 1;
    current = { id: `fake-session-${named}-${Math.random().toString(36).slice(2)}`, packets: [], socket };
    sessions.set(current.id, current);
    dispatch('READY', { v: 10, session_id: current.id, resume_gateway_url: state.resumeUrl ?? options.url(), shard: [0, 1], ...options.ready() });
    for (const { t, d: data } of options.began()) dispatch(t, data);
  }

  function resume(socket: WebSocket, d: Hello['d']): void {
    state.resumes += 1;
    const session = sessions.get(d.session_id ?? '');
    if (session === undefined || d.token !== options.token) return send(socket, { op: 9, d: false });
    session.socket = socket;
    current = session;
    for (const packet of session.packets.filter(({ s }) => s > (d.seq ?? 0))) send(socket, packet);
    dispatch('RESUMED', {});
  }

  /** To whoever holds the session; kept for a resume. Without a session nobody ever hears of it. */
  function dispatch(t: string, d: Json): GatewayPacket {
    const packet: GatewayPacket = { op: 0, t, s: (current?.packets.at(-1)?.s ?? 0) + 1, d };
    current?.packets.push(packet);
    if (current?.socket !== undefined) send(current.socket, packet);
    return packet;
  }

  return {
    state,
    dispatch,
    again: (packet: GatewayPacket): void => {
      if (current?.socket !== undefined) send(current.socket, packet);
    },
    /** A frame that is no dispatch: 7 asks to reconnect, 9 says that the session is over. */
    frame: (payload: object): void => {
      if (current?.socket !== undefined) send(current.socket, payload);
    },
    /** Ends the connection from this side. */
    drop: (code?: number): void => {
      const socket = current?.socket;
      if (code === undefined) socket?.terminate();
      else socket?.close(code);
    },
    /** No session can be gone on with any more. */
    forgetSessions: (): void => {
      sessions.clear();
      current = undefined;
    },
    isConnected: (): boolean => current?.socket?.readyState === 1,
    stop: (): Promise<void> => new Promise((resolve) => {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close(() => resolve());
    }),
  };
}
