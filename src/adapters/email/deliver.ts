import type { DeliveryOutcome } from '../contract.js';
import type { EmailSettings } from './config.js';
import type { EmailTools } from './deps.js';
import { limits } from './limits.js';
import type { MailDraft } from './render.js';
import { composeMail } from './send/compose.js';
import { outcomeOf } from './send/outcome.js';
import { sendOverSmtp } from './send/smtp.js';

/** Hands one mail to the SMTP server and says what became of it. */
export async function deliverMail(draft: MailDraft | { impossible: string }, settings: EmailSettings, tools: EmailTools): Promise<DeliveryOutcome> {
  if ('impossible' in draft) return { result: 'rejected', reason: draft.impossible };
  const refused = await tools.deps.refuseHost?.(settings.smtpHost);
  if (refused !== undefined) return { result: 'rejected', reason: refused };
  const files = await Promise.all(draft.attachments.map((file) => tools.deps.readBlob(file.blobId)));
  const missing = draft.attachments.find((_, index) => files[index] === undefined);
  if (missing !== undefined) return { result: 'rejected', reason: `The file “${missing.name}” is gone.` };
  const bytes = await composeMail(draft, files.filter((file) => file !== undefined));
  if (bytes.length > limits.sendBytes * 1.4) return { result: 'rejected', reason: `The mail has ${Math.round(bytes.length / 1_048_576)} MB; mail servers take about 25.` };
  const envelope = { from: draft.from.address, to: [draft.to.address, ...draft.cc], bytes };
  tools.crashAt('smtp-begin');
  const result = await sendOverSmtp(settings, envelope, { totalMs: tools.deps.timing?.sendMs ?? limits.sendMs });
  tools.crashAt('smtp-end');
  return outcomeOf(result, { messageId: draft.messageId, to: draft.to.address }, settings);
}
