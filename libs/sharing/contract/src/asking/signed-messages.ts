import type { KeyObject } from 'node:crypto';
import type { Outcome, Refusal } from '@guildhall/kernel-contract';
import { refused } from '@guildhall/kernel-contract';
import { contentDigest, verifyContentDigest } from '../content-digest';
import type { NamedKey } from '../dsse';
import type { Fields, HttpRequest, HttpResponse, SignatureRefusal, VerifiedSignature } from '../message-signature';
import { component, signMessage, verifyMessage } from '../message-signature';
import { parseDictionary } from '../structured-fields';

/** For what a message is signed: a signature for one is none for the other. @public */
export const SIGNED_FOR = ['guildhall-exchange', 'guildhall-choice', 'guildhall-twins', 'guildhall-link', 'guildhall-correction', 'guildhall-change', 'guildhall-ended', 'guildhall-log'] as const;
/** @public */
export type SignedFor = (typeof SIGNED_FOR)[number];

const LABEL = 'guildhall';
const OF_REQUEST = ['@method', '@target-uri', 'content-type', 'content-digest'].map((name) => component(name));
const OF_REFUSAL = [component('@status'), component('content-type'), component('content-digest'), component('@method', { req: true }), component('@target-uri', { req: true })];
/** An answer is one to this question alone: it covers the question's own signature. */
const OF_ANSWER = [...OF_REFUSAL, component('signature', { req: true, key: LABEL })];

/** A message from one node to another. @public */
export interface SignedRequest extends HttpRequest { readonly body: string }
/** @public */
export interface SignedAnswer { readonly status: number; readonly fields: Fields; readonly body: string }
/** @public */
export type MessageRefusal = SignatureRefusal | Refusal<'wrong-digest'>;

/** Signs a question, or what is sent of a choice: method, address, kind of content and its digest (RFC 9421, RFC 9530). @public */
export function signRequest({ method, targetUri, body }: { readonly method: string; readonly targetUri: string; readonly body: string }, { keyid, key }: NamedKey, { tag, created, nonce }: { readonly tag: SignedFor; readonly created: Date; readonly nonce: string }): SignedRequest {
  const message: HttpRequest = { method, targetUri, fields: { 'content-type': 'application/json', 'content-digest': contentDigest(body) } };
  return { ...message, body, fields: { ...message.fields, ...signMessage(message, { label: LABEL, components: OF_REQUEST, key, keyid, tag, nonce, created: inSeconds(created) }) } };
}

/** Whether a message is signed for this, and just now. Whether it came before is for whoever keeps its nonce to say: it always has one. @public */
export function verifyRequest(message: SignedRequest, { tag, keyFor, now }: { readonly tag: SignedFor; readonly keyFor: (keyid: string) => KeyObject | undefined; readonly now: Date }): Outcome<VerifiedSignature & { readonly nonce: string }, MessageRefusal> {
  const verified = verifyMessage(message, { tag, components: OF_REQUEST, keyFor, now });
  if (!verified.ok) return verified;
  const { nonce } = verified.value;
  if (nonce === undefined || nonce.length < 16) return refused('malformed', 'The signature has no nonce of sixteen characters or more.');
  if (!isDigestRight(message)) return refused('wrong-digest', 'The content is not what its digest says.');
  return { ok: true, value: { ...verified.value, nonce } };
}

/** Signs an answer to one question: its status, its content, and the question's signature. To a message that has none it can only say no, and nobody takes that for an answer to theirs. @public */
export function signAnswer({ status, body, contentType }: { readonly status: number; readonly body: string; readonly contentType: 'application/json' | 'application/problem+json' }, request: HttpRequest, { keyid, key }: NamedKey, { tag, created }: { readonly tag: SignedFor; readonly created: Date }): SignedAnswer {
  const message: HttpResponse = { status, fields: { 'content-type': contentType, 'content-digest': contentDigest(body) }, request };
  return { status, body, fields: { ...message.fields, ...signMessage(message, { label: LABEL, components: hasSignature(request) ? OF_ANSWER : OF_REFUSAL, key, keyid, tag, created: inSeconds(created) }) } };
}

/** Whether an answer is signed, and is one to this question. @public */
export function verifyAnswer(answer: SignedAnswer, request: HttpRequest, { tag, keyFor, now }: { readonly tag: SignedFor; readonly keyFor: (keyid: string) => KeyObject | undefined; readonly now: Date }): Outcome<VerifiedSignature, MessageRefusal> {
  const verified = verifyMessage({ status: answer.status, fields: answer.fields, request }, { tag, components: OF_ANSWER, keyFor, now });
  if (verified.ok && !isDigestRight(answer)) return refused('wrong-digest', 'The content is not what its digest says.');
  return verified;
}

function hasSignature({ fields }: HttpRequest): boolean {
  try {
    return parseDictionary(String(fields['signature'] ?? '')).has(LABEL);
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

function isDigestRight({ fields, body }: { readonly fields: Fields; readonly body: string }): boolean {
  const given = Object.entries(fields).find(([name]) => name.toLowerCase() === 'content-digest')?.[1];
  return typeof given === 'string' && verifyContentDigest(given, body);
}

function inSeconds(date: Date): number { return Math.floor(date.getTime() / 1000); }
