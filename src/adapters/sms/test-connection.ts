import { messageOf } from '../../errors.js';
import type { ConnectionReport } from '../contract/abilities.js';
import type { OutboundFetch } from '../contract.js';
import { asList, asObject, asText, field } from '../lib/read-json.js';
import { createClient, type Client } from './client.js';
import type { SmsSettings } from './config.js';
import { wordsOf } from './errors.js';
import { isPhone } from './ids.js';

type Step = ConnectionReport['steps'][number];

/** Account, number, and whether Twilio posts where we listen. Changes nothing. */
export async function testConnection(settings: SmsSettings, fetch: OutboundFetch): Promise<ConnectionReport> {
  const client = createClient(settings, fetch);
  const steps: Step[] = [];
  try {
    steps.push(await accountStep(client));
    if (steps[0]?.ok === true && isPhone(settings.number)) steps.push(...await numberSteps(client, settings));
  } catch (error) {
    steps.push({ name: steps.length === 0 ? 'Account' : 'Number', ok: false, detail: `${new URL(settings.apiUrl).host} does not answer: ${messageOf(error)}` });
  }
  return { ok: steps.every((step) => step.ok), steps };
}

async function accountStep(client: Client): Promise<Step> {
  const answer = await client.account();
  if (answer.status !== 200) return { name: 'Account', ok: false, detail: `Twilio ${wordsOf(answer.code ?? (answer.status === 401 ? 20003 : undefined), answer.message)}. Compare both with the console’s first page; an API key does not do.` };
  const status = asText(answer.body['status']) ?? 'unknown';
  return { name: 'Account', ok: status === 'active', detail: `“${asText(answer.body['friendly_name']) ?? ''}” is ${status}.` };
}

async function numberSteps(client: Client, settings: SmsSettings): Promise<Step[]> {
  const answer = await client.list('IncomingPhoneNumbers', { PhoneNumber: settings.number });
  const number = asObject(asList(answer.body['incoming_phone_numbers'])[0]);
  if (number === undefined) return [{ name: 'Number', ok: false, detail: `${settings.number} is not one of this account’s numbers.` }];
  const sms = field(number, 'capabilities', 'sms') === true;
  const mms = field(number, 'capabilities', 'mms') === true;
  return [
    { name: 'Number', ok: sms, detail: sms ? `${settings.number} sends and receives SMS${mms ? ' and MMS' : ''}.` : `${settings.number} cannot send SMS.` },
    hookStep(asText(number['sms_url']) ?? '', settings, asText(number['sms_method'])),
  ];
}

function hookStep(url: string, settings: SmsSettings, method: string | undefined): Step {
  const name = 'Webhook';
  if (settings.messagingService !== '') return { name, ok: true, detail: 'The messaging service says where messages go: see its “Integration” page.' };
  if (url !== settings.publicUrl) return { name, ok: false, detail: `Twilio posts ${url === '' ? 'nowhere' : `to ${url}`}. Put ${settings.publicUrl} under “A message comes in” of the number.` };
  return { name, ok: method !== 'GET', detail: method === 'GET' ? 'Choose HTTP POST beside the address.' : `Twilio posts to ${url}.` };
}
