import type { FilesCompleteUploadExternalArguments, WebClient } from '@slack/web-api';
import type { Attachment } from '../../inbox/model/message.js';
import { AppError, messageOf } from '../../errors.js';
import { asList, asObject, asText, field } from '../lib/read-json.js';
import type { SlackDeps } from './client.js';
import { isFileHost } from './fetch-file.js';
import { uploadTimeoutMs } from './limits.js';
import { type CallEnd, endOf } from './outcome.js';
import type { Target } from './render.js';

export interface FilesToSend {
  attachments: readonly Attachment[];
  readFile: (attachment: Attachment) => Promise<Buffer>;
  target: Target;
  slackApiUrl: string;
  /** Called with Slack's id of each file before it becomes visible. */
  named: (fileId: string) => void;
}

/**
 * All files of a message as one post: bytes first, which nobody sees, then one call that shares them. Gives back Slack's
 * ids of the files; the post's own ts is not known yet, because Slack goes on sharing behind the answer.
 */
export async function sendFiles(client: WebClient, files: FilesToSend, deps: SlackDeps): Promise<string[] | CallEnd> {
  const uploaded: { id: string; title: string }[] = [];
  for (const attachment of files.attachments) {
    const id = await upload(client, attachment, { files, deps });
    if (typeof id !== 'string') return id;
    files.named(id);
    uploaded.push({ id, title: attachment.name });
  }
  try {
    const { channel, threadTs } = files.target;
    const share = { files: uploaded, channel_id: channel, ...(threadTs === undefined ? {} : { thread_ts: threadTs }) };
    await client.files.completeUploadExternal(share as FilesCompleteUploadExternalArguments);
  } catch (error) {
    const end = endOf(error);
    const [first] = uploaded;
    if (!end.doubtful || first === undefined || !await isShared(client, first.id)) return end;
  }
  return uploaded.map((file) => file.id);
}

/** Until the bytes are shared nothing has happened that anybody sees: whatever goes wrong may be done again. */
async function upload(client: WebClient, attachment: Attachment, { files, deps }: { files: FilesToSend; deps: SlackDeps }): Promise<string | CallEnd> {
  let bytes: Buffer;
  try {
    bytes = await files.readFile(attachment);
  } catch (error) {
    if (error instanceof AppError && error.code === 'gone') return { outcome: { result: 'rejected', reason: error.message, because: 'invalid' }, doubtful: false };
    throw error;
  }
  try {
    const place = await client.files.getUploadURLExternal({ filename: attachment.name, length: bytes.length });
    const url = place.upload_url ?? '';
    if (!isFileHost(url, files.slackApiUrl)) return { outcome: { result: 'rejected', reason: 'Slack named a place for the file that is not its own', because: 'invalid' }, doubtful: false };
    const answer = await deps.fetch(url, { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: bytes, timeoutMs: uploadTimeoutMs });
    if (answer.status === 200 && place.file_id !== undefined) return place.file_id;
    return again(`Slack did not take the file (${answer.status})`);
  } catch (error) {
    const end = endOf(error);
    return end.doubtful ? again(messageOf(error)) : end;
  }
}

function again(reason: string): CallEnd {
  return { outcome: { result: 'retry', reason: `${reason}; nothing was shown to anybody` }, doubtful: false };
}

async function isShared(client: WebClient, file: string): Promise<boolean> {
  try {
    const shares = asObject(field(await client.files.info({ file }), 'file', 'shares')) ?? {};
    return Object.values(shares).some((share) => Object.values(asObject(share) ?? {}).some((posts) => asList(posts).some((post) => asText(field(post, 'ts')) !== undefined)));
  } catch (error) {
    endOf(error);
    return false;
  }
}
