import type { ServerResponse } from 'node:http';
import { AppError, messageOf } from '../../errors.js';
import { presentConversation } from '../api/present-conversation.js';
import { stillSignedIn, type SignedIn } from '../auth/sign-in.js';
import type { HttpDeps } from '../deps.js';
import { createChangeMark } from './change-mark.js';
import { Connection } from './connection.js';
import { eventText, frameOf } from './frames.js';

const perAgent = 20;
const beatMs = 25_000;
/** A revoked session is cut within this time even when the notice about it was lost. */
const recheckMs = 4000;

/** All live connections of this process. One subscription to the notices serves them all. */
export interface EventHub {
  /** Takes over the response: replays what changed after `since`, then sends live. Throws `too_many` beyond 20 connections of one agent. */
  connect(person: SignedIn, response: ServerResponse, since: number | undefined): Promise<void>;
  /** The number to resume from: read it before the data that is to be kept up to date. */
  mark(): number;
  connections(): number;
  isConnected(agentId: string): boolean;
  /** Called when an agent's first connection opens and when the last one has closed. */
  onPresence(listener: (person: SignedIn, connected: boolean) => void): void;
  close(): void;
}

export function createEventHub(deps: Pick<HttpDeps, 'reads' | 'live' | 'people' | 'clock' | 'log'>): EventHub {
  const open = new Set<Connection>();
  const listeners: ((person: SignedIn, connected: boolean) => void)[] = [];
  const mark = createChangeMark(deps.reads.changeSeq(), deps.clock);
  const maySee = (viewer: SignedIn['viewer'], conversation: { teamId?: string; assigneeId?: string }) => deps.reads.maySee(viewer, conversation);

  const unsubscribe = deps.live.subscribe((notice) => {
    if (notice.kind === 'conversation') mark.saw(notice.changeSeq);
    if (notice.kind === 'agent') void recheck([...open].filter((connection) => connection.person.agent._id === notice.agentId));
    const frame = frameOf(notice, maySee);
    for (const connection of open) connection.push(frame);
  });
  const beats = setInterval(() => {
    mark.settle();
    open.forEach((connection) => connection.beat());
  }, beatMs).unref();
  const rechecks = setInterval(() => void recheck([...open]), recheckMs).unref();

  /** Cuts what is not signed in any more, and takes over changed roles and teams. A store that cannot answer cuts nobody. */
  async function recheck(connections: readonly Connection[]): Promise<void> {
    for (const connection of connections) {
      try {
        const person = await stillSignedIn(deps, connection.person);
        if (person) connection.person = person;
        else connection.drop();
      } catch (error) {
        deps.log.warn({ error: messageOf(error) }, 'live connections were not checked');
        return;
      }
    }
  }

  const ofAgent = (agentId: string) => [...open].filter((connection) => connection.person.agent._id === agentId);

  function add(connection: Connection, response: ServerResponse): void {
    const { person } = connection;
    if (ofAgent(person.agent._id).length === 0) listeners.forEach((listener) => listener(person, true));
    open.add(connection);
    response.on('close', () => {
      open.delete(connection);
      if (ofAgent(person.agent._id).length === 0) listeners.forEach((listener) => listener(connection.person, false));
    });
    response.on('error', (error) => deps.log.debug({ error: messageOf(error) }, 'live connection broke'));
  }

  async function replay(connection: Connection, since: number): Promise<void> {
    const { rows, upTo, complete } = await deps.reads.changedSince(connection.person.viewer, since);
    const replayed = new Map<string, number>();
    if (!complete) connection.replay(eventText('reset', { changeSeq: upTo }));
    for (const row of complete ? rows : []) {
      replayed.set(row._id, row.changeSeq);
      connection.replay(eventText('conversation', { changeSeq: row.changeSeq, conversation: presentConversation(row), messages: [] }));
    }
    connection.goLive(eventText('ready', { changeSeq: upTo }), replayed);
  }

  return {
    async connect(person, response, since) {
      if (ofAgent(person.agent._id).length >= perAgent) throw new AppError('too_many', `At most ${perAgent} live connections at once.`);
      response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
      response.write('retry: 2000\n\n');
      const connection = new Connection(person, response, () => mark.value());
      add(connection, response);
      try {
        await replay(connection, since ?? mark.value());
      } catch (error) {
        deps.log.warn({ error: messageOf(error) }, 'a live connection could not be brought up to date');
        connection.drop();
      }
    },
    mark: () => mark.value(),
    connections: () => open.size,
    isConnected: (agentId) => ofAgent(agentId).length > 0,
    onPresence: (listener) => listeners.push(listener),
    close() {
      unsubscribe();
      clearInterval(beats);
      clearInterval(rechecks);
      open.forEach((connection) => connection.end());
    },
  };
}
