import type { ExplainsSetUp } from '../contract/abilities.js';
import { permissions } from './limits.js';

export const setUp: ExplainsSetUp['setUp'] = [
  { title: 'Make an application', text: 'In the Discord Developer Portal, make a new application, with the name and picture that customers shall see.', link: 'https://discord.com/developers/applications' },
  { title: 'Get the bot token', text: 'Open “Bot”, press “Reset Token”, copy the token and paste it below as “Bot token”. It is shown once.' },
  { title: 'Allow it to read', text: 'On the same page, switch on “Message Content Intent”. Without it Discord gives no text in channels and refuses the connection; for direct messages alone it is not needed.' },
  {
    title: 'Invite it to your server', text: 'Open this address with your application’s id in it, choose the server and confirm. Scope “bot”; it asks for: view channels, send messages (also in threads), read message history, add reactions, attach files.',
    copy: [{ label: 'Invitation', value: `https://discord.com/oauth2/authorize?client_id=YOUR_APPLICATION_ID&scope=bot&permissions=${permissions}` }],
  },
  { title: 'Choose channels', text: 'In Discord, switch on User Settings → Advanced → Developer Mode, right-click each channel or forum and copy its id into “Channels and forums”. A forum is best for support: each post becomes a conversation of its own.' },
  { title: 'Name your colleagues', text: 'Copy the ids of their roles (Server Settings → Roles) into “Roles of colleagues”, so that what they answer in Discord counts as answered.' },
];
