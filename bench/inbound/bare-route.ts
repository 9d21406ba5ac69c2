import { createHmac, timingSafeEqual } from 'node:crypto';
import express from 'express';
import { childInput } from '../lib/child.js';

/**
 * What the inbound path is measured against: an express route that verifies the same signature over the raw body, parses
 * it, and answers. It keeps nothing.
 */
const { port, secret } = childInput<{ port: number; secret: string }>();
const app = express();
app.post('/hooks/:channelId', express.raw({ type: '*/*', limit: '1mb' }), (request, response) => {
  const body = request.body as Buffer;
  const [, seconds = '', given = ''] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(request.get('x-rapport-signature') ?? '') ?? [];
  const ours = createHmac('sha256', secret).update(`${seconds}.`).update(body).digest();
  if (!timingSafeEqual(ours, Buffer.from(given, 'hex'))) {
    response.status(401).json({ error: { code: 'bad_signature' } });
    return;
  }
  const event = JSON.parse(body.toString('utf8')) as { id: string };
  response.json({ ok: event.id !== '' });
});
app.listen(port, '127.0.0.1', () => process.stdout.write('ready\n'));
