import type { ExplainsSetUp } from '../contract/abilities.js';

/** What an administrator does at the provider. */
export const setUp: ExplainsSetUp['setUp'] = [
  { title: 'Make an app password', text: 'Sign in at bsky.app with the account that customers write to: Settings → Privacy and security → App passwords → Add. Never use the account\'s own password.', link: 'https://bsky.app/settings/app-passwords' },
  { title: 'Allow direct messages', text: 'Tick "Allow access to your direct messages" when you make it; it cannot be changed later.' },
  { title: 'Who may write to you', text: 'Chat → Settings → "Allow new messages from": Everyone. Else only people you follow can begin a chat.', link: 'https://bsky.app/messages/settings' },
  { title: 'Copy both here', text: 'The handle, without @, and the app password.' },
];
