import type { ExplainsSetUp } from '../contract/abilities.js';

export const scopes = ['pages_messaging', 'pages_manage_metadata'] as const;
export const webhookFields = ['messages', 'message_echoes', 'message_deliveries', 'message_reads', 'message_reactions', 'message_edits', 'messaging_postbacks', 'messaging_referrals', 'messaging_handovers', 'standby'] as const;

/** What to do at Meta, and what to copy where. */
export const setUp: ExplainsSetUp['setUp'] = [
  { title: 'Make an app', text: 'At developers.facebook.com make an app of the type "Business" and add Messenger to it. Its App ID, and its App secret (Settings, Basic), go into the fields here.', link: 'https://developers.facebook.com/apps' },
  { title: 'Connect the page', text: 'Messenger API settings, "Generate access tokens": connect the page and generate a token with these permissions. A token of a system user does not end.', copy: [{ label: 'Permissions', value: scopes.join(', ') }] },
  {
    title: 'Register the webhook', text: 'Save this channel first: Meta asks for the verify token at once. Then, under "Configure webhooks", enter both and subscribe the page to the fields. One app has one address: give each page of yours an app of its own.',
    copy: [{ label: 'Callback URL', value: '{{webhookUrl}}' }, { label: 'Verify token', value: '{{verifyToken}}' }, { label: 'Fields', value: webhookFields.join(', ') }],
  },
  { title: 'Ask for the permissions', text: 'Until Meta has reviewed the app, only people with a role in it can write. Ask for advanced access to pages_messaging, and for "Human Agent" if agents shall answer for seven days.' },
];
