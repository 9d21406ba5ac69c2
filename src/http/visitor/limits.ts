import ipaddr from 'ipaddr.js';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../../errors.js';
import type { VisitorLimits } from './deps.js';

export const usualLimits: VisitorLimits = {
  messagesPerMinute: 30,
  messagesPerMinuteOfAddress: 300,
  newVisitorsPerTenMinutesOfAddress: 100,
  uploadsPerTenMinutes: 20,
  uploadedMegabytesPerHourOfAddress: 200,
  proofsPerHour: 5,
  proofsPerHourOfAddress: 20,
  signalsPerMinute: 240,
  connections: 20,
  helloWithinMs: 10_000,
  heartbeatMs: 25_000,
  slowAfterMs: 20_000,
};

interface Who {
  visitorId: string;
  ip: string;
}

/** Every limit of the visitor's side, kept in memory. Beyond one: `too_many` with the fact `retryAfterMs`. */
export interface LimitKeeper {
  newVisitor(ip: string): Promise<void>;
  message(who: Who): Promise<void>;
  signal(who: Who): Promise<void>;
  upload(who: Who): Promise<void>;
  /** Counts what was stored; the next upload is refused once it is too much. */
  uploaded(who: Who, bytes: number): Promise<void>;
  proof(who: Who): Promise<void>;
  /** Takes one of the visitor's connections; call what it gives back when it ends. */
  connect(who: Who): () => void;
}

export function createLimits(given: Partial<VisitorLimits> = {}): LimitKeeper {
  const limits = { ...usualLimits, ...given };
  const limiter = (points: number, seconds: number) => new RateLimiterMemory({ points, duration: seconds });
  const newVisitors = limiter(limits.newVisitorsPerTenMinutesOfAddress, 600);
  const messages = limiter(limits.messagesPerMinute, 60);
  const messagesOfAddress = limiter(limits.messagesPerMinuteOfAddress, 60);
  const signals = limiter(limits.signalsPerMinute, 60);
  const uploads = limiter(limits.uploadsPerTenMinutes, 600);
  const uploaded = limiter(limits.uploadedMegabytesPerHourOfAddress * 1024, 3600);
  const proofs = limiter(limits.proofsPerHour, 3600);
  const proofsOfAddress = limiter(limits.proofsPerHourOfAddress, 3600);
  const open = new Map<string, number>();
  return {
    newVisitor: (ip) => spend(newVisitors, networkOf(ip)),
    async message(who) {
      await spend(messagesOfAddress, networkOf(who.ip));
      await spend(messages, who.visitorId);
    },
    signal: (who) => spend(signals, who.visitorId),
    async upload(who) {
      await spend(uploaded, networkOf(who.ip), 1);
      await spend(uploads, who.visitorId);
    },
    uploaded: (who, bytes) => spend(uploaded, networkOf(who.ip), Math.ceil(bytes / 1024)).catch(ignoreRefusal),
    async proof(who) {
      await spend(proofsOfAddress, networkOf(who.ip));
      await spend(proofs, who.visitorId);
    },
    connect(who) {
      const count = open.get(who.visitorId) ?? 0;
      if (count >= limits.connections) throw tooMany(5_000);
      open.set(who.visitorId, count + 1);
      return onlyOnce(() => {
        const left = (open.get(who.visitorId) ?? 1) - 1;
        if (left > 0) open.set(who.visitorId, left);
        else open.delete(who.visitorId);
      });
    },
  };
}

async function spend(limiter: RateLimiterMemory, key: string, points = 1): Promise<void> {
  try {
    await limiter.consume(key, points);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    throw tooMany(refusal.msBeforeNext);
  }
}

function tooMany(retryAfterMs: number): AppError {
  return new AppError('too_many', 'too many', { facts: { retryAfterMs: Math.ceil(retryAfterMs) } });
}

/** The file is stored already; the count stands, and the next one is refused. */
function ignoreRefusal(error: unknown): void {
  if (!(error instanceof AppError)) throw error;
}

/** One household has 2^64 addresses of IPv6: they count as one. */
function networkOf(ip: string): string {
  if (!ipaddr.isValid(ip)) return ip;
  const address = ipaddr.process(ip);
  return address.kind() === 'ipv4' ? address.toString() : address.toNormalizedString().split(':').slice(0, 4).join(':');
}

function onlyOnce(run: () => void): () => void {
  let done = false;
  return () => {
    if (!done) run();
    done = true;
  };
}
