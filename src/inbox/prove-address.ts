import { createHash, randomInt, timingSafeEqual } from 'node:crypto';
import type { VisitorInbox } from './api.js';
import { type Core, workInLane } from './core.js';
import { recogniseSender } from './recognise-sender.js';

/** Writes a mail that belongs to no conversation; `undefined` when no mailbox is connected. */
export type SendNotice = (notice: { id: string; to: string; subject: string; text: string }) => Promise<boolean | undefined>;

const codesPerHour = 3;
const wrongTriesAllowed = 5;
const validMs = 15 * 60_000;
const hour = 3_600_000;

const words: Record<string, { subject: string; text: (code: string, company: string) => string }> = {
  en: { subject: 'Your code', text: (code, company) => `Your code for the chat with ${company} is ${code}. It is valid for 15 minutes. If you did not ask for it, please ignore this mail.` },
  de: { subject: 'Ihr Code', text: (code, company) => `Ihr Code für den Chat mit ${company} ist ${code}. Er gilt 15 Minuten. Wenn Sie ihn nicht angefordert haben, beachten Sie diese Mail bitte nicht.` },
  es: { subject: 'Su código', text: (code, company) => `Su código para el chat con ${company} es ${code}. Es válido durante 15 minutos. Si no lo ha pedido, no haga caso de este correo.` },
  fr: { subject: 'Votre code', text: (code, company) => `Votre code pour la discussion avec ${company} est ${code}. Il est valable 15 minutes. Si vous ne l'avez pas demandé, ne tenez pas compte de ce message.` },
};

/** Sends a six-digit code to an address that somebody typed. Nothing tells whether the address is known here. */
export async function startProof(core: Core, send: SendNotice, input: { identityId: string; address: string; language: string }): ReturnType<VisitorInbox['startProof']> {
  const now = core.clock();
  const c = core.store.now;
  const known = await c.proofs.get(input.identityId);
  const recent = (known?.sentAt ?? []).filter((at) => now - at < hour);
  if (recent.length >= codesPerHour) return 'too_many';
  const address = input.address.trim().toLowerCase();
  const code = String(randomInt(0, 1_000_000)).padStart(6, '0');
  await c.proofs.put({ _id: input.identityId, address, codeHash: hashOf(input.identityId, address, code), wrongTries: 0, sentAt: [...recent, now], expiresAt: now + validMs });
  const { companyName } = await c.settings.workspace();
  const text = words[input.language] ?? words['en'];
  const sent = await send({ id: `proof-${core.newId()}`, to: address, subject: text?.subject ?? 'Your code', text: text?.text(code, companyName) ?? code });
  if (sent === undefined) return 'no_mailbox';
  return sent ? 'sent' : 'failed';
}

/** The right code makes the address `verified`, which joins the records that have proved it too. */
export async function finishProof(core: Core, input: { identityId: string; code: string }): ReturnType<VisitorInbox['finishProof']> {
  const proof = await core.store.now.proofs.get(input.identityId);
  if (proof === undefined || proof.codeHash === '' || proof.expiresAt < core.clock() || proof.wrongTries >= wrongTriesAllowed) return 'expired';
  const given = Buffer.from(hashOf(input.identityId, proof.address, input.code.replace(/\s/gu, '')));
  if (!timingSafeEqual(given, Buffer.from(proof.codeHash))) {
    return await core.store.now.proofs.countWrong(input.identityId) >= wrongTriesAllowed ? 'expired' : 'wrong';
  }
  const identity = await core.store.now.identities.get(input.identityId);
  if (identity === undefined) return 'expired';
  const [kind = '', scope = ''] = identity._id.split(':');
  await workInLane(core, `${identity.channelId}:${identity._id}`, async (work) => {
    const sender = { kind: identity.kind, scope, externalUserId: identity._id.slice(kind.length + scope.length + 2), proof: identity.proof, aliases: [{ type: 'email' as const, value: proof.address, proof: 'verified' as const }] };
    const who = await recogniseSender(core, work, { sender, channelId: identity.channelId, at: core.clock() });
    await work.c.proofs.put({ ...proof, codeHash: '', expiresAt: 0 });
    work.fx.customer(who.root._id);
    for (const conversation of await work.c.conversations.ofCustomers([who.root._id, ...who.root.joined], 50)) {
      const changed = await work.c.conversations.change(conversation._id, {}, { set: { changeSeq: core.changes.next() } });
      if (changed !== undefined) work.fx.conversation(changed.after);
    }
  });
  return 'verified';
}

function hashOf(identityId: string, address: string, code: string): string {
  return createHash('sha256').update(`${identityId}\n${address}\n${code}`).digest('hex');
}
