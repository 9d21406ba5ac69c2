import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { type App, buildApp } from './compose/app.js';
import { type Config, readConfig } from './config.js';
import { setUpUnattended } from './http/auth/set-up.js';
import { answerWhileStarting } from './http/while-starting.js';

const webRoot = resolve(dirname(fileURLToPath(import.meta.url)), '../web');

/** Starts the server: configuration, store, core, web side, and only then the inputs. Returns how to stop it. */
export async function start(config: Config): Promise<{ app: App; port: number; stop(): Promise<void> }> {
  const log = pino({ level: config.logLevel, redact: ['*.password', '*.secret', '*.token', 'req.headers.authorization', 'req.headers.cookie'] });
  const server = createServer();
  server.keepAliveTimeout = 65_000;
  server.on('request', answerWhileStarting);
  const port = await listen(server, config);
  const publicUrl = config.publicUrl ?? `http://localhost:${port}`;
  // Loaded only for the demo: its half year of stories is text that nobody else needs in memory.
  const demoParts = config.demo ? await import('./compose/demo.js') : undefined;
  const demo = demoParts?.demoOptions();
  const app = await buildApp(config, { log, webRoot, publicUrl, ...demo?.options });
  if (config.setup !== undefined) await setUpUnattended({ ...app, channels: app.book, clock: app.core.clock, newId: app.core.newId, log }, { email: config.setup.email, password: config.setup.password, ...(config.setup.apiKey === undefined ? {} : { apiKey: config.setup.apiKey }) });
  const played = demo === undefined ? undefined : await demoParts?.runDemo(app, demo.story, log);
  server.off('request', answerWhileStarting);
  server.on('request', app.http.app);
  server.on('upgrade', (request, socket, head) => app.http.handleUpgrade(request, socket, head));
  await app.startInputs();
  const live = played?.startLive();
  announce(app, config);
  const stop = async (): Promise<void> => {
    await live?.stop();
    server.close();
    await app.stop();
    server.closeAllConnections();
  };
  return { app, port, stop };
}

function listen(server: Server, config: Config): Promise<number> {
  return new Promise((resolvePort, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(error.code === 'EADDRINUSE' ? new Error(`Port ${config.port} is taken. Set PORT to another one (PORT=0 takes a free one).`) : error));
    server.listen(config.port, config.host, () => resolvePort((server.address() as AddressInfo).port));
  });
}

function announce(app: App, config: Config): void {
  const lines = app.config.demo ? [] : app.setUpToken === undefined || config.setup !== undefined ? [`Inbox     ${app.publicUrl}/`] : [`Set-up    ${app.publicUrl}/setup?token=${app.setUpToken}`];
  lines.push(`Chat      ${app.publicUrl}/chat`);
  process.stdout.write(`\nRapport is ready.\n${lines.map((line) => `  ${line}\n`).join('')}\n`);
}

async function main(): Promise<void> {
  const config = readConfig();
  const words = process.argv.slice(2);
  if (words.length > 0) {
    await (await import('./compose/tasks.js')).runTask(config, words);
    return;
  }
  const running = await start(config);
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      running.stop().then(() => process.exit(0), (error: unknown) => {
        process.stderr.write(`${String(error)}\n`);
        process.exit(1);
      });
    });
  }
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) await main();
