import type { ExplainsSetUp } from '../contract/abilities.js';

/** What to do at X, and what to copy where. */
export const setUp: ExplainsSetUp['setUp'] = [
  { title: 'Make an app', text: 'In the developer portal, make a project with an app for the account that is to answer. Under "User authentication settings" allow "Read and write", with direct messages if you want them.', link: 'https://console.x.com' },
  { title: 'Copy the keys', text: 'Under "Keys and tokens", make the consumer keys, and the access token and secret of the account itself. All four go into the fields here.' },
  {
    title: 'Register the webhook', text: 'POST /2/webhooks with this address, as the app. X asks it a question at once and again every hour, so the channel must be saved here first. The address must be https, without a port.',
    copy: [{ label: 'Webhook address', value: '{{webhookUrl}}' }], link: 'https://docs.x.com/x-api/webhooks/introduction',
  },
  {
    title: 'Subscribe to the account', text: 'POST /2/activity/subscriptions with the webhook’s id, once for each of these kinds, with the account’s id as filter. Leave out dm.* where direct messages are off.',
    copy: [{ label: 'Kinds', value: 'post.create, post.delete, post.mention.create, post.reply.create, like.create, dm.received, dm.sent, dm.read, dm.indicate_typing, oauth.revoke' }], link: 'https://docs.x.com/x-api/activity/quickstart',
  },
];
