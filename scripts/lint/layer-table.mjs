/**
 * Who may import whom, and which folder is the only place for which package. One row a folder; the first row whose
 * `folder` holds the file counts. Project paths are given without their ending; a folder means everything below it.
 * `own` is the file's own folder one level below `folder` (`src/adapters/email` for a file in it).
 */
export const layers = [
  { folder: 'src/main', mayImport: ['src'], packages: ['pino'] },
  { folder: 'src/compose', mayImport: ['src'], packages: ['pino', 'file-type', 'zod', 'date-holidays', 'dejavu-fonts-ttf'] },
  { folder: 'src/config', mayImport: ['src/errors'], packages: ['zod'] },
  { folder: 'src/errors', mayImport: [], packages: [] },
  { folder: 'src/inbox', mayImport: ['src/inbox', 'src/errors'], packages: [] },
  { folder: 'src/adapters/contract', mayImport: ['src/adapters/contract', 'src/inbox/model', 'src/inbox/ports', 'src/errors'], packages: ['zod'] },
  { folder: 'src/adapters/registry', mayImport: ['src/adapters', 'src/inbox/model', 'src/errors'], packages: [] },
  {
    folder: 'src/adapters/email', mayImport: ['own', 'src/adapters/contract', 'src/inbox/model', 'src/inbox/ports', 'src/errors'],
    packages: ['zod', 'imapflow', 'mailparser', 'nodemailer', 'mailauth', 'htmlparser2', 'sanitize-html', 'file-type', 'libphonenumber-js'],
  },
  // What several channels need and none of them is: counting, splitting and marking text, the Meta platforms' common core.
  { folder: 'src/adapters/lib', mayImport: ['own', 'src/adapters/contract', 'src/inbox/model', 'src/errors'], packages: ['zod', 'htmlparser2'] },
  ...Object.entries({
    slack: ['@slack/bolt', '@slack/web-api', '@slack/socket-mode'], discord: ['discord.js', '@discordjs/ws'], telegram: ['grammy'], botframework: ['botbuilder', 'botframework-connector', 'botframework-schema'],
    xmpp: ['@xmpp/client'], irc: ['irc-framework'], bluesky: ['@atproto/api'], messenger: [], instagram: [], whatsapp: ['libphonenumber-js'], sms: ['libphonenumber-js'],
  }).map(([name, packages]) => ({
    folder: `src/adapters/${name}`, packages: ['zod', ...packages],
    mayImport: ['own', 'src/adapters/lib', 'src/adapters/contract', 'src/inbox/model', 'src/inbox/ports', 'src/errors', ...(['messenger', 'instagram', 'whatsapp'].includes(name) ? ['src/adapters/meta'] : [])],
  })),
  {
    folder: 'src/adapters', mayImport: ['own', 'src/adapters/lib', 'src/adapters/contract', 'src/inbox/model', 'src/inbox/ports', 'src/errors'],
    packages: ['zod', 'file-type', 'libphonenumber-js'],
  },
  // Figures from stored facts; no store, no HTTP.
  { folder: 'src/reports', mayImport: ['src/reports', 'src/inbox', 'src/errors'], packages: ['csv-stringify', '@resvg/resvg-js'] },
  { folder: 'src/bot', mayImport: ['src/bot', 'src/inbox', 'src/errors'], packages: ['botbuilder', 'botbuilder-core', 'botbuilder-dialogs', 'botframework-schema', 'tinyld', 'zod'] },
  {
    folder: 'src/store', mayImport: ['src/store', 'src/inbox/model', 'src/inbox/ports', 'src/inbox/stores', 'src/errors'],
    packages: ['libsql', 'mongodb', 'bull', 'ioredis', 'snowball-stemmers', 'tinyld', 'zod'],
  },
  {
    folder: 'src/http', mayImport: ['src/http', 'src/inbox', 'src/reports', 'src/adapters/contract', 'src/errors'],
    packages: ['express', 'busboy', 'compression', 'helmet', 'ws', 'zod', 'pino', 'prom-client', 'rate-limiter-flexible', 'undici', 'ipaddr.js', 'sanitize-html', 'file-type', '@node-rs/argon2'],
  },
  { folder: 'src/workers', mayImport: ['src/workers', 'src/inbox', 'src/reports', 'src/bot', 'src/adapters/contract', 'src/errors'], packages: ['pino'] },
  { folder: 'src/demo', mayImport: ['src/demo', 'src/inbox', 'src/adapters/contract', 'src/errors'], packages: [] },
  { folder: 'web/widget', mayImport: ['web/widget'], packages: ['esbuild'] },
  {
    // The composer counts a text with the very function by which the channel splits it, and a chat's formatting is read by the channels' own reader.
    folder: 'web', mayImport: ['web', 'src/adapters/lib/measure', 'src/adapters/lib/marks'], mayImportTypes: ['src/http/api/shapes', 'src/http/api/shapes-reports'], mayNotImport: ['web/widget'],
    packages: [
      'react', 'react-dom', '@mantine/core', '@mantine/hooks', '@tanstack/react-query', '@tanstack/react-router', '@tanstack/react-virtual',
      'lucide-react', 'dompurify', 'd3-scale', 'd3-shape', '@fontsource-variable/inter', 'vite', '@vitejs/plugin-react', 'zod',
    ],
  },
];

/** Modules of Node that a folder may not use: how a pure layer stays pure, and how requests leave through one guarded client. */
export const nodeModules = [
  { folder: 'src/inbox', allow: ['node:crypto'] },
  { folder: 'src/reports', allow: ['node:crypto'] },
  { folder: 'src/demo', allow: ['node:zlib', 'node:crypto'] },
  { folder: 'web/src', allow: [] },
];

/** The one folder from which a request may leave. */
export const outboundFolder = 'src/http/outbound';
