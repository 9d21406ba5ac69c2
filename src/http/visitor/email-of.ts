import type { VisitorSession } from './frames.js';
import type { Visitor, VisitorContext } from './visitor.js';

/** The address answers go to, with the best proof there is for it: the one the pass names, else the one known last. */
export async function emailOf(context: VisitorContext, visitor: Visitor): Promise<VisitorSession['email']> {
  const identities = await Promise.all(visitor.identityIds.map((id) => context.deps.inbox.identity(id)));
  const known = identities.flatMap((identity) => identity?.aliases ?? []).filter((alias) => alias.type === 'email');
  const address = visitor.pass.email?.address ?? known.at(-1)?.value;
  const best = known.filter((alias) => alias.value === address).sort((a, b) => rank(b.proof) - rank(a.proof))[0];
  return best === undefined ? visitor.pass.email : { address: best.value, proof: best.proof };
}

function rank(proof: 'claimed' | 'channel' | 'verified'): number {
  return ['claimed', 'channel', 'verified'].indexOf(proof);
}
