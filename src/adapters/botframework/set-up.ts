import type { ExplainsSetUp } from '../contract/abilities.js';

/** What an administrator does at the provider. */
export const setUp: ExplainsSetUp['setUp'] = [
  { title: 'Make an Azure Bot', text: 'In the Azure portal create a resource "Azure Bot", type Single Tenant. Note its Microsoft App ID and App Tenant ID.', link: 'https://portal.azure.com/#create/Microsoft.AzureBot' },
  { title: 'Client secret', text: 'Configuration → Manage Password → New client secret. Copy its value at once; it is shown only then. Note when it ends.' },
  { title: 'Messaging endpoint', text: 'Configuration → Messaging endpoint:', copy: [{ label: 'Messaging endpoint', value: '{{webhookUrl}}' }] },
  { title: 'Channels', text: 'Channels → add Microsoft Teams, Web Chat or Direct Line. For Teams upload an app package whose manifest names the App ID as bot, with the scopes personal and, where wanted, team and groupChat.' },
  { title: 'All messages of a team channel', text: 'Without more a bot hears only what mentions it. For all of a channel put ChannelMessage.Read.Group into the manifest; for read receipts in personal chats ChatMessageReadReceipt.Read.Chat.', copy: [{ label: 'Resource-specific permission', value: 'ChannelMessage.Read.Group' }] },
];
