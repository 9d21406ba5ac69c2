import { z } from 'zod';
import { channelKinds } from '../../inbox/model/common.js';

/**
 * Everything `/api/v1` answers with. Presenters build these and nothing else, so they are allow-lists. The web UI
 * imports the types (and only the types) from here. Times are integer milliseconds.
 */
const millis = z.number().int();

export const channelKind = z.enum(channelKinds);
export const status = z.enum(['open', 'pending', 'snoozed', 'resolved', 'spam']);
export const priority = z.enum(['low', 'normal', 'high', 'urgent']);
export const role = z.enum(['administrator', 'lead', 'agent']);

export const conversationRow = z.object({
  id: z.string(),
  channel: z.object({ id: z.string(), kind: channelKind, name: z.string() }),
  customer: z.object({ id: z.string(), name: z.string() }),
  subject: z.string().optional(),
  /** Who can read along; absent: nobody but the two sides. */
  audience: z.enum(['public', 'unlisted', 'followers']).optional(),
  status, priority,
  assigneeId: z.string().optional(),
  teamId: z.string().optional(),
  routeReason: z.string().optional(),
  tags: z.array(z.string()),
  waitingSince: millis.optional(),
  /** The target of the wait: its deadline, when it is warned of, how long it allows, and why this one. `breachedAt`: the deadline has passed. */
  due: z.object({ at: millis, warnAt: millis, ms: z.number(), hours: z.enum(['business', 'calendar']), name: z.string(), why: z.string() }).optional(),
  breachedAt: millis.optional(),
  /** History from another tool: it can be read, tagged and noted in, and nothing else. */
  imported: z.literal(true).optional(),
  /** The customer's last word was taken for a bare acknowledgement: POST /conversations/:id/wait starts the clock after all. */
  acknowledged: z.string().optional(),
  /** The wait ended because of an answer on another of the customer's channels; POST /conversations/:id/wait goes on with it. */
  answeredElsewhere: z.object({ conversationId: z.string(), messageId: z.string(), at: millis }).optional(),
  lastSeq: z.number(), lastInSeq: z.number(), readSeq: z.number(),
  customerReadSeq: z.number().optional(),
  lastMessageAt: millis,
  preview: z.object({ text: z.string(), by: z.enum(['customer', 'agent', 'bot', 'outside', 'system']), name: z.string(), attachments: z.number().optional() }),
  /** Only of the agent who asks. */
  draft: z.string().optional(),
  /** Colleagues follow it in a thread there. `failed`: no more, and why. */
  mirror: z.object({ channelId: z.string(), place: z.string(), failed: z.string().optional() }).optional(),
  language: z.string().optional(),
  urgency: z.enum(['low', 'normal', 'high']).optional(),
  mood: z.number().optional(),
  snoozedUntil: millis.optional(),
  changeSeq: z.number(),
  createdAt: millis,
});
export type ConversationRow = z.infer<typeof conversationRow>;

export const attachment = z.object({
  id: z.string(), name: z.string(), mime: z.string(), size: z.number(),
  kind: z.enum(['image', 'audio', 'video', 'file', 'calendar', 'mail']),
  inline: z.boolean().optional(), contentId: z.string().optional(), width: z.number().optional(), height: z.number().optional(),
  url: z.string(),
  /** Not here yet, or not to be had: then `reason` says why. */
  state: z.enum(['pending', 'failed']).optional(), reason: z.string().optional(),
});
export type AttachmentView = z.infer<typeof attachment>;

export const message = z.object({
  id: z.string(), conversationId: z.string(), seq: z.number(),
  channel: z.object({ id: z.string(), kind: channelKind, name: z.string() }),
  kind: z.enum(['in', 'out', 'note', 'event']),
  author: z.object({ type: z.enum(['customer', 'agent', 'bot', 'system', 'outside']), id: z.string().optional(), name: z.string() }),
  text: z.string(),
  quoted: z.string().optional(),
  language: z.string().optional(),
  attachments: z.array(attachment),
  at: millis, receivedAt: millis,
  email: z.object({
    from: z.string(), to: z.array(z.string()), cc: z.array(z.string()), subject: z.string(),
    dmarc: z.enum(['pass', 'fail', 'none']).optional(), authDetail: z.string().optional(), hasHtml: z.boolean(),
  }).optional(),
  /** GET …/messages/:id/html and …/source */
  hasSource: z.boolean(),
  auto: z.array(z.string()).optional(),
  unreadable: z.string().optional(),
  delivery: z.object({ state: z.enum(['queued', 'sending', 'sent', 'delivered', 'read', 'failed', 'unknown']), at: millis, attempts: z.number(), reason: z.string().optional(), nextAttemptAt: millis.optional(), because: z.string().optional() }).optional(),
  matched: z.string().optional(),
  mood: z.number().optional(),
  step: z.object({ type: z.string(), reason: z.string().optional(), data: z.record(z.string(), z.unknown()).optional() }).optional(),
  choices: z.array(z.string()).optional(),
  clientId: z.string().optional(),
  /** What stood there before, oldest first. */
  revisions: z.array(z.object({ text: z.string(), until: millis })).optional(),
  deleted: z.object({ at: millis, by: z.enum(['author', 'provider', 'agent']) }).optional(),
  reactions: z.array(z.object({ emoji: z.string(), name: z.string(), agentId: z.string().optional() })).optional(),
  silent: z.string().optional(),
});
export type MessageView = z.infer<typeof message>;

export const citation = z.object({ messageId: z.string(), conversationId: z.string(), seq: z.number() });
export const brief = z.object({
  lines: z.array(z.object({
    kind: z.enum(['who', 'wants', 'before', 'open', 'feels']),
    parts: z.array(z.object({ text: z.string(), cite: citation.optional(), tone: z.enum(['ok', 'warn', 'bad']).optional() })),
  })),
});
export type BriefView = z.infer<typeof brief>;

export const identity = z.object({
  id: z.string(), kind: channelKind, displayName: z.string().optional(), proof: z.enum(['claimed', 'channel', 'verified']),
  aliases: z.array(z.object({ type: z.enum(['email', 'phone', 'username', 'native']), value: z.string(), proof: z.enum(['claimed', 'channel', 'verified']) })),
  /** Born with another record that was joined into this person. */
  joinedFrom: z.string().optional(),
});
export const join = z.object({
  id: z.string(), other: z.object({ id: z.string(), name: z.string(), channels: z.array(channelKind) }),
  state: z.enum(['suggested', 'joined', 'rejected', 'undone']), by: z.string(), reasons: z.array(z.string()), score: z.number(), at: millis,
});
export const historyItem = z.object({
  conversationId: z.string(), channelKind, subject: z.string().optional(), status, startedAt: millis, lastAt: millis,
  preview: z.string(), assigneeId: z.string().optional(), mood: z.number().optional(),
});
export const customer = z.object({
  id: z.string(), name: z.string(), language: z.string().optional(), timeZone: z.string().optional(),
  firstSeenAt: millis, lastSeenAt: millis, waitingSince: millis.optional(), conversationCount: z.number(),
  identities: z.array(identity), joins: z.array(join), history: z.array(historyItem),
  mood: z.array(z.object({ at: millis, value: z.number(), messageId: z.string() })),
  facts: z.array(z.object({ text: z.string(), messageId: z.string() })),
  tags: z.array(z.string()),
});
export type CustomerView = z.infer<typeof customer>;

/** GET /conversations/:id : all that the screen needs, in one call. */
export const conversationDetail = z.object({
  conversation: conversationRow,
  /** Newest last; the newest page of the customer's timeline over all channels when `timeline=1`, else of the conversation. */
  messages: z.array(message),
  before: z.string().optional(),
  brief,
  customer,
  /** Who answers here and how: "E-mail to ines@…". */
  reply: z.object({
    to: z.string(), cc: z.array(z.string()), address: z.string().optional(), channelState: z.enum(['on', 'paused', 'broken']), blocked: z.string().optional(),
    /** It is history: nobody can answer here, whatever is done about the channel. */
    imported: z.boolean().optional(),
    textMax: z.number(), textUnit: z.enum(['utf16', 'codepoint', 'byte', 'grapheme', 'weighted', 'segment']), fileMax: z.number(), filesPerMessage: z.number(),
    partsMax: z.number(), markdown: z.boolean(), fileTypes: z.array(z.string()).optional(),
    /** The platform lets one answer until then; `after` says what is left afterwards. */
    window: z.object({ expiresAt: millis, after: z.enum(['closed', 'template', 'human_tag']), humanUntil: millis.optional() }).optional(),
    costs: z.object({ perMessage: z.string(), withLink: z.string().optional() }).optional(),
    templates: z.boolean(),
  }),
  draft: z.object({ kind: z.enum(['reply', 'note']), text: z.string(), attachments: z.array(attachment), seenSeq: z.number(), updatedAt: millis }).optional(),
  /** `seq`-like number of the person's newest message on any channel: send it back with a reply (stale-reply guard). */
  personSeen: z.number(),
  viewing: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type ConversationDetail = z.infer<typeof conversationDetail>;

export const agent = z.object({
  id: z.string(), name: z.string(), email: z.string(), role, teamIds: z.array(z.string()), state: z.enum(['active', 'invited', 'disabled']),
  presence: z.enum(['online', 'away']), capacity: z.number(), load: z.number(),
});
export type AgentView = z.infer<typeof agent>;
export const businessHours = z.object({ timeZone: z.string(), blocks: z.array(z.object({ day: z.number().int().min(0).max(6), from: z.number().int(), to: z.number().int() })) });
export const team = z.object({ id: z.string(), name: z.string(), hours: businessHours.optional() });
export type TeamView = z.infer<typeof team>;

export const counts = z.object({
  mine: z.number(), unassigned: z.number(), waiting: z.number(), open: z.number(), snoozed: z.number(), resolved: z.number(), spam: z.number(),
  teams: z.record(z.string(), z.number()),
});
export type Counts = z.infer<typeof counts>;

/** GET /me : the first call of the agent's screen. */
export const me = z.object({
  agent, csrf: z.string(), agents: z.array(agent), teams: z.array(team), counts,
  workspace: z.object({ companyName: z.string(), answerTargetMinutes: z.number(), hours: businessHours, defaultLanguage: z.string(), botName: z.string(), botOn: z.boolean(), demo: z.boolean(), resolveHoldsHours: z.number(), reports: z.object({ agentsSeeOwn: z.boolean(), hideNames: z.boolean() }) }),
  /** `actions`: what may be done there to a message that was sent, or that came in (`react`). `mirrorPlaces`: where conversations can be mirrored to through it. */
  channels: z.array(z.object({ id: z.string(), kind: channelKind, name: z.string(), state: z.enum(['on', 'paused', 'broken']), actions: z.array(z.enum(['edit', 'delete', 'react'])), mirrorPlaces: z.array(z.string()) })),
  preferences: z.object({ theme: z.enum(['light', 'dark', 'auto']).optional(), density: z.enum(['normal', 'compact']).optional(), /** Of mails to me; absent: the workspace's. */ language: z.enum(['en', 'de', 'es', 'fr']).optional() }),
  changeSeq: z.number(),
});
export type Me = z.infer<typeof me>;

/** Newest first; `to` is how far it is known. `keptBefore`: ask again with it for what is older. */
export const myPresence = z.object({ items: z.array(z.object({ from: millis, to: millis, state: z.enum(['online', 'away']) })), keptBefore: millis.optional() });
export type MyPresence = z.infer<typeof myPresence>;

export const settingField = z.object({
  key: z.string(), label: z.string(), help: z.string().optional(), type: z.enum(['text', 'password', 'number', 'switch', 'list', 'choice']),
  choices: z.array(z.string()).optional(), required: z.boolean(), default: z.union([z.string(), z.number(), z.boolean()]).optional(),
  secret: z.boolean().optional(), group: z.string().optional(),
});
export const channel = z.object({
  id: z.string(), kind: channelKind, name: z.string(), state: z.enum(['on', 'paused', 'broken']), stateReason: z.string().optional(), teamId: z.string().optional(),
  settings: z.record(z.string(), z.unknown()), secretsSet: z.array(z.string()),
  lastInAt: millis.optional(), lastOutAt: millis.optional(), lastError: z.object({ at: millis, text: z.string() }).optional(),
  webhookUrl: z.string().optional(), embedCode: z.string().optional(),
  tokenExpiresAt: millis.optional(),
  /** Nothing has come for longer than this channel's own rhythm lets expect. */
  silence: z.object({ since: millis, usuallyEveryMs: z.number() }).optional(),
});
export type ChannelView = z.infer<typeof channel>;
/** POST /channels: secrets that were made for it are shown this once. */
export const newChannel = channel.extend({ newSecrets: z.record(z.string(), z.string()) });
export const ability = z.enum(['files', 'formatting', 'threads', 'edits', 'deletes', 'reactions', 'delivered', 'read', 'typing', 'choices', 'public', 'outside']);
export const channelType = z.object({
  kind: channelKind, title: z.string(), fields: z.array(settingField), canTest: z.boolean(), canBackFill: z.boolean(), receivesWebhooks: z.boolean(),
  inbound: z.array(ability), outbound: z.array(ability),
  /** What to do at the provider, in order; `{{webhookUrl}}` and `{{field}}` stand for this channel's own. */
  setUp: z.array(z.object({ title: z.string(), text: z.string(), copy: z.array(z.object({ label: z.string(), value: z.string() })).optional(), link: z.string().optional() })),
});
export const backFilled = z.object({ found: z.number(), complete: z.boolean(), note: z.string().optional() });
export const templateList = z.object({ items: z.array(z.object({ name: z.string(), language: z.string(), text: z.string(), values: z.number() })) });
export const connectionReport = z.object({ ok: z.boolean(), steps: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string() })) });

export const searchResult = z.object({
  hits: z.array(z.object({ message, conversation: conversationRow, excerpt: z.array(z.object({ text: z.string(), hit: z.boolean() })) })),
  cursor: z.string().optional(), notice: z.string().optional(),
});
export type SearchResult = z.infer<typeof searchResult>;

export const ledgerEntry = z.object({
  id: z.string(), channelId: z.string(), state: z.enum(['received', 'applied', 'ignored', 'failed']), reason: z.string().optional(),
  attempts: z.number(), receivedAt: millis, doneAt: millis.optional(), messageId: z.string().optional(),
});

export const problem = z.object({ error: z.object({ code: z.string(), message: z.string(), facts: z.record(z.string(), z.unknown()).optional() }) });

/**
 * GET /events (SSE): what each event's `data` holds, by event name. The event id is the change number to resume from
 * (`Last-Event-ID`, or `?since=` with `me.changeSeq`); it may be a little behind the newest change, so that a row may come
 * again: keep the one with the higher `changeSeq`. A replayed row comes with no messages: when `lastSeq` is ahead of what is shown, fetch.
 */
export const liveEvents = {
  /** Everything up to here was replayed; what follows is live. */
  ready: z.object({ changeSeq: z.number() }),
  /** Too much was missed: drop what is cached and fetch afresh. */
  reset: z.object({ changeSeq: z.number() }),
  conversation: z.object({ changeSeq: z.number(), conversation: conversationRow, messages: z.array(message) }),
  /** It went to where this agent does not see it. */
  gone: z.object({ changeSeq: z.number(), id: z.string() }),
  typing: z.object({ conversationId: z.string(), who: z.object({ type: z.enum(['agent', 'customer']), id: z.string(), name: z.string() }), on: z.boolean() }),
  viewing: z.object({ conversationId: z.string(), agents: z.array(z.object({ id: z.string(), name: z.string() })) }),
  customer: z.object({ id: z.string() }),
  channel: z.object({ id: z.string(), kind: channelKind, name: z.string(), state: z.enum(['on', 'paused', 'broken']), stateReason: z.string().optional() }),
  agent: z.object({ id: z.string() }),
  counts: z.object({}),
} as const;
export type LiveEvents = { [K in keyof typeof liveEvents]: z.infer<(typeof liveEvents)[K]> };

/** Ways of getting in. GET /setup, POST /setup, POST /session, POST /invites/accept. */
export const setUpState = z.object({ open: z.boolean() });
export const signedIn = z.object({ csrf: z.string(), agent });
/** POST /invites/check: whose link this is. */
export const inviteView = z.object({ name: z.string(), email: z.string(), kind: z.enum(['invite', 'reset']), expiresAt: millis });
/** POST /agents, POST /agents/:id/invite: the link is shown once. */
export const invited = z.object({ agent, link: z.string(), expiresAt: millis });

export const conversationList = z.object({ items: z.array(conversationRow), cursor: z.string().optional() });
export const messageList = z.object({ messages: z.array(message), before: z.string().optional(), after: z.string().optional() });
export const conversationAnswer = z.object({ conversation: conversationRow });
export const sentAnswer = z.object({ message, conversation: conversationRow });
export const customerRow = z.object({
  id: z.string(), name: z.string(), language: z.string().optional(), firstSeenAt: millis, lastSeenAt: millis,
  waitingSince: millis.optional(), conversationCount: z.number(), tags: z.array(z.string()),
});
export const customerList = z.object({ items: z.array(customerRow), cursor: z.string().optional() });
export const ledgerList = z.object({ items: z.array(ledgerEntry), cursor: z.string().optional() });
export const session = z.object({ id: z.string(), current: z.boolean(), createdAt: millis, lastUsedAt: millis, userAgent: z.string() });
export const apiKey = z.object({ id: z.string(), name: z.string(), agentId: z.string(), createdAt: millis, lastUsedAt: millis.optional() });
/** POST /keys: the key itself is shown once. */
export const newApiKey = z.object({ key: z.string(), info: apiKey });
export const workspace = z.object({
  companyName: z.string(), answerTargetMinutes: z.number(), hours: businessHours, defaultLanguage: z.string(), botName: z.string(), botOn: z.boolean(), demo: z.boolean(),
  /** Hours for which a resolve has to hold before it counts. */
  resolveHoldsHours: z.number(),
  /** Whether agents see their own figures, and whether responders' names are hidden. */
  reports: z.object({ agentsSeeOwn: z.boolean(), hideNames: z.boolean() }),
});
