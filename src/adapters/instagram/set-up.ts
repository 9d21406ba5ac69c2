import type { ExplainsSetUp } from '../contract/abilities.js';

/** Of Facebook Login; what Instagram Login grants cannot be asked for. */
export const scopes = ['instagram_basic', 'instagram_manage_messages', 'pages_manage_metadata'] as const;
const webhookFields = ['messages', 'message_reactions', 'messaging_postbacks', 'messaging_seen', 'messaging_referral'] as const;

/** What to do at Meta, and what to copy where. */
export const setUp: ExplainsSetUp['setUp'] = [
  { title: 'Make an app', text: 'At developers.facebook.com make an app of the type "Business" and add Instagram to it. The app id and secret under "API setup with Instagram login" go into the fields here (with Facebook Login: those of Settings, Basic).', link: 'https://developers.facebook.com/apps' },
  { title: 'Connect the account', text: 'The account must be a professional one; in its app, under Settings, Messages, allow access to messages. Generate a token for it. By Instagram Login it ends after 60 days: renew it here in time.', copy: [{ label: 'Permissions', value: 'instagram_business_basic, instagram_business_manage_messages' }] },
  {
    title: 'Register the webhook', text: 'Save this channel first: Meta asks for the verify token at once. Then enter both and subscribe the account to the fields. One app has one address: give each account of yours an app of its own.',
    copy: [{ label: 'Callback URL', value: '{{webhookUrl}}' }, { label: 'Verify token', value: '{{verifyToken}}' }, { label: 'Fields', value: [...webhookFields, 'messaging_handover', 'standby'].join(', ') }],
  },
  { title: 'Ask for the permissions', text: 'Until Meta has reviewed the app, only people with a role in it are heard. Ask for advanced access, and for "Human Agent" if agents shall answer for seven days.' },
];
