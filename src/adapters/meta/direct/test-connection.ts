import { AppError, messageOf } from '../../../errors.js';
import type { ConnectionReport } from '../../contract/abilities.js';
import { asList, asText, field } from '../../lib/read-json.js';
import { isInstagramLogin } from '../config.js';
import { errorOf } from '../errors.js';
import { callGraph, isTaken } from '../graph.js';
import { tokenStep } from '../test-steps.js';
import type { DirectAccount, DirectDeps } from './product.js';

type Step = ConnectionReport['steps'][number];

/** Account, token, webhook fields: one row each, with what to do. Changes nothing. */
export async function testDirect(account: DirectAccount, deps: DirectDeps, needs: { scopes: readonly string[]; webhookFields: readonly string[] }): Promise<ConnectionReport> {
  const steps: Step[] = [];
  const first = await guarded('Account', () => accountStep(account, deps));
  steps.push(first);
  if (first.ok && !isInstagramLogin(account.settings.baseUrl)) steps.push(await guarded('Access token', () => tokenStep(deps, account.settings, needs.scopes)));
  if (first.ok) steps.push(await guarded('Webhook', () => webhookStep(account, deps, needs.webhookFields)));
  return { ok: steps.every((step) => step.ok), steps };
}

async function accountStep(account: DirectAccount, deps: DirectDeps): Promise<Step> {
  const nameField = account.product.kind === 'instagram' ? 'username' : 'name';
  const answer = await callGraph(deps.fetch, account.access, 'GET', account.accountId, { query: { fields: nameField } });
  const name = asText(field(answer.body, nameField));
  if (isTaken(answer)) return { name: 'Account', ok: true, detail: `This is ${name ?? account.accountId}.` };
  return { name: 'Account', ok: false, detail: `${errorOf(answer.body)?.text ?? `Meta answered ${answer.status}`}. Is the id right, and the access token made for it?` };
}

async function webhookStep(account: DirectAccount, deps: DirectDeps, wanted: readonly string[]): Promise<Step> {
  const answer = await callGraph(deps.fetch, account.access, 'GET', `${account.senderId}/subscribed_apps`);
  if (!isTaken(answer)) return { name: 'Webhook', ok: false, detail: `${errorOf(answer.body)?.text ?? `Meta answered ${answer.status}`}. It could not be seen which events are subscribed to.` };
  const ours = asList(field(answer.body, 'data')).find((app) => field(app, 'id') === account.settings.appId) ?? field(answer.body, 'data', 0);
  const subscribed = new Set(asList(field(ours, 'subscribed_fields')).flatMap((name) => asText(name) ?? []));
  const missing = wanted.filter((name) => !subscribed.has(name));
  if (missing.length === 0) return { name: 'Webhook', ok: true, detail: `${subscribed.size} kinds of events are subscribed to.` };
  return { name: 'Webhook', ok: false, detail: `Not subscribed to: ${missing.join(', ')}. Add these fields to the webhook of this account.` };
}

async function guarded(name: string, step: () => Promise<Step>): Promise<Step> {
  try {
    return await step();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { name, ok: false, detail: messageOf(error) };
  }
}
