/** Every number of this adapter in one place: bytes, milliseconds, counts. */
export const limits = {
  /** A larger mail is kept as it is and shown as unreadable. Providers end at 25 to 50 MB. */
  rawBytes: 35 * 1024 * 1024,
  /** How long reading one mail may take before its process is ended. */
  readMs: 10_000,
  /** JavaScript heap of the process that reads mails. */
  readHeapMb: 256,
  /** The reading process ends after this much quiet. */
  readIdleMs: 30_000,
  /** Header bytes and MIME parts beyond which a mail counts as hostile. */
  headerBytes: 1024 * 1024,
  parts: 1_000,
  /** Deeper multiparts are kept as files. */
  depth: 50,
  /** Visible text kept for showing and searching; the rest stays in the source. */
  textChars: 500_000,
  htmlChars: 5_000_000,
  filesPerMail: 200,
  /** Addresses looked at per header, and characters of that header. */
  addresses: 200,
  addressHeaderChars: 64_000,
  references: 100,
  subjectChars: 500,
  nameChars: 200,
  /** What nearly every provider accepts, base64 included. */
  sendBytes: 25 * 1024 * 1024,
  /** Whoever waits for an attempt gives up after 25 s. */
  sendMs: 24_000,
  smtpConnectMs: 8_000,
  smtpGreetingMs: 8_000,
  smtpSilenceMs: 20_000,
  testMs: 20_000,
  /** One IMAP command; downloads may take longer but must not stand still. */
  imapCommandMs: 60_000,
  imapConnectMs: 30_000,
  /** Mails per step, and their bytes; the cursor moves after each step. */
  batchMails: 20,
  batchBytes: 8 * 1024 * 1024,
  backoffMinMs: 1_000,
  backoffMaxMs: 5 * 60_000,
  /** Sign-in services have bad moments: a refused password is tried once more after this. */
  secondTryMs: 20_000,
  /** After a password was refused twice: tried this seldom, so that no account is locked. */
  refusedMs: 15 * 60_000,
} as const;
