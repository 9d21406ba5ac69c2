import type { ConnectionReport } from '../contract/abilities.js';
import { hasArchive } from './archive.js';
import type { XmppSettings } from './config.js';
import { explain } from './explain.js';
import { Link, type LinkTools } from './link.js';
import { limits } from './limits.js';
import { conditionOf } from './problems.js';
import { child, element, ns } from './stanza.js';
import { findUpload } from './upload.js';

type Step = ConnectionReport['steps'][number];

/** Signs in as the account would, without showing it as present, and looks at what the server can. Changes nothing. */
export async function testConnection(settings: XmppSettings, tools: LinkTools): Promise<ConnectionReport> {
  const link = await Link.make(settings, tools);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Step[]>((resolve) => {
    timer = setTimeout(() => resolve([{ name: 'Server', ok: false, detail: 'It does not answer in time. Check host, port and encryption; a firewall may be in between.' }]), limits.testMs);
  });
  const steps = await Promise.race([stepsOf(link, settings), late]);
  clearTimeout(timer);
  await link.stop();
  return { ok: steps.every((step) => step.ok), steps };
}

async function stepsOf(link: Link, settings: XmppSettings): Promise<Step[]> {
  const where = settings.host === '' ? settings.jid.slice(settings.jid.indexOf('@') + 1) : settings.host;
  const reached: Step = { name: 'Server', ok: true, detail: settings.tls === 'none' ? `${where} answers, without encryption.` : `${where} answers, encrypted.` };
  try {
    await link.open();
  } catch (error) {
    const trouble = explain(error, settings);
    return trouble.kind === 'refused' ? [reached, { name: 'Sign-in', ok: false, detail: trouble.text }] : [{ name: 'Server', ok: false, detail: trouble.text }];
  }
  return [reached, { name: 'Sign-in', ok: true, detail: `Signed in as ${settings.jid}.` }, await archiveStep(link, settings), await uploadStep(link, settings), ...(await roomSteps(link, settings))];
}

/** Without an archive everything works but one thing, so it is no failure. */
async function archiveStep(link: Link, settings: XmppSettings): Promise<Step> {
  const info = await link.request('get', settings.jid, element('query', { xmlns: ns.info })).then((answer) => child(answer, 'query', ns.info), () => undefined);
  return { name: 'Archive', ok: true, detail: hasArchive(info) ? 'What comes while we are away is read from the server’s archive.' : 'The server keeps none: what comes while we are away may be lost.' };
}

async function uploadStep(link: Link, settings: XmppSettings): Promise<Step> {
  const service = await findUpload(link, settings.jid.slice(settings.jid.indexOf('@') + 1)).catch(() => undefined);
  if (service === undefined) return { name: 'Files', ok: true, detail: 'The server has no upload service: files can be received, but not sent.' };
  return { name: 'Files', ok: true, detail: service.maxBytes === undefined ? 'Files can be sent.' : `Files of up to ${Math.floor(service.maxBytes / 1024 / 1024)} MB can be sent.` };
}

async function roomSteps(link: Link, settings: XmppSettings): Promise<Step[]> {
  return Promise.all(settings.rooms.map(async (room) => {
    try {
      await link.request('get', room, element('query', { xmlns: ns.info }));
      return { name: `Room ${room}`, ok: true, detail: 'It is there.' };
    } catch (error) {
      const { condition } = error as { condition?: unknown };
      return { name: `Room ${room}`, ok: false, detail: `It does not answer (${typeof condition === 'string' ? condition : conditionOf({ name: 'error', attrs: {}, children: [] })}). Check the address.` };
    }
  }));
}
