import { AppError, messageOf } from '../../errors.js';
import type { ConnectionReport } from '../contract/abilities.js';
import { asList, asText, field } from '../lib/read-json.js';
import { accessOf } from '../meta/config.js';
import { errorOf } from '../meta/errors.js';
import { callGraph, type GraphAnswer, isTaken } from '../meta/graph.js';
import { tokenStep } from '../meta/test-steps.js';
import type { WhatsAppSettings } from './config.js';
import type { WhatsAppDeps } from './deliver.js';
import { scopes } from './set-up.js';

type Step = ConnectionReport['steps'][number];

/** Number, token, webhook: one row each, with what to do. Changes nothing. */
export async function testConnection(settings: WhatsAppSettings, deps: WhatsAppDeps): Promise<ConnectionReport> {
  const steps = [await guarded('Number', () => numberStep(settings, deps))];
  if (steps[0]?.ok === true) {
    steps.push(await guarded('Access token', () => tokenStep(deps, settings, scopes)));
    steps.push(await guarded('Webhook', () => webhookStep(settings, deps)));
  }
  return { ok: steps.every((step) => step.ok), steps };
}

async function numberStep(settings: WhatsAppSettings, deps: WhatsAppDeps): Promise<Step> {
  const answer = await callGraph(deps.fetch, accessOf(settings), 'GET', settings.phoneNumberId, { query: { fields: 'display_phone_number,verified_name,quality_rating' } });
  if (!isTaken(answer)) return { name: 'Number', ok: false, detail: `${said(answer)}. Is the phone number id right, and may this token use it?` };
  const quality = asText(field(answer.body, 'quality_rating'));
  return { name: 'Number', ok: true, detail: `This is ${asText(field(answer.body, 'verified_name')) ?? 'the number'}, ${asText(field(answer.body, 'display_phone_number')) ?? settings.phoneNumberId}${quality === undefined ? '' : `, quality ${quality.toLowerCase()}`}.` };
}

async function webhookStep(settings: WhatsAppSettings, deps: WhatsAppDeps): Promise<Step> {
  const answer = await callGraph(deps.fetch, accessOf(settings), 'GET', `${settings.businessAccountId}/subscribed_apps`);
  if (!isTaken(answer)) return { name: 'Webhook', ok: false, detail: `${said(answer)}. Is the business account id right?` };
  const ours = asList(field(answer.body, 'data')).some((app) => field(app, 'whatsapp_business_api_data', 'id') === settings.appId);
  return ours
    ? { name: 'Webhook', ok: true, detail: 'The app is subscribed to this business account.' }
    : { name: 'Webhook', ok: false, detail: 'The app is not subscribed to this business account: nothing will arrive. POST to its subscribed_apps, or add the number in the app’s dashboard.' };
}

function said(answer: GraphAnswer): string {
  return errorOf(answer.body)?.text ?? `Meta answered ${answer.status}`;
}

async function guarded(name: string, step: () => Promise<Step>): Promise<Step> {
  try {
    return await step();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { name, ok: false, detail: messageOf(error) };
  }
}
