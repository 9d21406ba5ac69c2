import type { Account, ChannelAdapter, SecretBox } from '../adapters/contract.js';
import { actsOnMessages, backFills, explainsSetUp, type InboundSink, listsTemplates, makesSecrets, receivesWebhooks, testsConnection } from '../adapters/contract/abilities.js';
import { mirrorsConversations } from '../adapters/contract/mirror.js';
import { AppError } from '../errors.js';
import type { ChannelChange, ChannelDesk, ChannelInput } from '../http/deps.js';
import type { Channel } from '../inbox/model/channel.js';
import type { ChannelKind, Json, Millis } from '../inbox/model/common.js';
import type { InboundEvent } from '../inbox/model/event.js';
import type { MirrorPlace, MirrorReply } from '../inbox/model/mirror.js';
import type { Live } from '../inbox/ports.js';
import type { AllCollections } from '../store/collections/collections.js';

export interface ChannelBookDeps {
  c: AllCollections;
  adapters: ReadonlyMap<ChannelKind, ChannelAdapter>;
  secrets: SecretBox;
  live: Live;
  clock: () => number;
  newId: () => string;
  /** Where back-filled events go; asked when it is needed, because the core is built later. */
  sink: () => InboundSink;
  log: { warn(facts: object, text: string): void };
}

/**
 * Every connected account, kept in memory with its settings checked and its secrets opened, so that the hot path reads
 * neither. Changes go through here and nowhere else; whoever holds connections is told.
 */
export class ChannelBook implements ChannelDesk {
  private readonly channels = new Map<string, Channel>();
  private readonly accounts = new Map<string, Account>();
  private readonly listeners = new Set<(channel: Channel) => void>();

  constructor(private readonly deps: ChannelBookDeps) {}

  /** Reads all channels; call it once at start. */
  async load(): Promise<void> {
    for (const channel of await this.deps.c.channels.all()) this.keep(channel);
  }

  /** Called with every channel that was made, changed, paused, resumed or removed. */
  onChange(listener: (channel: Channel) => void): void {
    this.listeners.add(listener);
  }

  all(): ReadonlyMap<string, Channel> {
    return this.channels;
  }

  /** With its settings checked and its secrets opened; `undefined` when it is gone or half-filled. */
  account(id: string): Account | undefined {
    return this.accounts.get(id);
  }

  adapter(kind: ChannelKind): ChannelAdapter | undefined {
    return this.deps.adapters.get(kind);
  }

  types(): ReturnType<ChannelDesk['types']> {
    return [...this.deps.adapters.values()].map((adapter) => ({
      kind: adapter.kind, title: adapter.title, fields: adapter.fields, capabilities: adapter.capabilities, canTest: testsConnection(adapter), receivesWebhooks: receivesWebhooks(adapter),
      canBackFill: backFills(adapter), listsTemplates: listsTemplates(adapter), actions: actsOnMessages(adapter) ? adapter.actions : [], setUp: explainsSetUp(adapter) ? adapter.setUp : [],
    }));
  }

  list(): Promise<Channel[]> {
    return Promise.resolve([...this.channels.values()].filter((channel) => channel.removedAt === undefined));
  }

  find(id: string): Promise<Channel | undefined> {
    const channel = this.channels.get(id);
    return Promise.resolve(channel?.removedAt === undefined ? channel : undefined);
  }

  async create(input: ChannelInput, id: string = this.deps.newId()): Promise<Channel> {
    const adapter = this.need(input.kind);
    const made = makesSecrets(adapter) ? adapter.newSecrets() : {};
    const secrets = { ...made, ...input.secrets };
    this.check(adapter, input.settings, secrets);
    const now = this.deps.clock();
    const channel: Channel = {
      _id: id, kind: input.kind, name: input.name, state: 'on', settings: input.settings, createdAt: now, changeSeq: 0,
      ...(input.teamId === undefined ? {} : { teamId: input.teamId }),
      secrets: Object.fromEntries(Object.entries(secrets).map(([key, value]) => [key, this.deps.secrets.seal(value, `${id}:${key}`)])),
    };
    await this.deps.c.channels.insert(channel);
    return this.changed(channel);
  }

  async change(id: string, change: ChannelChange): Promise<Channel | undefined> {
    const channel = await this.find(id);
    if (channel === undefined) return undefined;
    const adapter = this.need(channel.kind);
    const settings = change.settings ?? channel.settings;
    const sealed = { ...channel.secrets };
    for (const [key, value] of Object.entries(change.secrets ?? {})) {
      if (value === null) delete sealed[key];
      else sealed[key] = this.deps.secrets.seal(value, `${id}:${key}`);
    }
    this.check(adapter, settings, this.opened(id, sealed));
    const after = await this.deps.c.channels.change(id, {
      set: { settings, secrets: sealed, ...(change.name === undefined ? {} : { name: change.name }), ...(change.teamId === undefined || change.teamId === null ? {} : { teamId: change.teamId }), ...(channel.state === 'broken' ? { state: 'on' as const } : {}) },
      unset: [...(change.teamId === null ? ['teamId' as const] : []), ...(channel.state === 'broken' ? ['stateReason' as const] : [])],
    });
    return after === undefined ? undefined : this.changed(after);
  }

  async test(input: Parameters<ChannelDesk['test']>[0]): ReturnType<ChannelDesk['test']> {
    const adapter = this.need(input.kind);
    if (!testsConnection(adapter)) throw new AppError('bad_request', 'There is nothing to test on this kind of channel.');
    const channel = input.channelId === undefined ? undefined : this.channels.get(input.channelId);
    const known = channel === undefined ? {} : this.opened(channel._id, channel.secrets);
    return adapter.test(this.check(adapter, input.settings, { ...known, ...input.secrets }));
  }

  pause(id: string): Promise<Channel | undefined> {
    return this.setState(id, 'paused');
  }

  resume(id: string): Promise<Channel | undefined> {
    return this.setState(id, 'on');
  }

  async backFill(id: string, since: Millis): ReturnType<ChannelDesk['backFill']> {
    const { account, adapter } = this.ready(id);
    if (!backFills(adapter)) throw new AppError('bad_request', 'This kind of channel has no history that could be read.');
    return adapter.backFill(since, account, this.deps.sink());
  }

  async templates(id: string): ReturnType<ChannelDesk['templates']> {
    const { account, adapter } = this.ready(id);
    return listsTemplates(adapter) ? adapter.templates(account) : [];
  }

  private ready(id: string): { account: Account; adapter: ChannelAdapter } {
    const account = this.accounts.get(id);
    if (account === undefined) throw new AppError('not_found', 'There is no such channel, or its settings are not complete.');
    return { account, adapter: this.need(account.channel.kind) };
  }

  mirrorPlaces(id: string): readonly string[] {
    const account = this.accounts.get(id);
    const adapter = account?.channel.state === 'on' ? this.deps.adapters.get(account.channel.kind) : undefined;
    return account !== undefined && adapter !== undefined && mirrorsConversations(adapter) ? adapter.mirrorPlaces(account) : [];
  }

  /** Of every account that is on. */
  allMirrorPlaces(): MirrorPlace[] {
    return [...this.accounts.keys()].flatMap((channelId) => this.mirrorPlaces(channelId).map((place) => ({ channelId, place })));
  }

  /** What a colleague wrote in a mirrored thread, if this event is that. */
  mirrored(event: InboundEvent): MirrorReply | undefined {
    const kind = this.channels.get(event.channelId)?.kind;
    const adapter = kind === undefined ? undefined : this.deps.adapters.get(kind);
    return adapter !== undefined && mirrorsConversations(adapter) ? adapter.mirrored(event) : undefined;
  }

  async remove(id: string): Promise<boolean> {
    if (await this.find(id) === undefined) return false;
    const after = await this.deps.c.channels.change(id, { set: { state: 'paused', secrets: {}, removedAt: this.deps.clock() } });
    if (after !== undefined) this.changed(after);
    return true;
  }

  /** The provider refused us for good, or works again. */
  async setState(id: string, state: Channel['state'], reason?: string): Promise<Channel | undefined> {
    if (await this.find(id) === undefined) return undefined;
    const after = await this.deps.c.channels.change(id, { set: { state, ...(reason === undefined ? {} : { stateReason: reason.slice(0, 300), lastError: { at: this.deps.clock(), text: reason.slice(0, 300) } }) }, unset: reason === undefined ? ['stateReason'] : [] });
    return after === undefined ? undefined : this.changed(after);
  }

  /** Notes health without telling those who hold connections. */
  async note(id: string, facts: Partial<Pick<Channel, 'lastInAt' | 'lastOutAt' | 'lastError' | 'tokenExpiresAt' | 'rhythm'>>): Promise<void> {
    const after = await this.deps.c.channels.change(id, { set: facts });
    if (after === undefined) return;
    this.keep(after);
    this.deps.live.publish({ kind: 'channel', channel: after });
  }

  /** As `note`, but nobody waits for it; a failure is logged. */
  noteLater(id: string, facts: Parameters<ChannelBook['note']>[1]): void {
    this.note(id, facts).catch((error: unknown) => this.deps.log.warn({ channelId: id, err: error }, 'health of a channel could not be noted'));
  }

  private changed(channel: Channel): Channel {
    this.keep(channel);
    for (const listener of this.listeners) listener(channel);
    this.deps.live.publish({ kind: 'channel', channel });
    return channel;
  }

  private keep(channel: Channel): void {
    this.channels.set(channel._id, channel);
    const adapter = this.deps.adapters.get(channel.kind);
    const parsed = adapter?.settings.safeParse({ ...channel.settings, ...this.opened(channel._id, channel.secrets) });
    if (channel.removedAt === undefined && parsed?.success === true) this.accounts.set(channel._id, { channel, settings: parsed.data });
    else this.accounts.delete(channel._id);
    if (channel.removedAt === undefined && parsed?.success !== true) this.deps.log.warn({ channelId: channel._id, name: channel.name }, 'a channel is off: its settings are not complete');
  }

  private opened(id: string, sealed: Channel['secrets']): Record<string, string> {
    return Object.fromEntries(Object.entries(sealed).map(([key, secret]) => [key, this.deps.secrets.open(secret, `${id}:${key}`)]));
  }

  private check(adapter: ChannelAdapter, settings: Record<string, Json>, secrets: Record<string, string>): unknown {
    const parsed = adapter.settings.safeParse({ ...settings, ...secrets });
    if (parsed.success) return parsed.data;
    const faults = Object.fromEntries(parsed.error.issues.map((issue) => [issue.path.join('.') || 'settings', issue.message]));
    throw new AppError('bad_request', `Some settings need another look: ${Object.entries(faults).map(([key, why]) => `${key}: ${why}`).join('; ')}`, { facts: { fields: faults } });
  }

  private need(kind: ChannelKind): ChannelAdapter {
    const adapter = this.deps.adapters.get(kind);
    if (adapter === undefined) throw new AppError('bad_request', `There is no channel of the kind ${kind}.`);
    return adapter;
  }
}
