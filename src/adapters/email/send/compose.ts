import type { MailDraft } from '../render.js';

/** Puts the mail together as bytes. Loads the SDK at first use; reads no file and fetches nothing. */
export async function composeMail(draft: MailDraft, files: readonly Buffer[]): Promise<Buffer> {
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer');
  const composer = new MailComposer({
    messageId: `<${draft.messageId}>`,
    from: draft.from,
    to: [draft.to],
    cc: draft.cc.map((address) => ({ name: '', address })),
    ...(draft.replyTo === undefined ? {} : { replyTo: { name: draft.from.name, address: draft.replyTo } }),
    subject: draft.subject,
    ...(draft.inReplyTo === undefined ? {} : { inReplyTo: `<${draft.inReplyTo}>` }),
    references: draft.references.map((id) => `<${id}>`).join(' '),
    headers: draft.headers,
    text: draft.text,
    html: draft.html,
    attachments: [
      ...draft.attachments.map((file, index) => ({ filename: file.name, contentType: file.mime, content: files[index] ?? Buffer.alloc(0), contentDisposition: 'attachment' as const })),
      // With a Content-ID they go beside the HTML, in its multipart/related.
      ...(draft.pictures ?? []).map((picture) => ({ cid: picture.cid, filename: picture.name, contentType: picture.mime, content: Buffer.from(picture.bytes), contentDisposition: 'inline' as const })),
    ],
    xMailer: false,
    disableFileAccess: true,
    disableUrlAccess: true,
    newline: 'windows',
  } as ConstructorParameters<typeof MailComposer>[0]);
  return composer.compile().build();
}
