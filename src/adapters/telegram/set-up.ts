import type { ExplainsSetUp } from '../contract/abilities.js';

/** For Settings: from nothing to a bot whose messages arrive. */
export const setUp: ExplainsSetUp['setUp'] = [
  { title: 'Make a bot', text: 'In Telegram, write /newbot to @BotFather, choose a name, and copy the token into “Bot token”.', link: 'https://t.me/BotFather' },
  { title: 'Choose how messages arrive', text: 'Long poll works behind any firewall. For a webhook, put this address into “Webhook address”; it is registered with Telegram by itself.', copy: [{ label: 'Webhook address', value: '{{webhookUrl}}' }] },
  { title: 'Groups (if wanted)', text: 'Write /setprivacy to @BotFather and choose Disable, or the bot sees only answers to it; then add it to the group. Reactions come only where it is an administrator. Name your own people under “Colleagues in groups”.' },
  { title: 'Business account (if wanted)', text: '@BotFather, /mybots, Bot Settings, Business Mode. Then, in the business account: Settings, Telegram Business, Chatbots, the bot’s name; let it answer messages.' },
];
