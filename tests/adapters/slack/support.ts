import type { Account, DeliveryOutcome, Outbound } from '../../../src/adapters/contract.js';
import { createSlackAdapter } from '../../../src/adapters/slack/index.js';
import { createGuardedFetch } from '../../../src/http/outbound/guarded-fetch.js';
import { botToken, appToken, startSlackServer } from '../../support/fakes/slack-server.js';
import { signingSecret } from '../../support/fakes/slack.js';

/** The adapter by itself, against the fake, ended with the test. */
export async function openSlack(options: Parameters<typeof startSlackServer>[0] & { settings?: Record<string, unknown> } = {}) {
  const slack = await startSlackServer(options);
  const fetch = createGuardedFetch({ allow: [slack.host] });
  const adapter = createSlackAdapter({ fetch, clock: Date.now });
  const account: Account = {
    channel: { _id: 'chan1', kind: 'slack', name: 'Slack', state: 'on', settings: {}, secrets: {}, createdAt: 0, changeSeq: 0 },
    settings: adapter.settings.parse({ botToken, signingSecret, appToken, slackApiUrl: slack.url, mirrorChannels: ['C0TEAM'], ...options.settings }),
  };
  const sent: string[] = [];
  const files = new Map<string, Buffer>();
  return {
    slack, adapter, account, sent, files,
    deliver: (more: Partial<Outbound> & { text: string }): Promise<DeliveryOutcome> => adapter.deliver({ ...outbound, ...more }, account, {
      partSent: (id) => {
        sent.push(id);
        return Promise.resolve();
      },
      readFile: (attachment) => Promise.resolve(files.get(attachment.id) ?? Buffer.from('bytes')),
    }),
    async close(): Promise<void> {
      await slack.stop();
      await fetch.close();
    },
  };
}

const outbound: Outbound = {
  messageId: 'msg1', conversationId: 'conv1', seq: 2, attempt: 1, text: '', author: { type: 'agent', name: 'Jana Winter' }, isAutomatic: false, attachments: [],
  to: { identityId: 'slack:T0VELOWERK:U0INES', externalUserId: 'U0INES' }, threadKey: 'D0INES', sentParts: [], companyName: 'Velowerk',
};
