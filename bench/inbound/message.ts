import { createHmac } from 'node:crypto';

export interface Target {
  port: number;
  channelId: string;
  secret: string;
  /** Part of every event id of this run: no two runs share one. */
  run: string;
}

const texts = [
  'Hello, the replacement fork has the wrong axle again and I need the bike on Friday. What can you do until then?',
  'Guten Tag, am Montag sollte das Paket kommen. Bis heute ist nichts da, und die Sendungsverfolgung zeigt nichts Neues.',
  'Bonjour, je n’ai pas encore reçu ma facture. Pouvez-vous me l’envoyer à cette adresse ?',
  'The parcel came today, everything fits. Thank you for the quick help, the children already sleep in the box.',
];
/** Eight messages a conversation, as in the big store; this many conversations are under way at a time. */
const atOnce = 64;
const messagesEach = 8;

/** The signed request of the n-th message, as bytes. */
export function signedRequest(target: Target, n: number, text = texts[n % texts.length]): Buffer {
  const who = Math.floor(n / (atOnce * messagesEach)) * atOnce + (n % atOnce);
  const body = JSON.stringify({
    type: 'message', id: `${target.run}-${n}`, conversation: `${target.run}-c${who}`, sentAt: Date.now(),
    from: { id: `${target.run}-p${who}`, name: `Person ${who}`, email: `${target.run}.${who}@posteo.example`, language: 'en' }, text,
  });
  const seconds = Math.floor(Date.now() / 1_000);
  const signature = createHmac('sha256', target.secret).update(`${seconds}.`).update(body).digest('hex');
  return Buffer.from(
    `POST /hooks/${target.channelId} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n` +
    `x-rapport-signature: t=${seconds},v1=${signature}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
