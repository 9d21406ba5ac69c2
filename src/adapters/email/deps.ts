import type { MailIds } from './ids.js';
import type { ReadPool } from './read-pool.js';
import type { DnsResolver } from './verify.js';

/** What the composition root gives to the e-mail adapter. */
export interface EmailDeps {
  /** At least 32 random bytes, the same for the life of the installation: signs Message-IDs and reply addresses. */
  replyKey: Buffer;
  /** Bytes of an attachment that is to be sent; `undefined` when they are gone. */
  readBlob(blobId: string): Promise<Buffer | undefined>;
  /** DNS for checking DKIM and DMARC; absent: signatures are not checked. */
  resolver?: DnsResolver;
  /** Named points of a crash test; does nothing in real life. */
  crashAt?: (name: string) => void;
  /** Refuses hosts that an administrator may not name: the reason, or `undefined`. Absent: any host is fine. */
  refuseHost?: (host: string) => Promise<string | undefined>;
  /** Only for tests, which cannot wait. */
  timing?: Partial<EmailTiming>;
}

/** Waiting times that tests shorten, in milliseconds. */
export interface EmailTiming {
  backoffMinMs: number;
  backoffMaxMs: number;
  secondTryMs: number;
  refusedMs: number;
  imapConnectMs: number;
  imapCommandMs: number;
  readMs: number;
  /** Replaces the setting "look for mail every … seconds". */
  pollMs: number;
  /** How long one SMTP delivery may take in all. */
  sendMs: number;
}

/** What the parts of the adapter share. */
export interface EmailTools {
  deps: EmailDeps;
  ids: MailIds;
  pool: ReadPool;
  crashAt(name: string): void;
}
