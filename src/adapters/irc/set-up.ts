import type { ExplainsSetUp } from '../contract/abilities.js';

/** What to do on the network before the channel is connected here. */
export const setUp: ExplainsSetUp['setUp'] = [
  { title: 'Register a nick', text: 'On networks with accounts, register one (usually by writing to NickServ), so that nobody else can speak in your name; its password signs us in.' },
  { title: 'Fill in the form', text: 'Server, port and nick are enough. The connection is encrypted unless you switch that off.' },
  { title: 'Choose what to read', text: 'Private messages, channels, or both. In channels only lines that name the nick become conversations, unless “all” is set. Channels are public, and so are the answers.' },
  { title: 'Test the connection', text: 'The test signs in, says what the network can, and leaves again.' },
];
