import { AppError } from '../../errors.js';
import { sessionOf, tellIdentity } from './session.js';
import type { VisitorSession } from './frames.js';
import { countedAs, type Visitor, type VisitorContext } from './visitor.js';

/** Sends a six-digit code to the address this visitor gave. */
export async function startProof(context: VisitorContext, visitor: Visitor): Promise<{ result: 'sent' | 'no_mailbox' | 'too_many' | 'failed' }> {
  const address = visitor.pass.email?.address;
  if (address === undefined) throw new AppError('bad_request', 'no address to prove');
  await context.limits.proof(countedAs(visitor));
  await tellIdentity(context, visitor.pass);
  return { result: await context.deps.inbox.startProof(identityOf(visitor), address, visitor.pass.language ?? 'en') };
}

/** The right code makes the address verified, and with that joins what belongs together. */
export async function finishProof(context: VisitorContext, visitor: Visitor, code: string): Promise<{ result: 'verified' | 'wrong' | 'expired'; session: VisitorSession }> {
  await context.limits.signal(countedAs(visitor));
  const result = await context.deps.inbox.finishProof(identityOf(visitor), code);
  return { result, session: await sessionOf(context, visitor) };
}

/** Proofs belong to the person as this pass names them best. */
function identityOf(visitor: Visitor): string {
  const [identityId] = visitor.identityIds;
  if (identityId === undefined) throw new AppError('bug', 'a pass without identity');
  return identityId;
}
