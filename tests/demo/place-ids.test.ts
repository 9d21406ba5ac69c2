import { expect } from 'chai';
import { atUri, chatPartsOf, partsOf } from '../../src/adapters/bluesky/ids.js';
import { activityIdOf } from '../../src/adapters/botframework/ids.js';
import { snowflake, timeOf } from '../../src/adapters/discord/ids.js';
import { postId, topicOfThread } from '../../src/adapters/discourse/ids.js';
import { msgidOf } from '../../src/adapters/irc/ids.js';
import { statusId } from '../../src/adapters/mastodon/ids.js';
import { readMessageId as slackPost, readThreadKey as slackThread } from '../../src/adapters/slack/ids.js';
import { messageSid, readThreadKey as smsThread } from '../../src/adapters/sms/ids.js';
import { readMessageId as telegramMessage, readThreadKey as telegramThread } from '../../src/adapters/telegram/ids.js';
import { asWaId } from '../../src/adapters/whatsapp/ids.js';
import { directMessageEventId, idOf as xPost } from '../../src/adapters/x/ids.js';
import { readPostId } from '../../src/adapters/xmpp/ids.js';
import { makeScript } from '../../src/demo/script/make-script.js';
import type { MessageEvent } from '../../src/inbox/model/event.js';

const now = Date.UTC(2026, 4, 20, 14, 0);
const day = 86_400_000;

const customerOf = ({ sender, recipient }: Pick<MessageEvent, 'sender' | 'recipient'>): string => (recipient ?? sender).externalUserId;

/** Whether the adapter of this kind can read what the demo calls the post, and its thread. */
const reads: Readonly<Record<string, (event: MessageEvent) => boolean>> = {
  slack: ({ externalId, thread }) => slackPost(externalId) !== undefined && slackThread(thread.key)?.threadTs !== undefined,
  discord: ({ externalId, thread, receivedAt }) => {
    const id = snowflake(externalId);
    return id !== undefined && snowflake(thread.key) !== undefined && Math.abs(timeOf(id) - receivedAt) < day;
  },
  messenger: ({ externalId, thread, ...event }) => /^m_\S+$/.test(externalId) && thread.key === customerOf(event),
  instagram: ({ externalId, thread, ...event }) => externalId.length > 40 && thread.key === customerOf(event),
  whatsapp: ({ externalId, thread }) => externalId.startsWith('wamid.') && asWaId(thread.key) !== undefined,
  telegram: ({ externalId, thread }) => telegramMessage(externalId)?.place.chat === telegramThread(thread.key)?.chat,
  x: ({ externalId, thread, ...event }) => (thread.key.startsWith('dm:') ? directMessageEventId(externalId) !== undefined : xPost(externalId) !== undefined) && thread.key.endsWith(customerOf(event)),
  botframework: ({ externalId, thread }) => activityIdOf(externalId) !== undefined && externalId.startsWith(`${thread.key}/`),
  sms: ({ externalId, thread, ...event }) => messageSid(externalId) !== undefined && smsThread(thread.key)?.theirs === customerOf(event),
  xmpp: ({ externalId, thread }) => `chat ${readPostId(externalId)?.peer ?? ''}` === thread.key,
  irc: ({ externalId, thread, ...event }) => msgidOf(externalId) !== undefined && thread.key === `channel #velowerk ${customerOf(event)}`,
  mastodon: ({ externalId, thread, ...event }) => statusId(externalId) !== undefined && thread.key.endsWith(`:${customerOf(event)}`),
  bluesky: ({ externalId, thread }) => (thread.audience === undefined ? chatPartsOf(externalId) !== undefined : atUri(externalId) !== undefined && partsOf(thread.key.split('|')[0]) !== undefined),
  discourse: ({ externalId, thread }) => postId(Number(externalId)) !== undefined && topicOfThread(thread.key) !== undefined,
};

describe("The demo's posts on other people's platforms", () => {
  const events = makeScript({ seed: 11, now, stories: 800 }).steps.flatMap((step) => (step.do === 'write' && step.event.sender.kind in reads ? [step.event] : []));

  for (const [kind, canRead] of Object.entries(reads)) {
    it(`have ids, threads and people that the adapter of ${kind} could have named`, () => {
      const ours = events.filter((event) => event.sender.kind === kind);
      expect(ours).not.to.have.length(0);
      for (const event of ours) expect(canRead(event), `${event.externalId} in ${event.thread.key}`).to.equal(true);
    });
  }

  it('are in the thread of the post that began it', () => {
    const roots = events.filter((event) => event.sender.kind === 'mastodon').map(({ thread, externalId }) => ({ root: thread.key.split(':')[0], externalId }));
    for (const { root } of roots) expect(roots.some(({ externalId }) => externalId === root), root).to.equal(true);
  });

  it('show what a colleague answered in the platform’s own app', () => {
    expect(events.some((event) => event.direction === 'out' && event.recipient !== undefined)).to.equal(true);
  });
});
