import type { WebClient } from '@slack/web-api';
import type { MirrorPost } from '../contract/mirror.js';
import type { DeliveryOutcome } from '../contract.js';
import type { SlackSettings } from './config.js';
import { isTs } from './ids.js';
import { mirrorEventType } from './limits.js';
import { renderMirror } from './mirror.js';
import type { Poster } from './post.js';

/** Posts into a team's channel. `externalIds[0]` is the post's ts, which is the thread's name when it began one. */
export async function postMirror(post: MirrorPost, where: { place: string; thread?: string; attempt?: number }, use: { client: WebClient; settings: SlackSettings; poster: Poster }): Promise<DeliveryOutcome> {
  if (!use.settings.mirrorChannels.includes(where.place)) return { result: 'rejected', reason: 'This is not one of the team’s channels in Settings.', because: 'invalid' };
  if (where.thread !== undefined && !isTs(where.thread)) return { result: 'rejected', reason: 'This is no thread of Slack.', because: 'invalid' };
  const posted = await use.poster.post(use.client, {
    target: { channel: where.place, ...(where.thread === undefined ? {} : { threadTs: where.thread }) }, part: renderMirror(post),
    tag: { eventType: mirrorEventType, id: post.id, part: 1 }, attempt: where.attempt ?? 1, ...(where.thread === undefined ? {} : { since: where.thread }),
  });
  return 'outcome' in posted ? posted.outcome : { result: 'sent', externalIds: [posted.ts] };
}
