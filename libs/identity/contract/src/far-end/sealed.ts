import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts what must come back unaltered (AES-256-GCM): whoever reads the database reads no token, no nonce and no code verifier in it.
 * @param secret 32 bytes of the council's own
 * @param purpose what it is for: what was sealed for one thing opens for no other
 * @beta
 */
export function seal(value: unknown, secret: Uint8Array, purpose: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyFor(secret, purpose), nonce);
  const body = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
}

/** Opens it again; undefined when it was altered, or sealed for another council or another purpose. @beta */
export function unseal(text: string, secret: Uint8Array, purpose: string): unknown {
  const bytes = Buffer.from(text, 'base64url');
  // Base64 has several ways to write one thing: only ours counts.
  if (bytes.length <= NONCE_BYTES + TAG_BYTES || bytes.toString('base64url') !== text) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', keyFor(secret, purpose), bytes.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  try {
    return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8')) as unknown;
  } catch {
    // It does not authenticate: that is the answer to the question, not a failure.
    return undefined;
  }
}

function keyFor(secret: Uint8Array, purpose: string): Uint8Array {
  return createHash('sha256').update(secret).update('\0').update(purpose).digest();
}
