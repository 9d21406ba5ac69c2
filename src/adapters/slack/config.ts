import { z } from 'zod';
import type { SettingField } from '../contract.js';

const id = z.string().regex(/^[A-Z0-9]{2,24}$/, 'an id such as C0123456789 or U0123456789');
/** A list, or one text with commas, spaces or lines between. */
const idList = z.preprocess((value) => (typeof value === 'string' ? value.split(/[\s,]+/).filter(Boolean) : value), z.array(id).max(500));

const token = (prefix: string) => z.string().trim().regex(new RegExp(`^${prefix}[\\w.-]{5,250}$`), `begins with ${prefix}`);

/** Settings and opened secrets of one Slack workspace. */
export const settings = z.strictObject({
  botToken: token('xox[bpe]-'),
  signingSecret: z.string().trim().min(8, 'at least 8 characters').or(z.literal('')).default(''),
  previousSigningSecret: z.string().trim().default(''),
  appToken: token('xapp-').or(z.literal('')).default(''),
  mode: z.enum(['http', 'socket']).default('http'),
  slackApiUrl: z.preprocess((value) => (value === '' ? undefined : value), z.url({ protocol: /^https?$/, error: 'a URL that begins with https://' }).default('https://slack.com/api/')).transform((url) => (url.endsWith('/') ? url : `${url}/`)),
  channels: idList.default([]),
  colleagues: idList.default([]),
  ownWorkspaceIsUs: z.boolean().default(false),
  mirrorChannels: idList.default([]),
}).superRefine((given, context) => {
  if (given.mode === 'http' && given.signingSecret === '') context.addIssue({ code: 'custom', path: ['signingSecret'], message: 'needed where Slack posts to us' });
  if (given.mode === 'socket' && given.appToken === '') context.addIssue({ code: 'custom', path: ['appToken'], message: 'needed for Socket Mode' });
});

export type SlackSettings = z.infer<typeof settings>;

export const fields: readonly SettingField[] = [
  { key: 'botToken', label: 'Bot token', type: 'password', required: true, secret: true, group: 'App', help: 'OAuth & Permissions → Bot User OAuth Token; begins with xoxb-.' },
  { key: 'mode', label: 'How events come', type: 'choice', choices: ['http', 'socket'], required: true, default: 'http', group: 'App', help: 'http: Slack posts to this server. socket: this server connects to Slack, and needs no address on the open net.' },
  { key: 'signingSecret', label: 'Signing secret', type: 'password', required: false, secret: true, group: 'App', help: 'Basic Information → App Credentials. Needed with http.' },
  { key: 'previousSigningSecret', label: 'Previous signing secret', type: 'password', required: false, secret: true, group: 'App', help: 'Still accepted while you change over.' },
  { key: 'appToken', label: 'App-level token', type: 'password', required: false, secret: true, group: 'App', help: 'Basic Information → App-Level Tokens, with connections:write; begins with xapp-. Needed with socket.' },
  { key: 'channels', label: 'Only these channels', type: 'list', required: false, group: 'Who and where', help: 'Channel ids. Empty: direct messages and every channel the app is in.' },
  { key: 'colleagues', label: 'Colleagues', type: 'list', required: false, group: 'Who and where', help: 'Member ids of people who answer customers in Slack itself: what they write counts as an answer.' },
  { key: 'ownWorkspaceIsUs', label: 'Members of our own workspace are colleagues', type: 'switch', required: false, default: false, group: 'Who and where', help: 'On for channels shared with customers’ workspaces. Off for a community in which customers are members.' },
  { key: 'mirrorChannels', label: 'Team channels for answering from Slack', type: 'list', required: false, group: 'Who and where', help: 'Channel ids. Conversations are mirrored there as threads; nothing written there is ever taken for a customer’s word.' },
  { key: 'slackApiUrl', label: 'Base URL of the API', type: 'text', required: false, default: 'https://slack.com/api/', group: 'Advanced' },
];
