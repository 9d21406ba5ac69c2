import type { ExplainsSetUp } from '../contract/abilities.js';
import { botEvents, scopes } from './limits.js';

/** What an administrator pastes under "Create New App → From a manifest". */
const manifest = `display_information:
  name: Support
features:
  app_home:
    messages_tab_enabled: true
    messages_tab_read_only_enabled: false
  bot_user:
    display_name: Support
    always_online: true
oauth_config:
  scopes:
    bot:
${scopes.map((scope) => `      - ${scope}`).join('\n')}
settings:
  event_subscriptions:
    request_url: {{webhookUrl}}
    bot_events:
${botEvents.map((event) => `      - ${event}`).join('\n')}
  interactivity:
    is_enabled: true
    request_url: {{webhookUrl}}
  org_deploy_enabled: false
  socket_mode_enabled: false
  token_rotation_enabled: false
`;

export const setUp: ExplainsSetUp['setUp'] = [
  { title: 'Create the app', text: 'Create a new app from a manifest, choose the workspace, and paste this. With Socket Mode, set socket_mode_enabled to true and leave both request_url lines out.', copy: [{ label: 'Manifest', value: manifest }], link: 'https://api.slack.com/apps?new_app=1' },
  { title: 'Copy the signing secret', text: 'Basic Information → App Credentials → Signing Secret, into “Signing secret” here. With Socket Mode: make an app-level token with connections:write instead, into “App-level token”.' },
  { title: 'Install it', text: 'Install App → Install to Workspace; then copy the Bot User OAuth Token into “Bot token” here, and save.' },
  { title: 'Check the request URL', text: 'Event Subscriptions and Interactivity must show this address as verified. Slack checks it when it is saved there: save this channel first.', copy: [{ label: 'Request URL', value: '{{webhookUrl}}' }] },
  { title: 'Invite it', text: 'Write /invite @Support in every channel where customers write, shared ones too. Direct messages need no invitation. For answering from Slack, invite it to your team’s channel and name that channel under “Team channels”.' },
];
