import type { ExplainsSetUp } from '../contract/abilities.js';

/** What an administrator does at the provider. */
export const setUp: ExplainsSetUp['setUp'] = [
  { title: 'Sign in on your server', text: 'Sign in with the account that customers write to, and open Preferences → Development → New application.', link: 'https://docs.joinmastodon.org/client/token/' },
  { title: 'Scopes', text: 'Choose these scopes and save. A redirect URI is not used; leave what stands there.', copy: [{ label: 'Scopes', value: 'read write:statuses write:media write:favourites' }] },
  { title: 'Copy the token', text: 'Open the application again, copy "Your access token" and paste it here.' },
  { title: 'Private mentions from strangers', text: 'Servers from 4.3 hold back private mentions from people you do not follow. They come in here all the same; in Mastodon itself they wait under "Filtered notifications".' },
];
