import { existsSync, readFileSync, readdirSync } from 'node:fs';
import type { ChannelAdapter } from '../../../src/adapters/contract.js';
import type { HoldsConnection } from '../../../src/adapters/contract/abilities.js';
import { createIrcAdapter } from '../../../src/adapters/irc/index.js';
import { parse, type ParseContext } from '../../../src/adapters/irc/parse.js';
import { createGuardedAddress } from '../../../src/http/outbound/guarded-address.js';
import type { Json } from '../../../src/inbox/model/common.js';
import type { InboundEvent } from '../../../src/inbox/model/event.js';
import { type IrcPerson, joinIrc } from '../../support/irc-person.js';
import { startLinkBreaker } from '../../support/link-breaker.js';
import { hasNgircd, startNgircd } from '../../support/ngircd.js';
import { waitFor } from '../../support/wait-for.js';
import type { AdapterUnderTest, FarEnd, Received } from '../fake-platform.js';

const fixtures = new URL('../../fixtures/irc/', import.meta.url);
const samples = existsSync(fixtures) ? readdirSync(fixtures).sort().map((name) => JSON.parse(readFileSync(new URL(name, fixtures), 'utf8')) as Json) : [];

/** A context as a connection gives it; for reading one line by itself. */
export const ircContext: ParseContext = {
  channelId: 'chan1', receivedAt: 1_790_000_000_000, network: 'irc.velowerk.example', self: 'velowerk', casemap: 'rfc1459', mark: 'test.1', privateMessages: true, channelLines: 'addressed',
  isChannel: (name) => /^[#&]/u.test(name), personOf: (nick) => `nick~${nick.toLowerCase()}`, echoOf: () => undefined,
};

/** This server gives lines no ids: what the adapter called one is known only from what it took in. */
let seen: InboundEvent[] = [];
let everybodyHeard: () => Promise<void> = () => Promise.resolve();

export const ircUnderTest: AdapterUnderTest = {
  kind: 'irc',
  peer: { name: 'ngircd', isFound: hasNgircd },
  create: () => listenedTo(createIrcAdapter({ addressOf: createGuardedAddress({ allow: ['127.0.0.1'] }), timing: { backoffMinMs: 50, lineEveryMs: 20 } })),
  start: startFarEnd,
  errors: {
    rate_limited: 'a server ends a client that floods; we pace our lines instead',
    server_error: 'a server that takes a line has it',
    window_closed: 'one may write while they are there',
    blocked: 'a server does not tell that somebody ignores us',
    token_revoked: 'nobody is asked for a password again while connected',
    too_long: 'lines are cut to what fits',
    not_found: { result: 'rejected', because: 'not_found' },
    lost_answer: { result: 'unknown' },
  },
  samples,
  parse: (payload) => parse(payload, ircContext),
};

function listenedTo(adapter: ChannelAdapter & HoldsConnection): ChannelAdapter & HoldsConnection {
  return {
    ...adapter,
    // What the server has dealt with is on its way to the others; the suite looks as soon as it is sent.
    deliver: async (outbound, account, tools) => {
      const outcome = await adapter.deliver(outbound, account, tools);
      await everybodyHeard();
      return outcome;
    },
    open: (account, host) => adapter.open(account, {
      ...host,
      sink: async (events) => {
        await host.sink(events);
        seen.push(...events);
      },
    }),
  };
}

async function startFarEnd(): Promise<FarEnd> {
  seen = [];
  const server = await startNgircd();
  const wire = await startLinkBreaker(server.port);
  const people = new Map<string, Promise<IrcPerson>>();
  const conversations = new Map<string, string>();
  const ledger: Received[] = [];
  const person = (id: string, conversation?: string): Promise<IrcPerson> => {
    if (conversation !== undefined) conversations.set(id, conversation);
    let known = people.get(id);
    if (known === undefined) {
      known = joinIrc(server.port, id);
      people.set(id, known);
      void known.then((one) => one.onLine((line) => {
        const match = /^:velowerk_*![^ ]+ PRIVMSG [^ ]+ :(.*)$/u.exec(line);
        if (match !== null) ledger.push({ conversation: conversations.get(id) ?? id, text: match[1] ?? '', externalId: `line-${ledger.length}`, files: [] });
      }));
    }
    return known;
  };
  everybodyHeard = async () => {
    for (const one of people.values()) await (await one).flush();
  };
  const idOfNext = async (act: () => Promise<void>): Promise<string> => {
    const before = seen.length;
    await act();
    const event = await waitFor(() => seen.slice(before).find((each) => each.type === 'message' && each.direction === 'in'), { what: 'the line in the inbox' });
    return event.type === 'message' ? event.externalId : '';
  };

  return {
    settings: { host: '127.0.0.1', port: wire.port, tls: false, nick: 'velowerk' }, secrets: {}, allow: ['127.0.0.1'],
    connected: async () => {
      const watcher = await joinIrc(server.port, 'watcher');
      await waitFor(async () => {
        await watcher.write('ISON velowerk');
        return watcher.heard.some((line) => / 303 watcher :velowerk/u.test(line));
      }, { what: 'the nick on the server' });
      watcher.leave();
    },
    says: async ({ conversation, from, text }) => {
      const one = await person(from.id, conversation);
      const act = (): Promise<void> => one.write(`PRIVMSG velowerk :${text}`);
      return { externalId: await idOfNext(act), conversation, again: () => Promise.resolve() };
    },
    saysBack: async (received, from) => {
      const one = await person(from.id);
      return { externalId: await idOfNext(() => one.write(`PRIVMSG velowerk :${received.text}`)), conversation: received.conversation, again: () => Promise.resolve() };
    },
    batch: 'every line comes by itself',
    edits: 'IRC has none', deletes: 'this server has no redaction', reacts: 'IRC has none', receipt: 'IRC has none',
    typing: 'this server passes no tags on',
    outside: 'a nick is in one place only; what it says elsewhere is seen on networks with echo-message',
    echoes: 'this server has no echo-message',
    botSays: async (conversation, text) => {
      const id = [...conversations].find(([, name]) => name === conversation)?.[0] ?? '';
      const one = await person(id);
      return { externalId: await idOfNext(() => one.write(`NOTICE velowerk :${text}`)), conversation, again: () => Promise.resolve() };
    },
    unknownKind: 'a server passes on no command that it does not know',
    received: () => ledger,
    failNext: (failure) => {
      if (failure === 'lost_answer') wire.loseAnswerTo('PRIVMSG');
      if (failure === 'not_found') wire.holdUntil(Promise.all([...people.values()].map(async (one) => {
        const gone = await one;
        gone.leave();
        const watcher = await joinIrc(server.port, 'undertaker');
        await waitFor(async () => {
          await watcher.write(`ISON ${gone.nick}`);
          return watcher.heard.at(-2)?.endsWith('undertaker :') === true;
        }, { what: 'their leaving' });
        watcher.leave();
      })));
    },
    stop: async () => {
      for (const one of people.values()) (await one).leave();
      await wire.stop();
      await server.stop();
    },
  };
}
