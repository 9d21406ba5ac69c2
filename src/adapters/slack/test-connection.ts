import type { WebClient } from '@slack/web-api';
import type { ConnectionReport } from '../contract/abilities.js';
import { asList, asText, field } from '../lib/read-json.js';
import { clientOptions, type Clients, type SlackDeps } from './client.js';
import { type SlackSettings, settings as schema } from './config.js';
import { neededScopes, scopes } from './limits.js';
import { wordsOf } from './outcome.js';

type Step = ConnectionReport['steps'][number];

/** Asks Slack who the token is, what it may do, where it is, and whether Socket Mode opens. Changes nothing. */
export async function testConnection(given: unknown, use: { clients: Clients; deps: SlackDeps }): Promise<ConnectionReport> {
  const read = schema.safeParse(given);
  if (!read.success) return report([{ name: 'Settings', ok: false, detail: read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ') }]);
  const settings = read.data;
  const client = await use.clients.of(settings);
  const signedIn = await signIn(client);
  if (!signedIn.step.ok) return report([signedIn.step]);
  const steps = [signedIn.step, scopesStep(signedIn.scopes), await channelsStep(client), ...await Promise.all(settings.mirrorChannels.map((place) => mirrorStep(client, place)))];
  steps.push(settings.mode === 'socket' ? await socketStep(settings, use.deps) : { name: 'Events', ok: true, detail: 'Slack posts here: set the request URL under Event Subscriptions, and Slack checks it with the signing secret.' });
  return report(steps);
}

function report(steps: Step[]): ConnectionReport {
  return { ok: steps.every((step) => step.ok), steps };
}

async function signIn(client: WebClient): Promise<{ step: Step; scopes: readonly string[] }> {
  try {
    const answer = await client.auth.test();
    return { step: { name: 'Bot token', ok: true, detail: `${answer.user ?? 'the app'} in ${answer.team ?? 'the workspace'}` }, scopes: answer.response_metadata?.scopes ?? [] };
  } catch (error) {
    return { step: { name: 'Bot token', ok: false, detail: `${wordsOf(error)}. Copy the Bot User OAuth Token from OAuth & Permissions; after a change of scopes install the app again.` }, scopes: [] };
  }
}

function scopesStep(granted: readonly string[]): Step {
  if (granted.length === 0) return { name: 'Scopes', ok: true, detail: 'Slack did not tell them.' };
  const missing = scopes.filter((scope) => !granted.includes(scope));
  const ok = neededScopes.every((scope) => granted.includes(scope));
  return { name: 'Scopes', ok, detail: missing.length === 0 ? 'All that are used.' : `Missing: ${missing.join(', ')}. Add them under OAuth & Permissions and install the app again.` };
}

async function channelsStep(client: WebClient): Promise<Step> {
  try {
    const answer = await client.users.conversations({ types: 'public_channel,private_channel', exclude_archived: true, limit: 200 });
    const names = asList(answer.channels).map((channel) => `#${asText(field(channel, 'name')) ?? ''}`);
    return { name: 'Channels', ok: true, detail: names.length === 0 ? 'The app is in no channel: direct messages only. Invite it with /invite.' : `In ${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}.` };
  } catch (error) {
    return { name: 'Channels', ok: false, detail: `${wordsOf(error)}. Needs channels:read and groups:read.` };
  }
}

async function mirrorStep(client: WebClient, place: string): Promise<Step> {
  try {
    const { channel } = await client.conversations.info({ channel: place });
    const member = channel?.is_member === true;
    return { name: `Team channel ${place}`, ok: member, detail: member ? `#${channel?.name ?? place}` : 'The app is not in it: invite it with /invite.' };
  } catch (error) {
    return { name: `Team channel ${place}`, ok: false, detail: wordsOf(error) };
  }
}

async function socketStep(settings: SlackSettings, deps: SlackDeps): Promise<Step> {
  const name = 'Socket Mode';
  try {
    const { WebClient: Client } = await import('@slack/web-api');
    await new Client(settings.appToken, clientOptions(settings.slackApiUrl, deps.fetch)).apps.connections.open({});
    return { name, ok: true, detail: 'Slack opens a connection.' };
  } catch (error) {
    return { name, ok: false, detail: `${wordsOf(error)}. Switch Socket Mode on, and make an app-level token with connections:write.` };
  }
}
