import type { App, Receiver, ReceiverEvent } from '@slack/bolt';
import type { InboundEvent } from '../../inbox/model/event.js';
import { asObject } from '../lib/read-json.js';
import { silentLogger } from './logger.js';
import { parse } from './parse.js';
import type { ParseFacts } from './envelope.js';

/** One delivery on its way through bolt, and what its listener made of it. */
class Delivery {
  events: InboundEvent[] | undefined;

  constructor(readonly facts: ParseFacts) {}
}

/**
 * Our own `Receiver`: it starts no server and opens no socket, but hands over what was verified elsewhere (HTTP) or came
 * over our own connection (Socket Mode), and gives back the events when bolt's middleware is done.
 */
class HandedReceiver implements Receiver {
  private app: App | undefined;

  init(app: App): void {
    this.app = app;
  }

  start(): Promise<void> {
    return Promise.resolve();
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  async hand(body: Record<string, unknown>, facts: ParseFacts, retry: { number?: number; reason?: string }): Promise<InboundEvent[] | undefined> {
    const delivery = new Delivery(facts);
    const event: ReceiverEvent = {
      body, ack: () => Promise.resolve(), customProperties: { delivery },
      ...(retry.number === undefined ? {} : { retryNum: retry.number }), ...(retry.reason === undefined ? {} : { retryReason: retry.reason }),
    };
    await this.app?.processEvent(event);
    return delivery.events;
  }
}

/** Hands one delivery to bolt. Resolves with its events; never rejects. */
export type Listen = (body: unknown, facts: ParseFacts, retry?: { number?: number; reason?: string }) => Promise<InboundEvent[]>;

/**
 * One bolt app for all Slack channels: it keeps no token, because `receive` only reads. Bolt knows which kinds of bodies
 * there are and calls the listener of each; whatever it has no listener for, or stumbles over, is parsed all the same,
 * so that nothing is lost.
 */
export async function openBolt(): Promise<Listen> {
  const { App: BoltApp } = await import('@slack/bolt');
  const receiver = new HandedReceiver();
  const app = new BoltApp({
    receiver, logger: silentLogger, ignoreSelf: false, convoStore: false, attachFunctionToken: false,
    authorize: (source) => Promise.resolve({ ...(source.teamId === undefined ? {} : { teamId: source.teamId }) }),
  });
  app.error(() => Promise.resolve());
  app.event(/[^]*/u, ({ body, context }) => take(body, context));
  app.action(/^rapport_choice_/u, ({ body, context }) => take(body, context));
  return async (body, facts, retry = {}) => {
    const whole = asObject(body);
    if (whole === undefined) return parse(body, facts);
    try {
      return await receiver.hand(whole, facts, retry) ?? parse(body, facts);
    } catch {
      // Bolt reads a body before it has looked at its shape; ours does not mind any.
      return parse(body, facts);
    }
  };
}

function take(body: object, context: Readonly<Record<string, unknown>>): Promise<void> {
  const delivery = context['delivery'];
  if (delivery instanceof Delivery) delivery.events = parse(body, delivery.facts);
  return Promise.resolve();
}
