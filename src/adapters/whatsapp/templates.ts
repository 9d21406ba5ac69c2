import { AppError } from '../../errors.js';
import { asList, asText, field } from '../lib/read-json.js';
import { accessOf } from '../meta/config.js';
import { errorOf } from '../meta/errors.js';
import { callGraph, isTaken } from '../meta/graph.js';
import type { WhatsAppSettings } from './config.js';
import type { WhatsAppDeps } from './deliver.js';

export interface Template {
  name: string;
  language: string;
  text: string;
  values: number;
}

const pagesMax = 10;

/** Approved templates whose values stand in their body only, in order: those can be filled in with a list of texts. Throws when Meta does not answer. */
export async function listTemplates(to: WhatsAppDeps & { settings: WhatsAppSettings }): Promise<Template[]> {
  const found: Template[] = [];
  let after: string | undefined;
  for (let page = 0; page < pagesMax; page += 1) {
    const answer = await callGraph(to.fetch, accessOf(to.settings), 'GET', `${to.settings.businessAccountId}/message_templates`, {
      query: { status: 'APPROVED', fields: 'name,language,status,parameter_format,components', limit: '100', ...(after === undefined ? {} : { after }) },
    });
    if (!isTaken(answer)) throw new AppError('connection_failed', errorOf(answer.body)?.text ?? `WhatsApp answered ${answer.status}`);
    found.push(...asList(field(answer.body, 'data')).flatMap(templateOf));
    after = field(answer.body, 'paging', 'next') === undefined ? undefined : asText(field(answer.body, 'paging', 'cursors', 'after'));
    if (after === undefined) break;
  }
  return found.sort((a, b) => a.name.localeCompare(b.name) || a.language.localeCompare(b.language));
}

/** Nothing for what cannot be sent with a list of texts: media or variables in the header, variables in a link, named variables. */
function templateOf(given: unknown): Template[] {
  const name = asText(field(given, 'name'));
  const language = asText(field(given, 'language'));
  const parts = asList(field(given, 'components'));
  const body = asText(field(partOf(parts, 'BODY'), 'text'));
  if (name === undefined || language === undefined || body === undefined || field(given, 'status') !== 'APPROVED' || field(given, 'parameter_format') === 'NAMED') return [];
  const header = partOf(parts, 'HEADER');
  const headerText = asText(field(header, 'text')) ?? '';
  const buttons = asList(field(partOf(parts, 'BUTTONS'), 'buttons'));
  const fixed = buttons.every((button) => ['QUICK_REPLY', 'PHONE_NUMBER', 'URL'].includes(asText(field(button, 'type')) ?? '') && !hasVariable(asText(field(button, 'url')) ?? ''));
  if ((header !== undefined && field(header, 'format') !== 'TEXT') || hasVariable(headerText) || !fixed) return [];
  const footer = asText(field(partOf(parts, 'FOOTER'), 'text'));
  return [{ name, language, text: [headerText, body, footer].filter((line) => line !== undefined && line !== '').join('\n'), values: new Set(body.match(/\{\{\d{1,2}\}\}/gu)).size }];
}

function partOf(parts: readonly unknown[], type: string): unknown {
  return parts.find((part) => field(part, 'type') === type);
}

function hasVariable(text: string): boolean {
  return /\{\{[^{}]{1,60}\}\}/u.test(text);
}
