import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { JWK } from 'oidc-provider';

/** The issuer's own keys: made on the first start, the same ever after. */
export interface KeptKeys { readonly signing: JWK; readonly cookies: readonly string[] }

/** Reads the keys, or makes them. */
export async function keptKeys(folder: string): Promise<KeptKeys> {
  const file = path.join(folder, 'keys.json');
  try {
    return JSON.parse(await readFile(file, 'utf8')) as KeptKeys;
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  const signing = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }) as JWK;
  const kid = createHash('sha256').update(`${signing.x}.${signing.y}`).digest('base64url').slice(0, 16);
  const keys: KeptKeys = { signing: { ...signing, kid, use: 'sig', alg: 'ES256' }, cookies: [randomBytes(32).toString('base64url')] };
  await writeWhole(file, JSON.stringify(keys));
  return keys;
}

/** Writes a file so that nobody reads half of it, for this user's eyes only. */
export async function writeWhole(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, text, { mode: 0o600 });
  await rename(draft, file);
}

export function isMissing(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
}
