import { Readable } from 'node:stream';
import type { ConnectionReport } from '../contract/abilities.js';
import type { EmailSettings } from './config.js';
import type { EmailTools } from './deps.js';
import { limits } from './limits.js';
import { findSentFolder, newImapClient } from './receive/imap-client.js';
import { connectionTrouble, explainImap, passwordAdvice, raisedBy } from './receive/imap-errors.js';
import { newSmtpConnection } from './send/smtp.js';

type Step = ConnectionReport['steps'][number];
type Connection = Awaited<ReturnType<typeof newSmtpConnection>>;

const eachMs = limits.testMs / 2 - 1_000;

/** Tries both servers at once, changes nothing there and sends nothing. A failed step says what to do; later ones are left out. */
export async function testConnection(settings: EmailSettings, tools: EmailTools): Promise<ConnectionReport> {
  const [imap, smtp] = await Promise.all([inTime('IMAP server', testImap(settings, tools)), inTime('SMTP server', testSmtp(settings, tools))]);
  const steps = [...imap, ...smtp];
  return { ok: steps.every((step) => step.ok), steps };
}

async function inTime(name: string, task: Promise<Step[]>): Promise<Step[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Step[]>((resolve) => {
    timer = setTimeout(() => resolve([{ name, ok: false, detail: 'It does not answer in time. Check host, port and encryption; a firewall may be in between.' }]), limits.testMs - 1_000);
  });
  const steps = await Promise.race([task, late]);
  clearTimeout(timer);
  return steps;
}

async function testImap(settings: EmailSettings, tools: EmailTools): Promise<Step[]> {
  const refused = await tools.deps.refuseHost?.(settings.imapHost);
  if (refused !== undefined) return [{ name: 'IMAP server', ok: false, detail: refused }];
  const client = await newImapClient(settings, { connectMs: eachMs });
  const where = `${settings.imapHost}:${settings.imapPort}`;
  try {
    await client.connect();
  } catch (error) {
    client.close();
    const trouble = explainImap(error, settings);
    if (trouble.kind !== 'refused') return [{ name: 'IMAP server', ok: false, detail: trouble.text }];
    return [reached('IMAP', where, settings.imapTls), { name: 'IMAP sign-in', ok: false, detail: trouble.text }];
  }
  const steps = [reached('IMAP', where, settings.imapTls), { name: 'IMAP sign-in', ok: true, detail: `Signed in as ${settings.imapUser}.` }];
  try {
    const folders = (await client.list()).map((folder) => folder.path);
    steps.push(await folderStep(client, settings, folders));
    const sent = await findSentFolder(client, settings.sentFolder);
    steps.push(sentStep(settings.sentFolder, sent, folders));
  } catch (error) {
    steps.push({ name: 'Folders', ok: false, detail: explainImap(error, settings).text });
  } finally {
    client.close();
  }
  return steps;
}

function reached(protocol: string, where: string, tls: EmailSettings['imapTls']): Step {
  return { name: `${protocol} server`, ok: true, detail: tls === 'none' ? `${where} answers, without encryption.` : `${where} answers, encrypted.` };
}

async function folderStep(client: Awaited<ReturnType<typeof newImapClient>>, settings: EmailSettings, folders: string[]): Promise<Step> {
  const name = `Folder ${settings.folder}`;
  try {
    const box = await client.mailboxOpen(settings.folder, { readOnly: true });
    return { name, ok: true, detail: `${box.exists} mails in it; those of the last ${settings.importDays} days will be brought in.` };
  } catch {
    return { name, ok: false, detail: `There is no folder “${settings.folder}”. There are: ${folders.slice(0, 20).join(', ')}.` };
  }
}

/** Without a Sent folder everything works but one thing, so it is no failure. */
function sentStep(setting: string, found: string | undefined, folders: string[]): Step {
  const name = 'Sent folder';
  if (found !== undefined) return { name, ok: true, detail: `“${found}”: answers written in another mail program are seen.` };
  if (setting === '-') return { name, ok: true, detail: 'Not read, as set.' };
  if (setting !== '') return { name, ok: false, detail: `There is no folder “${setting}”. There are: ${folders.slice(0, 20).join(', ')}.` };
  return { name, ok: true, detail: `None found. To see answers written in another mail program, name it: ${folders.slice(0, 20).join(', ')}.` };
}

async function testSmtp(settings: EmailSettings, tools: EmailTools): Promise<Step[]> {
  const refused = await tools.deps.refuseHost?.(settings.smtpHost);
  if (refused !== undefined) return [{ name: 'SMTP server', ok: false, detail: refused }];
  const connection = await newSmtpConnection(settings, eachMs);
  connection.on('error', () => undefined);
  const where = `${settings.smtpHost}:${settings.smtpPort}`;
  const steps: Step[] = [];
  try {
    await new Promise<void>((resolve, reject) => {
      connection.once('error', reject);
      connection.connect((error) => (error === null || error === undefined ? resolve() : reject(error)));
    });
    steps.push(reached('SMTP', where, settings.smtpTls));
    if (settings.smtpUser !== '-') steps.push(await signIn(connection, settings));
    if (steps.every((step) => step.ok)) steps.push(await senderStep(connection, settings));
  } catch (error) {
    const raised = raisedBy(error);
    steps.push({ name: 'SMTP server', ok: false, detail: connectionTrouble(raised, where, settings.smtpTls) ?? `SMTP: ${raised.text}` });
  } finally {
    connection.close();
  }
  return steps;
}

async function signIn(connection: Connection, settings: EmailSettings): Promise<Step> {
  const name = 'SMTP sign-in';
  try {
    await new Promise<void>((resolve, reject) => {
      connection.login({ credentials: { user: settings.smtpUser, pass: settings.smtpPassword } }, (error) => (error === null || error === undefined ? resolve() : reject(error)));
    });
    return { name, ok: true, detail: `Signed in as ${settings.smtpUser}.` };
  } catch (error) {
    const { response, text } = raisedBy(error);
    return { name, ok: false, detail: `The server refuses user name or password (“${response || text}”). ${passwordAdvice(settings.smtpHost)}` };
  }
}

/**
 * Would the server take mail from this address? Begins a mail to ourselves and cuts the connection when the server waits
 * for its text: what never ended was never sent.
 */
async function senderStep(connection: Connection, settings: EmailSettings): Promise<Step> {
  const name = 'Sender address';
  const error = await new Promise<unknown>((resolve) => {
    const unwritten = new Readable({ read: () => resolve(undefined) });
    connection.send({ from: settings.address, to: [settings.address] }, unwritten, (raised) => resolve(raised ?? undefined));
  });
  if (error === undefined) return { name, ok: true, detail: `The server takes mail from ${settings.address}.` };
  const { response, text } = raisedBy(error);
  return { name, ok: false, detail: `The server does not take mail from ${settings.address} (“${response || text}”). Use the address that belongs to this account.` };
}
