import type { ExplainsSetUp } from '../contract/abilities.js';

export const scopes = ['whatsapp_business_messaging', 'whatsapp_business_management'] as const;
const webhookFields = ['messages', 'user_id_update', 'smb_message_echoes', 'account_update'] as const;

/** What to do at Meta, and what to copy where. */
export const setUp: ExplainsSetUp['setUp'] = [
  { title: 'Make an app', text: 'At developers.facebook.com make an app of the type "Business" and add WhatsApp to it. Its App ID, and its App secret (Settings, Basic), go into the fields here.', link: 'https://developers.facebook.com/apps' },
  { title: 'Add the number', text: 'WhatsApp, API setup: add and verify the number. Copy its phone number ID and the business account ID, not the number itself.' },
  { title: 'Make a token that lasts', text: 'In the business settings make a system user, give it the app and the WhatsApp account with full control, and generate a token with these permissions. The one under "API setup" ends after a day.', copy: [{ label: 'Permissions', value: scopes.join(', ') }], link: 'https://business.facebook.com/settings/system-users' },
  {
    title: 'Register the webhook', text: 'Save this channel first: Meta asks for the verify token at once. Then, under WhatsApp, Configuration, enter both and subscribe to the fields. Several numbers of one app: give each its own address (webhook override of the number).',
    copy: [{ label: 'Callback URL', value: '{{webhookUrl}}' }, { label: 'Verify token', value: '{{verifyToken}}' }, { label: 'Fields', value: webhookFields.join(', ') }],
  },
  { title: 'Approve templates', text: 'Later than 24 hours after a customer’s last message only approved templates reach them. Those without media and with numbered values in their body are offered in the composer.', link: 'https://business.facebook.com/wa/manage/message-templates' },
];
