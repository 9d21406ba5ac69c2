import type { Capabilities } from '../contract.js';

/** A signature older, or newer, is refused. https://docs.slack.dev/authentication/verifying-requests-from-slack */
export const signatureWindowMs = 5 * 60_000;
/** Slack cuts a text at 40,000 characters and advises 4,000. https://docs.slack.dev/reference/methods/chat.postMessage */
export const textMax = 4_000;
/** Text of one section block. https://docs.slack.dev/reference/block-kit/blocks/section-block */
export const sectionMax = 3_000;
/** Buttons of one actions block, and letters on one. https://docs.slack.dev/reference/block-kit/blocks/actions-block */
export const buttonsMax = 25;
export const buttonTextMax = 75;
/** Slack takes 1 GB; what is held in memory while it goes up is ours to bound. */
export const fileMax = 25 * 1024 * 1024;
/** Where Slack keeps files: url_private and upload_url point there. The configured API host is added. */
export const fileHosts: readonly string[] = ['files.slack.com', 'slack-files.com', 'slack.com'];
/** Where apps.connections.open sends a client. */
export const socketDomain = '.slack.com';
/** For one call: two of them and a look at the channel fit into the worker's 25 s. */
export const callTimeoutMs = 7_000;
/** No new part of a message is begun after this. */
export const deliverBudgetMs = 9_000;
/** For the bytes of one file on their way to Slack. */
export const uploadTimeoutMs = 15_000;
/** After an attempt that nobody answered, before the channel is looked at again and the message sent once more. */
export const doubtMs = 4_000;
/** `event_type` of the metadata on what we post. */
export const messageEventType = 'rapport_message';
export const mirrorEventType = 'rapport_mirror';

/** What the app asks for when it is installed; "Test connection" names what is missing. */
export const scopes = [
  'app_mentions:read', 'channels:history', 'channels:read', 'chat:write', 'files:read', 'files:write', 'groups:history', 'groups:read', 'im:history', 'im:read',
  'im:write', 'metadata.message:read', 'mpim:history', 'mpim:read', 'reactions:read', 'reactions:write', 'users:read', 'users:read.email',
] as const;

/** Without these nothing comes in or goes out; the others cost one thing each. */
export const neededScopes: readonly string[] = ['chat:write', 'im:history'];

/** Events the app subscribes to, for the manifest. */
export const botEvents = [
  'app_mention', 'app_uninstalled', 'message.channels', 'message.groups', 'message.im', 'message.mpim', 'reaction_added', 'reaction_removed', 'tokens_revoked', 'user_change',
] as const;

export const capabilities: Capabilities = {
  textMax,
  textUnit: 'utf16',
  partsMax: 5,
  fileMax,
  filesPerMessage: 10,
  formats: ['plain', 'markdown'],
  receipts: 'none',
  typing: false,
  idempotency: 'none',
  inbound: ['files', 'formatting', 'threads', 'edits', 'deletes', 'reactions', 'choices', 'outside'],
  outbound: ['files', 'formatting', 'threads', 'edits', 'deletes', 'reactions', 'choices'],
  // One post a second and channel, and a little more because Slack counts from its arrival; "several hundred a minute" for a
  // workspace is no number, and a 429 tells. https://docs.slack.dev/apis/web-api/rate-limits
  rates: [{ scope: 'conversation', count: 1, perMs: 1_050 }],
};
