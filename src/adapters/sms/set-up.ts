import type { ExplainsSetUp } from '../contract/abilities.js';

/** For Settings: a number whose messages arrive. */
export const setUp: ExplainsSetUp['setUp'] = [
  { title: 'Account', text: 'Copy account SID and auth token from the first page of the Twilio console.', link: 'https://console.twilio.com' },
  { title: 'Number', text: 'Phone Numbers, Manage, Active numbers: choose the number, and copy it here in the form +4976155501234.' },
  { title: 'Webhook', text: 'On the number’s page, under “A message comes in”: Webhook, this address, HTTP POST. Put the very same address into “Webhook address” here: Twilio’s signature covers it.', copy: [{ label: 'A message comes in', value: '{{webhookUrl}}' }] },
  { title: 'STOP and HELP', text: 'Twilio answers STOP, START and HELP by itself and lets nothing through after STOP. Here a STOP closes the conversation for answers until they write again.' },
];
