import type { VisitorClaim, VisitorPass } from '../contract/visitors.js';
import { newVisitorId } from './ids.js';
import { provenBy } from './verify.js';

/** A visitor nobody knows yet. */
export function newPass(channelId: string, language?: string): VisitorPass {
  return { channelId, visitorId: newVisitorId(), revision: 0, ...(language === undefined ? {} : { language }) };
}

/**
 * The pass after somebody said who they are. With a valid hash it speaks for the site's user; without one the name and the
 * address are kept as claims. Where the id tells that another person now sits at this browser, a new visitor begins:
 * nobody inherits a thread by signing in after somebody else.
 */
export function identify(pass: VisitorPass, claim: VisitorClaim, secret: string | undefined): { pass: VisitorPass; proven: boolean } {
  const proof = provenBy(claim, secret);
  const proven = proof !== 'nothing';
  const next = { ...(isSomebodyElse(pass, claim) ? { ...newPass(pass.channelId, pass.language), ...(pass.timeZone === undefined ? {} : { timeZone: pass.timeZone }) } : pass) };
  next.revision = pass.revision + 1;
  if (claim.id !== undefined && proven) {
    next.userId = claim.id;
    delete next.claimedId;
  } else if (claim.id !== undefined && next.userId === undefined) {
    next.claimedId = claim.id;
  }
  if (claim.name !== undefined) next.name = claim.name;
  if (claim.email !== undefined) next.email = emailOf(next, claim.email, proof === 'id_and_email');
  return { pass: next, proven };
}

function isSomebodyElse(pass: VisitorPass, claim: VisitorClaim): boolean {
  const known = pass.userId ?? pass.claimedId;
  return claim.id !== undefined && known !== undefined && known !== claim.id;
}

/** Typing an address that was proven before does not make it a mere claim. */
function emailOf(pass: VisitorPass, email: string, proven: boolean): NonNullable<VisitorPass['email']> {
  const address = email.toLowerCase();
  if (proven) return { address, proof: 'channel' };
  return pass.email?.address === address ? pass.email : { address, proof: 'claimed' };
}
