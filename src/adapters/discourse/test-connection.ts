import { messageOf } from '../../errors.js';
import type { ConnectionReport } from '../contract/abilities.js';
import { asText, field } from '../lib/read-json.js';
import { callDiscourse, type DiscourseAnswer, type DiscourseDeps } from './client.js';
import type { DiscourseSettings } from './config.js';
import { wordsOf } from './outcome.js';

type Step = ConnectionReport['steps'][number];

/** Asks the site for its name, and who the key is. Reads only. */
export async function testConnection(settings: DiscourseSettings, deps: DiscourseDeps): Promise<ConnectionReport> {
  const steps: Step[] = [];
  try {
    const site = await callDiscourse(deps, settings, 'GET', '/site/basic-info.json');
    const title = asText(field(site.body, 'title'));
    steps.push(title === undefined ? { name: 'Community answers', ok: false, detail: `${wordsOf(site)}. Is this the address of a Discourse?` } : { name: 'Community answers', ok: true, detail: title });
    if (title === undefined) return { ok: false, steps };
    steps.push(keyStep(settings, await callDiscourse(deps, settings, 'GET', '/session/current.json')));
    const lists = await callDiscourse(deps, settings, 'GET', '/posts.json');
    steps.push({ name: 'May read posts', ok: lists.status === 200, detail: lists.status === 200 ? 'Posts can be filled in after a gap.' : `${wordsOf(lists)}. Give the key the scope of all rights, or that of reading topics.` });
  } catch (error) {
    steps.push({ name: 'Community answers', ok: false, detail: messageOf(error) });
  }
  return { ok: steps.every((step) => step.ok), steps };
}

/** A key with narrow scopes may not ask who it is (403); one that is wrong says so in words. */
function keyStep(settings: DiscourseSettings, answer: DiscourseAnswer): Step {
  const name = asText(field(answer.body, 'current_user', 'username'));
  if (answer.status === 200 && name !== undefined) {
    const isSame = name.toLowerCase() === settings.apiUsername;
    return { name: 'API key', ok: isSame, detail: isSame ? `It writes as ${name}.` : `It writes as ${name}, the settings say ${settings.apiUsername}.` };
  }
  return { name: 'API key', ok: false, detail: `${wordsOf(answer)}. The key must be for the user ${settings.apiUsername}, or for all users, with all rights.` };
}
