import { randomBytes } from 'node:crypto';
import { AppError, messageOf } from '../../errors.js';
import type { Attachment } from '../../inbox/model/message.js';
import type { DeliveryOutcome, DeliveryTools } from '../contract.js';
import { outcomeOfError } from '../lib/outcomes.js';
import { asText, field } from '../lib/read-json.js';
import { callDiscourse, type DiscourseDeps } from './client.js';
import type { DiscourseSettings } from './config.js';
import { outcomeOfAnswer } from './outcome.js';
import { uploadMarkdown } from './render.js';

/** Uploads files, and gives what stands for them in a post. Twice harms nobody: a lost answer is tried again. */
export async function uploadAll(files: readonly Attachment[], how: { settings: DiscourseSettings; deps: DiscourseDeps; tools: DeliveryTools }): Promise<{ lines: string[] } | DeliveryOutcome> {
  const lines: string[] = [];
  for (const file of files) {
    const form = formOf(file, await how.tools.readFile(file));
    try {
      const answer = await callDiscourse(how.deps, how.settings, 'POST', '/uploads.json', { raw: form, timeoutMs: 20_000 });
      const shortUrl = asText(field(answer.body, 'short_url')) ?? asText(field(answer.body, 'url'));
      if (answer.status >= 500) return { result: 'retry', reason: `${file.name} was not taken: Discourse answered ${answer.status}` };
      if (answer.status >= 300 || shortUrl === undefined) return outcomeOfAnswer(answer, how.deps.clock());
      lines.push(uploadMarkdown({ name: file.name, mime: file.mime, shortUrl }));
    } catch (error) {
      if (error instanceof AppError && error.code === 'outbound_refused') return outcomeOfError(error);
      return { result: 'retry', reason: `${file.name} could not be uploaded: ${messageOf(error)}` };
    }
  }
  return { lines };
}

function formOf(file: Attachment, bytes: Buffer): { body: Uint8Array; type: string } {
  const boundary = `----rapport${randomBytes(12).toString('hex')}`;
  const name = file.name.replace(/["\\\r\n]/g, '_');
  const simple = (key: string, value: string): string => `--${boundary}\r\ncontent-disposition: form-data; name="${key}"\r\n\r\n${value}\r\n`;
  const head = `${simple('type', 'composer')}${simple('synchronous', 'true')}--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: ${file.mime}\r\n\r\n`;
  return { body: Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]), type: `multipart/form-data; boundary=${boundary}` };
}
