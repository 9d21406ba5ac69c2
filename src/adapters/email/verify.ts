import type { EmailFacts } from '../../inbox/model/message.js';
import { messageOf } from '../../errors.js';
import { hostOf, parseAddresses } from './address.js';
import { headersOf, readHeader, type HeaderField } from './mime/header.js';

export type MailAuth = NonNullable<EmailFacts['auth']>;

/** DNS as mailauth asks for it: `resolver('example.org', 'TXT')`. Rejects with a `code` such as `ENOTFOUND`. */
export type DnsResolver = (name: string, type: string) => Promise<string[][] | string[]>;

export interface VerifyOptions {
  /** Absent: signatures are not checked here. */
  resolver?: DnsResolver;
  /** The authserv-id of the receiving server whose Authentication-Results count; empty: none. */
  trustedServer: string;
}

const none = (detail: string): MailAuth => ({ dmarc: 'none', detail });
const longestCheckMs = 10_000;

/**
 * Whether the From address is vouched for: by the receiving server's own Authentication-Results, else by a DKIM signature
 * that fits the From domain (DMARC alignment). Asks DNS; never rejects. `pass` only with a single From address.
 */
export async function verifyMail(raw: Buffer, options: VerifyOptions): Promise<MailAuth> {
  const headers = readHeader(raw);
  const from = headersOf(headers, 'from');
  const senders = parseAddresses(from[0] ?? '');
  const sender = senders[0];
  if (from.length !== 1 || senders.length !== 1 || sender === undefined) return none('no single sender address');
  if (options.trustedServer !== '') return fromServer(headers, options.trustedServer, hostOf(sender.address));
  if (options.resolver === undefined) return none('not checked: no DNS');
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<MailAuth>((resolve) => {
    timer = setTimeout(() => resolve(none('not checked: DNS did not answer')), longestCheckMs);
  });
  try {
    return await Promise.race([checkSignatures(raw, hostOf(sender.address), options.resolver), tooLong]);
  } catch (error) {
    return none(`not checked: ${messageOf(error).slice(0, 200)}`);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Only the topmost header of that server counts: those below may have come with the mail. Without DMARC an aligned DKIM
 * pass will do.
 */
function fromServer(headers: readonly HeaderField[], server: string, host: string): MailAuth {
  const own = headersOf(headers, 'authentication-results').find((value) => /^[^;\s]+/.exec(value)?.[0].toLowerCase() === server.toLowerCase());
  if (own === undefined) return none(`no Authentication-Results of ${server}`);
  const text = own.replace(/\([^()]*\)/g, ' ').toLowerCase();
  const results = text.split(';').slice(1).map((part) => part.trim());
  const dmarc = results.find((part) => part.startsWith('dmarc='));
  const detail = results.filter((part) => /^(spf|dkim|dmarc)=/.test(part)).join('; ').slice(0, 300);
  const verdict = /^dmarc=(\w+)/.exec(dmarc ?? '')?.[1];
  if (verdict === 'fail') return { dmarc: 'fail', detail };
  const checkedHost = /header\.from=([\w.-]+)/.exec(dmarc ?? '')?.[1];
  if (verdict === 'pass' && (checkedHost === undefined || isRelated(checkedHost, host))) return { dmarc: 'pass', detail };
  const isSigned = results.some((part) => /^dkim=pass\b/.test(part) && isRelated(/header\.d=@?([\w.-]+)/.exec(part)?.[1] ?? /header\.i=\S*@([\w.-]+)/.exec(part)?.[1] ?? '', host));
  return { dmarc: isSigned ? 'pass' : 'none', detail };
}

/** The same domain, or one below the other. */
function isRelated(domain: string, host: string): boolean {
  return domain.includes('.') && (domain === host || host.endsWith(`.${domain}`));
}

async function checkSignatures(raw: Buffer, host: string, resolver: DnsResolver): Promise<MailAuth> {
  const { dkimVerify } = await import('mailauth/lib/dkim/verify.js');
  const { dmarc } = await import('mailauth/lib/dmarc/index.js');
  const dkim = await dkimVerify(raw, { resolver });
  const domains = dkim.results
    .filter((each) => each.status.result === 'pass')
    .map((each) => ({ id: each.id ?? '', domain: each.signingDomain, aligned: each.status.aligned ?? false, underSized: each.status.underSized ?? false }));
  const verdict = await dmarc({ headerFrom: [host], spfDomains: [], dkimDomains: domains, resolver });
  const signed = dkim.results.map((each) => `dkim=${each.status.result}${each.signingDomain === '' ? '' : ` (${each.signingDomain})`}`).slice(0, 5);
  return judge({ signed, aligned: domains.some((each) => isRelated(each.domain, host)), policy: verdict === false ? undefined : verdict });
}

/**
 * SPF cannot be checked after the fact, so a mail without a fitting signature is `fail` only where its domain demands
 * one by a policy of quarantine or reject, and `none` elsewhere.
 */
function judge(facts: { signed: string[]; aligned: boolean; policy: { status: { result: string }; policy?: string } | undefined }): MailAuth {
  const result = facts.policy?.status.result;
  const detail = [...(facts.signed.length === 0 ? ['dkim=none'] : facts.signed), `dmarc=${result ?? 'none'}${facts.policy?.policy === undefined ? '' : ` (policy ${facts.policy.policy})`}`].join('; ');
  if (result === 'pass' || (result !== 'fail' && facts.aligned)) return { dmarc: 'pass', detail };
  const demanded = facts.policy?.policy === 'reject' || facts.policy?.policy === 'quarantine';
  return { dmarc: result === 'fail' && demanded ? 'fail' : 'none', detail };
}
