import { createPrivateKey, createPublicKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Outcome, Refusal } from '@guildhall/kernel-contract';
import { readEnvelope, type Envelope, type NamedKey } from '@guildhall/sharing-contract';
import { CannotDo, type World } from '../command';

/** Where a file is that was named in the folder in which the command was typed. */
export function at({ folder }: Pick<World, 'folder'>, file: string): string { return path.resolve(folder, file); }

/** @throws CannotDo */
export async function bytesIn(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch {
    throw new CannotDo(`${file} cannot be read.`);
  }
}

/** @throws CannotDo */
export async function jsonIn(file: string): Promise<unknown> {
  const bytes = await bytesIn(file);
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8').replace(/^\uFEFF/, '')) as unknown;
  } catch {
    throw new CannotDo(`${file} is no JSON.`);
  }
}

/** A signed document from a file. Who signed it is not looked at. @throws CannotDo */
export async function envelopeIn(file: string): Promise<Envelope> { return right(readEnvelope(await jsonIn(file)), file); }

/** @throws CannotDo that says each place which is wrong */
export function right<Value>(read: Outcome<Value, Refusal<string>>, file: string): Value {
  if (!read.ok) throw new CannotDo(`${file}: ${read.refusal.message}`);
  return read.value;
}

/** @throws CannotDo */
export function needed(value: string | undefined, name: string, usage: string): string {
  if (value === undefined) throw new CannotDo(`--${name} is missing.\n\n${usage}`);
  return value;
}

/** A publisher, or an assessor, and the name of its key: `westmarch#lead-2026`. @throws CannotDo */
export function keyidOf(keyid: string): { readonly keyid: string; readonly publisher: string } {
  const [, publisher] = /^([a-z0-9]+(?:-[a-z0-9]+)*)#[A-Za-z0-9._-]+$/.exec(keyid) ?? [];
  if (publisher === undefined) throw new CannotDo('--keyid is a publisher and the name of its key: westmarch#lead-2026');
  return { keyid, publisher };
}

/** A private key from a file (Ed25519, PKCS#8, PEM), under the name by which others know it. @throws CannotDo */
export async function signerIn(file: string, keyid: string): Promise<NamedKey> {
  const bytes = Buffer.from(await bytesIn(file));
  try {
    const key = createPrivateKey({ key: bytes, format: 'pem' });
    if (key.asymmetricKeyType === 'ed25519') return { ...keyidOf(keyid), key };
  } catch (error) {
    if (error instanceof CannotDo) throw error;
  }
  throw new CannotDo(`${file} is no private key for Ed25519. "guildhall key" makes one.`);
}

/** What others have to know of a key, as `x` of a JWK (RFC 8037). */
export function publicPart({ key }: Pick<NamedKey, 'key'>): string { return createPublicKey(key).export({ format: 'jwk' }).x ?? ''; }

/** An instant as all documents write it: in whole seconds, UTC. */
export function instant(at: Date): string { return `${at.toISOString().slice(0, 19)}Z`; }

/** JSON for a file that people read, too. */
export function written(value: unknown): string { return `${JSON.stringify(value, undefined, 2)}\n`; }
