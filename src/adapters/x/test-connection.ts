import { messageOf } from '../../errors.js';
import type { ConnectionReport } from '../contract/abilities.js';
import { asText, field } from '../lib/read-json.js';
import { callX, type XAnswer, type XDeps } from './client.js';
import type { XSettings } from './config.js';
import { wordsOf } from './outcome.js';

type Step = ConnectionReport['steps'][number];

/** Asks X who we are, and what the tokens allow. Reads only; costs one read. */
export async function testConnection(settings: XSettings, deps: XDeps): Promise<ConnectionReport> {
  let answer: XAnswer;
  try {
    answer = await callX(deps, settings, 'GET', '/2/users/me');
  } catch (error) {
    return { ok: false, steps: [{ name: 'X answers', ok: false, detail: `${messageOf(error)} Check the API address.` }] };
  }
  const steps: Step[] = [{ name: 'X answers', ok: true, detail: new URL(settings.baseUrl).host }];
  if (answer.status !== 200) {
    const advice = answer.status === 401 ? ' Copy all four values again; access tokens made before a change of rights must be made anew.' : '';
    steps.push({ name: 'Keys and tokens', ok: false, detail: `${wordsOf(answer)}.${advice}` });
    return { ok: false, steps };
  }
  steps.push({ name: 'Keys and tokens', ok: true, detail: `Signed in as @${asText(field(answer.body, 'data', 'username')) ?? '?'}.` }, accountStep(settings, answer), ...rightsSteps(settings, answer));
  return { ok: steps.every((step) => step.ok), steps };
}

function accountStep(settings: XSettings, answer: XAnswer): Step {
  const id = asText(field(answer.body, 'data', 'id'));
  return id === settings.accountId
    ? { name: 'Account', ok: true, detail: `Account ${id}.` }
    : { name: 'Account', ok: false, detail: `The tokens are those of account ${id ?? '?'}, the settings say ${settings.accountId}. Leave the account id empty.` };
}

/** X names the rights of the token in a header of every answer. */
function rightsSteps(settings: XSettings, answer: XAnswer): Step[] {
  const level = answer.headers['x-access-level'];
  if (level === undefined) return [];
  const again = 'Change it under "User authentication settings", then make new access tokens.';
  const steps: Step[] = [{ name: 'May post', ok: level.includes('write'), detail: level.includes('write') ? level : `The app may only ${level}. ${again}` }];
  if (settings.directMessages) steps.push({ name: 'Direct messages', ok: level.includes('directmessages'), detail: level.includes('directmessages') ? level : `The app may not use direct messages. ${again}` });
  return steps;
}
