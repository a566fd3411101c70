import { createHash, type KeyObject } from 'node:crypto';
import { done, refused, type Outcome, type Refusal } from '@guildhall/kernel-contract';
import { ed25519Of, rawEd25519, signEd25519, verifyEd25519 } from './ed25519';

/** Who signs notes, or has signed them: names are addresses without a scheme, like `borough-b.example/log`. @public */
export interface NoteKey { readonly name: string; readonly key: KeyObject }

const ED25519 = 1;
const NAME = /^[^\s+]+$/u;
const SIGNATURE_LINE = /^— (\S+) ([A-Za-z0-9+/]+={0,2})$/u;
/** Whoever cosigns adds a line: so many are read. */
const MOST_SIGNATURES = 100;

/** A key as text that others can keep (C2SP signed-note, "Verifier keys"): `name+c74f20a3+AR…`. @public @throws TypeError when it is no key for Ed25519 */
export function verifierKey({ name, key }: NoteKey): string {
  const raw = rawEd25519(key);
  return `${named(name)}+${keyId(name, raw).toString('hex')}+${Buffer.concat([Uint8Array.of(ED25519), raw]).toString('base64')}`;
}

/** @public @throws SyntaxError when it is none, or of another kind of signature */
export function parseVerifierKey(text: string): NoteKey {
  const [, name = '', id = '', encoded = ''] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/u.exec(text) ?? [];
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes[0] !== ED25519) throw new SyntaxError('This is not a key for signatures by Ed25519.');
  const raw = new Uint8Array(bytes.subarray(1));
  if (keyId(name, raw).toString('hex') !== id) throw new SyntaxError('The key is not the one that its number says.');
  return { name, key: ed25519Of(raw) };
}

/**
 * A text with signatures below it (C2SP signed-note).
 * @public
 * @param text of lines, each with its end
 * @throws SyntaxError when it is none
 */
export function signNote(text: string, signers: readonly NoteKey[]): string {
  if (!isText(text)) throw new SyntaxError('A note is made of lines, the last with its end, and has no other control characters.');
  return `${text}\n${signers.map(({ name, key }) => {
    return `— ${named(name)} ${Buffer.concat([keyIdOf({ name, key }), signEd25519(new Uint8Array(Buffer.from(text)), key)]).toString('base64')}\n`;
  }).join('')}`;
}

/** A note's text, and who of those who were asked about has signed it. @public */
export interface OpenedNote { readonly text: string; readonly names: readonly string[] }

/**
 * Opens a note that somebody who is known has signed. Signatures of others are not looked at; a wrong one of somebody known spoils it.
 * @public
 */
export function openNote(note: string, verifiers: readonly NoteKey[]): Outcome<OpenedNote, Refusal<'malformed' | 'wrong-signature' | 'not-signed'>> {
  const at = note.lastIndexOf('\n\n');
  const text = note.slice(0, at + 1);
  const lines = note.slice(at + 2).split('\n');
  if (at < 0 || !isText(text) || lines.pop() !== '' || lines.length === 0 || lines.length > MOST_SIGNATURES) return refused('malformed', 'This is not a signed note.');
  const names = new Set<string>();
  for (const line of lines) {
    const [, name = '', encoded = ''] = SIGNATURE_LINE.exec(line) ?? [];
    const bytes = Buffer.from(encoded, 'base64');
    if (!NAME.test(name) || bytes.byteLength < 5) return refused('malformed', 'A line below the note is not a signature.');
    const known = verifiers.find((one) => one.name === name && keyIdOf(one).equals(bytes.subarray(0, 4)));
    if (!known) continue;
    if (!verifyEd25519(new Uint8Array(Buffer.from(text)), new Uint8Array(bytes.subarray(4)), known.key)) return refused('wrong-signature', `The signature of ${name} is not by its key.`);
    names.add(name);
  }
  return names.size > 0 ? done({ text, names: [...names] }) : refused('not-signed', 'Nobody who is known has signed this note.');
}

const keyIds = new WeakMap<KeyObject, { readonly name: string; readonly id: Buffer }>();

/** Worked out once for a key: a log's notes are all by one. */
function keyIdOf({ name, key }: NoteKey): Buffer {
  const kept = keyIds.get(key);
  if (kept?.name === name) return kept.id;
  const id = keyId(name, rawEd25519(key));
  keyIds.set(key, { name, id });
  return id;
}

/** The first four bytes of SHA-256 of the name, a line's end, the kind of signature and the key. */
function keyId(name: string, raw: Uint8Array): Buffer {
  return createHash('sha256').update(name).update(Uint8Array.of(0x0a, ED25519)).update(raw).digest().subarray(0, 4);
}

function named(name: string): string {
  if (!NAME.test(name)) throw new SyntaxError(`"${name}" cannot be the name of a key: it has a space or a plus.`);
  return name;
}

// eslint-disable-next-line no-control-regex -- which of them a note may not have is what this says
const TEXT = /^[^\u0000-\u0009\u000b-\u001f\p{Surrogate}]*\n$/u;
function isText(text: string): boolean { return TEXT.test(text); }
