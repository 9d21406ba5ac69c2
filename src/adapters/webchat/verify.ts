import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { VisitorClaim, VisitorFile, VisitorPass } from '../contract/visitors.js';
import type { Millis } from '../../inbox/model/common.js';
import { downloadLifeMs, passLifeMs, tokenMax, uploadLifeMs } from './limits.js';

/** What a sealed text is for; one made for one purpose is worthless for another. */
type Purpose = 'pass' | 'upload' | 'download';

const passContent = z.object({
  channelId: z.string(), visitorId: z.string().min(22), userId: z.string().optional(), name: z.string().optional(),
  email: z.object({ address: z.string(), proof: z.enum(['claimed', 'channel']) }).optional(),
  language: z.string().optional(), timeZone: z.string().optional(), claimedId: z.string().optional(), revision: z.number().int(),
});
const fileContent = z.object({
  channelId: z.string(), visitorId: z.string(), blobId: z.string(), name: z.string(), mime: z.string(), size: z.number(),
});
const sealed = z.object({ until: z.number(), value: z.unknown() });

/** A visitor's token: readable by its holder, signed with HMAC-SHA256, good for a year. */
export function sealPass(pass: VisitorPass, now: Millis, key: Buffer): string {
  return seal({ purpose: 'pass', value: pass, until: now + passLifeMs }, key);
}

/** `undefined` for a token that is not ours, was changed, has run out or belongs to another channel. */
export function openPass(token: string, channelId: string, facts: { now: Millis; key: Buffer }): VisitorPass | undefined {
  const parsed = passContent.safeParse(unseal('pass', token, facts));
  return parsed.success && parsed.data.channelId === channelId ? defined(parsed.data) : undefined;
}

export function sealFile(file: VisitorFile, use: 'upload' | 'download', facts: { now: Millis; key: Buffer }): string {
  return seal({ purpose: use, value: file, until: facts.now + (use === 'upload' ? uploadLifeMs : downloadLifeMs) }, facts.key);
}

export function openFile(token: string, use: 'upload' | 'download', facts: { now: Millis; key: Buffer }): VisitorFile | undefined {
  const parsed = fileContent.safeParse(unseal(use, token, facts));
  return parsed.success ? parsed.data : undefined;
}

/**
 * What a claim's hash proves. Like everywhere, the hash covers the id, so an address beside it is no more than typed;
 * a hash over id, line feed and address proves the address as well.
 */
export function provenBy(claim: VisitorClaim, secret: string | undefined): 'nothing' | 'id' | 'id_and_email' {
  if (secret === undefined || claim.id === undefined || !/^[0-9a-f]{64}$/i.test(claim.hash ?? '')) return 'nothing';
  const given = Buffer.from(claim.hash ?? '', 'hex');
  const expected = (text: string) => createHmac('sha256', secret).update(text, 'utf8').digest();
  if (claim.email !== undefined && timingSafeEqual(given, expected(`${claim.id}\n${claim.email}`))) return 'id_and_email';
  return timingSafeEqual(given, expected(claim.id)) ? 'id' : 'nothing';
}

function seal(content: { purpose: Purpose; value: object; until: Millis }, key: Buffer): string {
  const body = Buffer.from(JSON.stringify({ until: content.until, value: content.value })).toString('base64url');
  return `${body}.${tag(content.purpose, body, key).toString('base64url')}`;
}

function unseal(purpose: Purpose, token: string, facts: { now: Millis; key: Buffer }): unknown {
  const parts = token.length <= tokenMax ? /^([\w-]+)\.([\w-]{43})$/.exec(token) : null;
  if (parts === null) return undefined;
  const [, body = '', given = ''] = parts;
  const expected = tag(purpose, body, facts.key);
  if (!sameText(given, expected.toString('base64url'))) return undefined;
  const content = sealed.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')));
  return content.success && content.data.until > facts.now ? content.data.value : undefined;
}

/** In constant time, and without the second spellings that base64 has for the same bytes. */
function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

function tag(purpose: Purpose, body: string, key: Buffer): Buffer {
  return createHmac('sha256', key).update(`rapport-visitor-1:${purpose}:${body}`).digest();
}

/** Absent is absent, never `undefined`. */
function defined(content: z.infer<typeof passContent>): VisitorPass {
  return JSON.parse(JSON.stringify(content)) as VisitorPass;
}
