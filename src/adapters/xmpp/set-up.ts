import type { ExplainsSetUp } from '../contract/abilities.js';

/** What to do on the server before the account is connected here. */
export const setUp: ExplainsSetUp['setUp'] = [
  { title: 'Make an account', text: 'Register an address for your team on your own server, or on a public one. It belongs to this inbox alone: other programs may use it too, and what they answer is shown here.' },
  { title: 'Keep an archive', text: 'Switch on the message archive (XEP-0313) for this account, so that nothing is lost while we are away. On Prosody: add “mam”, “carbons” and “http_file_share” to its modules.' },
  { title: 'Fill in the form', text: 'Address and password are enough where the domain names its server. Rooms are optional; what is said there is public, and so are the answers.' },
  { title: 'Test the connection', text: 'The test signs in and says what the server can: archive, files, rooms.' },
];
