import type { ExplainsSetUp } from '../contract/abilities.js';

/** What to do in the community's administration, and what to copy where. */
export const setUp: ExplainsSetUp['setUp'] = [
  { title: 'Make a user', text: 'Make a user for Rapport, e.g. "support". If it is a moderator it may edit and is not slowed down; it needs no more. It sees the private messages it takes part in, and those of its groups.' },
  { title: 'Make an API key', text: 'Admin → API keys → New: user level "single user", that user, scope "global". Copy the key into the field here; it is shown once.' },
  {
    title: 'Make a webhook', text: 'Admin → Webhooks → New: this address, content type application/json, the secret of the field here, and the events below. Switch on the site setting "retry web hook events", or what comes while Rapport is down must be filled in by hand.',
    copy: [{ label: 'Payload URL', value: '{{webhookUrl}}' }, { label: 'Events', value: 'Post is created, updated, deleted, recovered; like is given' }],
    link: 'https://meta.discourse.org/t/configure-webhooks-that-trigger-on-discourse-events-to-integrate-with-external-services/49045',
  },
];
