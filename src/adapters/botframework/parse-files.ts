import type { RemoteFile } from '../../inbox/model/event.js';
import { asList, asText, field } from '../lib/read-json.js';

const downloadInfo = 'application/vnd.microsoft.teams.file.download.info';
const shownAsText = /^(?:text\/html|application\/vnd\.microsoft\.(?:card|teams\.card)\.|application\/vnd\.microsoft\.teams\.messaging)/u;

/** Files of an activity. Teams repeats every message's text as an attachment of its own, and cards are no files: neither is here. */
export function filesOf(activity: unknown): RemoteFile[] {
  return asList(field(activity, 'attachments')).flatMap((attachment, index): RemoteFile[] => {
    const type = asText(field(attachment, 'contentType')) ?? '';
    if (shownAsText.test(type)) return [];
    const url = type === downloadInfo ? asText(field(attachment, 'content', 'downloadUrl')) : asText(field(attachment, 'contentUrl'));
    if (url === undefined || !URL.canParse(url)) return [];
    const mime = type === downloadInfo || !/^[\w.+-]+\/[\w.+-]+$/u.test(type) ? undefined : type;
    const name = asText(field(attachment, 'name')) ?? `file-${index + 1}${mime === undefined ? '' : `.${mime.split('/')[1] ?? 'bin'}`}`;
    return [{ name: name.slice(0, 200), source: { url }, ...(mime === undefined ? {} : { mime }) }];
  });
}
