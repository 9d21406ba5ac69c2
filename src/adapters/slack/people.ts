import type { WebClient } from '@slack/web-api';
import type { InboundEvent } from '../../inbox/model/event.js';
import { asNumber, asText, field } from '../lib/read-json.js';
import { type Person, readPerson, senderOfPerson } from './person.js';

const remembered = 20_000;
const pauseMs = 60_000;

/** What is known of one workspace's members; events name them by id only. */
export class People {
  private readonly known = new Map<string, string>();
  private readonly asked = new Set<string>();
  private readonly wanted = new Map<string, string>();
  private wake: (() => void) | undefined;

  nameOf(id: string): string | undefined {
    return this.known.get(id);
  }

  /** Learns from events what they tell, and what they leave open. */
  meet(events: readonly InboundEvent[]): void {
    for (const event of events) {
      const sender = event.type === 'message' || event.type === 'identity' ? event.sender : event.type === 'reaction' ? event.by : undefined;
      if (sender === undefined) continue;
      if (sender.displayName !== undefined) keep(this.known, sender.externalUserId, sender.displayName);
      else if (!this.asked.has(sender.externalUserId)) this.wanted.set(sender.externalUserId, sender.scope);
    }
    if (this.wanted.size > 0) this.wake?.();
  }

  /**
   * Asks for the names that are missing, one after the other, and tells the inbox. Until `stop`; a member whom Slack does
   * not tell stays an id.
   */
  look(client: () => Promise<WebClient>, tell: (events: InboundEvent[]) => Promise<void>, base: { channelId: string; clock: () => number }): { stop(): void } {
    let stopped = false;
    let timer: NodeJS.Timeout | undefined;
    let running = false;
    const run = async (): Promise<void> => {
      for (let next = this.next(); next !== undefined && !stopped; next = this.next()) {
        const [id, teamId] = next;
        const answer = await ask(await client(), id);
        if (answer === 'later') {
          timer = setTimeout(go, pauseMs);
          return;
        }
        this.asked.add(id);
        this.wanted.delete(id);
        const person = answer === 'nobody' ? undefined : readPerson(answer, teamId);
        if (person !== undefined) await this.tellOf(person, { teamId, tell, base });
      }
    };
    const go = (): void => {
      if (stopped || running) return;
      clearTimeout(timer);
      running = true;
      void run().catch(() => {
        if (!stopped) timer = setTimeout(go, pauseMs);
      }).finally(() => {
        running = false;
      });
    };
    this.wake = go;
    go();
    return {
      stop: () => {
        stopped = true;
        clearTimeout(timer);
        if (this.wake === go) this.wake = undefined;
      },
    };
  }

  private async tellOf(person: Person, to: { teamId: string; tell: (events: InboundEvent[]) => Promise<void>; base: { channelId: string; clock: () => number } }): Promise<void> {
    keep(this.known, person.id, person.name);
    if (person.isBot) return;
    await to.tell([{
      type: 'identity', channelId: to.base.channelId, eventId: `person:${person.id}:${person.updated}`, receivedAt: to.base.clock(), verifiedBy: 'connection', sender: senderOfPerson(person, to.teamId),
    }]);
  }

  private next(): [string, string] | undefined {
    const [first] = this.wanted;
    return first;
  }
}

async function ask(client: WebClient, id: string): Promise<unknown> {
  // A bot's own id is no member.
  if (id.startsWith('B')) return 'nobody';
  try {
    return (await client.users.info({ user: id, include_locale: true })).user;
  } catch (error) {
    const code = asText(field(error, 'data', 'error'));
    return asNumber(field(error, 'retryAfter')) !== undefined || code === undefined || code === 'internal_error' || code === 'fatal_error' ? 'later' : 'nobody';
  }
}

function keep(map: Map<string, string>, key: string, value: string): void {
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= remembered) break;
    map.delete(oldest);
  }
}
