import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError } from '../errors.js';
import type { SealedSecret } from '../inbox/model/channel.js';
import type { SecretBox } from '../inbox/ports.js';
import { createFileOnce } from './files.js';

const secretBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

/**
 * The workspace's master secret: reads `file`, or makes it with 32 random bytes (mode 0600, on disk when this resolves).
 * An existing file is never overwritten; of two processes that start at once both get the same secret. Throws
 * `config_invalid` when the file holds something else.
 */
export async function loadOrCreateSecret(file: string): Promise<Buffer> {
  const found = await readSecret(file);
  if (found) return found;
  await mkdir(dirname(file), { recursive: true });
  await createFileOnce(file, `${randomBytes(secretBytes).toString('hex')}\n`);
  const made = await readSecret(file);
  if (!made) throw new AppError('store_unavailable', `the secret file ${file} could not be made`);
  return made;
}

async function readSecret(file: string): Promise<Buffer | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new AppError('config_invalid', `the secret file ${file} cannot be read: ${error.message}`, { cause: error });
  });
  return text === undefined ? undefined : parseSecret(text, `the secret file ${file}`);
}

/** Reads a master secret given as 64 hex digits. Throws `config_invalid` that names `where`, never the value. */
export function parseSecret(text: string, where: string): Buffer {
  const trimmed = text.trim();
  if (!/^[0-9a-f]{64}$/i.test(trimmed)) throw new AppError('config_invalid', `${where} must hold 64 hex digits (32 bytes)`);
  return Buffer.from(trimmed, 'hex');
}

/**
 * A 32-byte key that is good for one purpose only (`reply-token`, `visitor-token` …), made from the master secret by
 * HKDF-SHA-256. Same secret and purpose give the same key; nothing can be told about one purpose's key from another's.
 */
export function deriveKey(secret: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), `rapport/v1/${purpose}`, secretBytes));
}

/** Names a master secret without telling anything about it; stands in every sealed value and in backups. */
export function secretId(secret: Buffer): string {
  return createHash('sha256').update(deriveKey(secret, 'key-id')).digest('hex').slice(0, 12);
}

/**
 * AES-256-GCM with a random nonce, `context` as associated data. The first secret seals, all of them open, so that a
 * new one can be put in front and old values stay readable. `open` throws `config_invalid` for an unknown key, a wrong
 * context or changed data; the message never holds the secret.
 */
export function createSecretBox(secrets: readonly [Buffer, ...Buffer[]]): SecretBox {
  for (const secret of secrets) {
    if (secret.length < secretBytes) throw new AppError('config_invalid', 'a master secret must have at least 32 bytes');
  }
  const keys = new Map(secrets.map((secret) => [secretId(secret), deriveKey(secret, 'seal')]));
  const first = { keyId: secretId(secrets[0]), key: deriveKey(secrets[0], 'seal') };
  return {
    seal: (plain, context) => seal(plain, context, first),
    open: (sealed, context) => {
      const key = keys.get(sealed.keyId);
      if (!key) throw cannotOpen(sealed, 'it was sealed with a key that is not here');
      return unseal(sealed, context, key);
    },
  };
}

function seal(plain: string, context: string, { keyId, key }: { keyId: string; key: Buffer }): SealedSecret {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context, 'utf8'));
  const data = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return { keyId, nonce: nonce.toString('base64'), data: data.toString('base64') };
}

function unseal(sealed: SealedSecret, context: string, key: Buffer): string {
  const nonce = Buffer.from(sealed.nonce, 'base64');
  const data = Buffer.from(sealed.data, 'base64');
  if (nonce.length !== nonceBytes || data.length < tagBytes) throw cannotOpen(sealed, 'it is damaged');
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(context, 'utf8')).setAuthTag(data.subarray(-tagBytes));
  try {
    return Buffer.concat([decipher.update(data.subarray(0, -tagBytes)), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw cannotOpen(sealed, 'it is damaged, or belongs somewhere else', cause);
  }
}

function cannotOpen(sealed: SealedSecret, why: string, cause?: unknown): AppError {
  return new AppError('config_invalid', `a stored secret cannot be opened: ${why}`, { cause, facts: { keyId: sealed.keyId } });
}
