import { createHmac } from 'node:crypto';
import type { Clock } from '../../inbox/ports.js';
import { sameSecret } from '../auth/tokens.js';

/**
 * Passes for attachments, for where no cookie is sent: the sandboxed frame that shows a mail has no origin. A pass
 * names one attachment and the agent it was made for, whose rights are asked again when it is used.
 */
export interface SignedLinks {
  /** A path with a pass that is good for 10 to 15 minutes, and the same for 5 (so that the browser may keep the picture). */
  attachmentPath(attachmentId: string, agentId: string): string;
  /** The agent the pass was made for; `undefined` when it is forged, of another attachment, or too old. */
  agentOf(attachmentId: string, pass: string): string | undefined;
}

const step = 5 * 60_000;

export function createSignedLinks(key: Buffer, clock: Clock): SignedLinks {
  const sign = (attachmentId: string, agentId: string, until: string) =>
    createHmac('sha256', key).update(JSON.stringify(['attachment', attachmentId, agentId, until])).digest('base64url');

  return {
    attachmentPath(attachmentId, agentId) {
      const until = String((Math.floor(clock() / step) + 3) * step);
      const pass = `${until}.${Buffer.from(agentId).toString('base64url')}.${sign(attachmentId, agentId, until)}`;
      return `/api/v1/attachments/${encodeURIComponent(attachmentId)}?pass=${pass}`;
    },
    agentOf(attachmentId, pass) {
      const [until = '', agent = '', signature = ''] = pass.split('.');
      const agentId = Buffer.from(agent, 'base64url').toString();
      const genuine = sameSecret(signature, sign(attachmentId, agentId, until));
      return genuine && Number(until) > clock() ? agentId : undefined;
    },
  };
}
