import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { faultOf } from './faults.js';
import { payloadMax } from './routes.js';
import { VisitorSocket } from './socket.js';
import { enter, type VisitorContext } from './visitor.js';

/** So long a browser has to answer our goodbye. */
const goodbyeMs = 1_000;

/** Takes WebSocket upgrades of `/chat/v1/:channelId/socket`; any other below `/chat/` is refused with 404. */
export interface SocketDoor {
  /** `false`: not for us, nothing was done with it. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Lets every browser go; they come back with their cursor. */
  close(): void;
}

export function createSocketDoor(context: VisitorContext): SocketDoor {
  const server = new WebSocketServer({ noServer: true, maxPayload: payloadMax, perMessageDeflate: false, clientTracking: true });
  const letIn = async (request: IncomingMessage, socket: Duplex, options: { channelId: string; head: Buffer }): Promise<void> => {
    try {
      const entrance = await enter(context, options.channelId, { request });
      const stillAllowed = (): Promise<boolean> => enter(context, options.channelId, { request }).then(() => true, (error: unknown) => faultOf(error, context.deps.log).status >= 500);
      server.handleUpgrade(request, socket, options.head, (open) => new VisitorSocket(context, entrance, { socket: open, stillAllowed }));
    } catch (error) {
      refuse(socket, faultOf(error, context.deps.log).status);
    }
  };
  return {
    handleUpgrade(request, socket, head) {
      if (!request.url?.startsWith('/chat/')) return false;
      const channelId = /^\/chat\/v1\/([\w-]{1,64})\/socket(?:\?|$)/.exec(request.url)?.[1];
      socket.on('error', () => socket.destroy());
      if (channelId === undefined) {
        refuse(socket, 404);
        return true;
      }
      void letIn(request, socket, { channelId, head });
      return true;
    },
    close() {
      for (const open of server.clients) {
        open.close(1001);
        setTimeout(() => open.terminate(), goodbyeMs).unref();
      }
      server.close();
    },
  };
}

function refuse(socket: Duplex, status: number): void {
  if (!socket.destroyed) socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
