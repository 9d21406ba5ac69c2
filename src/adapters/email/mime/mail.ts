import type { HeaderField } from './header.js';

/** One file of a mail, decoded. */
export interface MailFile {
  name: string;
  /** As declared; never trusted for showing. */
  mime: string;
  bytes: Buffer;
  contentId?: string;
  inline: boolean;
}

/** A mail taken apart: plain data, so that it can come from another process. */
export interface ReadMail {
  headers: HeaderField[];
  /** What was written: without quoted history and signature. */
  text: string;
  quoted: string;
  /** Joined HTML parts, as received. */
  html?: string;
  files: MailFile[];
  /** Content type of the whole mail, lower-case, with its parameters. */
  rootType: string;
  rootParams: Record<string, string>;
  /** The `message/delivery-status` part, as text. */
  deliveryStatus?: string;
  /** Header of the first mail returned or forwarded inside this one. */
  embedded?: HeaderField[];
  /** What was cut or could not be read, in words; the source has it all. */
  notes: string[];
}
