import { createPrivateKey, createPublicKey } from 'node:crypto';
import type { Outcome, Refusal } from '@guildhall/kernel-contract';
import { STARTER_ATTRIBUTES, STARTER_PURPOSES, documentReader, readAgreement, readBody, readEnvelope, readGuideline, type Agreement, type AskedFor, type Body, type Envelope, type Guideline, type NamedKey, type Vocabulary } from '@guildhall/sharing-contract';
import { CannotDo, type World } from './command';

const readUsed = documentReader<readonly AskedFor[]>({
  type: 'array', items: { type: 'object', required: ['attribute', 'purpose'], additionalProperties: false, properties: { attribute: { type: 'string' }, purpose: { type: 'string' } } },
}, 'a list of what is asked for');

/** What a file says. @throws CannotDo */
export async function json(world: World, file: string): Promise<unknown> {
  try {
    return JSON.parse(Buffer.from(await bytes(world, file)).toString('utf8').replace(/^\uFEFF/, '')) as unknown;
  } catch (error) {
    if (error instanceof CannotDo) throw error;
    throw new CannotDo(`${file} is no JSON.`);
  }
}

/** @throws CannotDo */
export async function bytes(world: World, file: string): Promise<Uint8Array> {
  try {
    return await world.read(file);
  } catch {
    throw new CannotDo(`${file} cannot be read.`);
  }
}

/** @throws CannotDo that says each place which is wrong */
export function right<Value>(read: Outcome<Value, Refusal<string>>, file: string): Value {
  if (!read.ok) throw new CannotDo(`${file}: ${read.refusal.message}`);
  return read.value;
}

/** An agreement from a file: its text, or signed. Who has signed is not looked at. @throws CannotDo */
export async function agreement(world: World, file: string): Promise<Agreement> {
  const document = await json(world, file);
  const signed = readEnvelope(document);
  return right(readAgreement(signed.ok ? payloadOf(signed.value) : document), file);
}

/** @throws CannotDo */
export async function bodies(world: World, named: readonly string[] = []): Promise<readonly Body[]> { return Promise.all(named.map(async (file) => right(readBody(await json(world, file)), file))); }
/** @throws CannotDo */
export async function guidelines(world: World, named: readonly string[] = []): Promise<readonly Guideline[]> { return Promise.all(named.map(async (file) => right(readGuideline(await json(world, file)), file))); }
/** What those who ask ask for; nothing where no file is named: then nobody can say. @throws CannotDo */
export async function used(world: World, file: string | undefined): Promise<readonly AskedFor[] | undefined> { return file === undefined ? undefined : right(readUsed(await json(world, file)), file); }
/** @throws CannotDo */
export async function envelopes(world: World, named: readonly string[] = []): Promise<readonly Envelope[]> { return Promise.all(named.map(async (file) => right(readEnvelope(await json(world, file)), file))); }

/** The starter's words unless a file is named, with the names of these bodies. @throws CannotDo */
export async function vocabulary(world: World, file: string | undefined, known: readonly Body[]): Promise<Vocabulary> {
  const words = file === undefined ? { attributes: STARTER_ATTRIBUTES, purposes: STARTER_PURPOSES, bodies: {} } : ((await json(world, file)) as Vocabulary);
  if (!Array.isArray(words.attributes) || !Array.isArray(words.purposes)) throw new CannotDo(`${file ?? ''} is no vocabulary: it has attributes and purposes.`);
  return { ...words, bodies: { ...words.bodies, ...Object.fromEntries(known.map(({ id, name }) => [id, name])) } };
}

/** A private key from a file (PKCS#8, PEM), under the name by which others know it. @throws CannotDo */
export async function signer(world: World, file: string, keyid: string): Promise<NamedKey> {
  if (!/^[a-z0-9-]+#[A-Za-z0-9._-]+$/.test(keyid)) throw new CannotDo('--keyid is a body and the name of its key: north-region#2026-1');
  try {
    const key = createPrivateKey({ key: Buffer.from(await bytes(world, file)), format: 'pem' });
    if (key.asymmetricKeyType === 'ed25519') return { keyid, key };
  } catch (error) {
    if (error instanceof CannotDo) throw error;
  }
  throw new CannotDo(`${file} is no private key for Ed25519. "trust-list key" makes one.`);
}

/** What others have to know of a key, as `x` of a JWK (RFC 8037). */
export function publicPart({ key }: NamedKey): string { return createPublicKey(key).export({ format: 'jwk' }).x ?? ''; }

function payloadOf({ payload }: Envelope): unknown {
  try {
    return JSON.parse(Buffer.from(payload, 'base64').toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
