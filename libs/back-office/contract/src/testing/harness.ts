import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { isGuildhallError } from '@guildhall/kernel-contract';
import type { BackOfficeProvider, HandedOver, HandOverRefusal, Progress, PushedMessage } from '../back-office-provider';
import type { HandedCase, HandedPhoto } from '../handed-case';

/** A case as the far end has it. @public */
export interface ReceivedCase {
  /** What the far end knows it by: two of the same case are one case handed over twice. */
  readonly identity: string;
  /** Everything of it that the far end got, in one text: our reference, the words, the place, who it is. */
  readonly text: string;
  /** Its photos in their order: where the far end was told to fetch each, or the bytes that it was given. Needs `photos`. */
  readonly photos?: readonly (string | Uint8Array)[];
}

/** What the far end is to do with what comes next. @public */
export type FarEndBehaviour =
  | 'accept'
  /** Says: not now. */
  | 'refuse-for-now'
  /** Says: never, something is missing; and repeats what it was sent. */
  | 'refuse-for-good'
  /** Says: who are you? */
  | 'refuse-key'
  /** Nothing listens. */
  | 'unreachable'
  /** Takes the case and is gone before it says so. */
  | 'accept-then-vanish'
  /** Answers with a page of something else, such as a sign-in page of the network. */
  | 'talk-nonsense';

/** Something that happens at the far end. @public */
export interface HappenedAtFarEnd { readonly status: string; readonly at: Date; readonly text?: string; /** Where each is fetched. Needs `told-photos`. */ readonly photos?: readonly string[] }

/**
 * A provider under the kit, at a far end without cases. Abilities: `far-end` (it can misbehave), `refuses` (it says at once that it does not take a case), `gives-references`,
 * `references-later` (tickets first), `polls`, `pushes`, `writes-refusals` (of what is pushed, in its own protocol), `writes`, `photos`, `later-photos` (with what a resident writes later), `told-photos` (with what happens there).
 * @public
 */
export interface BackOfficeHarness {
  readonly provider: BackOfficeProvider;
  /** What the far end has, the oldest first. */
  received(): Promise<readonly ReceivedCase[]>;
  /** Needs `far-end` or `refuses`. */
  farEnd?(behaviour: FarEndBehaviour): Promise<void>;
  /** Needs `references-later`: from now on the far end gives tickets. */
  givesTickets?(): Promise<void>;
  /** Needs `references-later`: the far end makes up its mind about the reference behind a ticket. */
  settles?(ticket: string): Promise<void>;
  /** What the far end was told of a case later, the oldest first. Needs `writes`. */
  written?(caseReference: string): Promise<readonly string[]>;
  /** The photos that came with the latest of those words. Needs `later-photos`. */
  writtenPhotos?(caseReference: string): Promise<readonly (string | Uint8Array)[]>;
  /** Something happens to a case, known by our reference. Needs `polls` or `pushes`. */
  happens?(caseReference: string, what: HappenedAtFarEnd): Promise<void>;
  /** The message that the far end would push about the last thing that happened to a case. Needs `pushes`. */
  pushed?(caseReference: string): Promise<PushedMessage>;
  /** The same message with something about it that is not the far end's: each of them must be refused. Needs `pushes`. */
  forged?(genuine: PushedMessage): Promise<readonly PushedMessage[]>;
  /** Genuine messages of the far end that nobody can read. Needs `pushes`. */
  unreadable?(): Promise<readonly PushedMessage[]>;
}

let count = 0;

/** A case as the module would hand it over. @public */
export function aCase(changes: Partial<HandedCase> = {}): HandedCase {
  count += 1;
  const number = String(count).padStart(4, '0');
  return {
    caseId: `01990000-0000-7000-8000-00000000${number}`, reference: `KT-0000-${number}`, caseType: 'kit.pothole', typeTitle: 'Pothole', summary: 'Pothole in Mill Lane', openedAt: new Date('2026-11-23T08:30:00Z'), language: 'en',
    answers: [{ question: 'How deep is it?', answer: 'Deeper than a hand', code: 'depth' }], place: { point: { latitude: 52.1, longitude: -1.5 }, lines: ['4 Mill Lane', 'Testham'], postcode: 'ZZ99 4AB' }, attempt: 1, ...changes,
  };
}

/** A photo as the module would hand it over, with a link that is another one each time. @public */
export function aPhoto(changes: Partial<HandedPhoto> = {}): HandedPhoto {
  count += 1;
  const number = String(count).padStart(4, '0');
  const photoId = `01990000-0000-7000-8000-00000001${number}`;
  const bytes = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from(`photo ${number}`)]);
  return {
    photoId, contentType: 'image/jpeg', sizeInBytes: bytes.byteLength, sha256: createHash('sha256').update(bytes).digest('hex'), url: `https://apps.testham.example/documents/${photoId}/shown?as=whole&until=1764500000&key=key-of-${number}`, until: new Date('2026-11-30T08:30:00Z'),
    bytes: () => Promise.resolve(bytes), ...changes,
  };
}
/** What a far end has of photos is what was handed over: where it is, or what it is. @internal */
export async function assertSamePhotos(has: readonly (string | Uint8Array)[] | undefined, photos: readonly HandedPhoto[]): Promise<void> {
  assert.equal(has?.length, photos.length, `${has?.length ?? 0} photos arrived`);
  for (const [index, photo] of photos.entries()) {
    const one: string | Uint8Array | undefined = has?.[index];
    if (typeof one === 'string') assert.equal(one, photo.url);
    else assert.deepEqual(Buffer.from(one ?? []), Buffer.from(await photo.bytes()));
  }
}
/** @internal */
export async function handed(harness: BackOfficeHarness, given: HandedCase): Promise<HandedOver> {
  const outcome = await harness.provider.handOver(given);
  assert.ok(outcome.ok, outcome.ok ? '' : `${outcome.refusal.code}: ${outcome.refusal.message}`);
  return outcome.value;
}
/** @internal */
export async function refusal(harness: BackOfficeHarness, given: HandedCase): Promise<HandOverRefusal> {
  const outcome = await harness.provider.handOver(given);
  assert.ok(!outcome.ok, 'the case was taken');
  return outcome.refusal;
}
/** @internal */
export async function throwsCode(code: string, call: () => Promise<unknown>): Promise<void> {
  let thrown: unknown;
  try { await call(); } catch (error) { thrown = error; }
  assert.ok(isGuildhallError(thrown), `expected ${code}, found ${String(thrown)}`);
  assert.equal(thrown.code, code);
}
/** What became of one case, the oldest first. @internal */
export async function progressOf(harness: BackOfficeHarness, given: HandedCase, { farReference }: HandedOver, since = new Date('2026-11-23T08:30:00Z')): Promise<readonly Progress[]> {
  assert.ok(harness.provider.progress, 'it says that it polls and has no progress()');
  const all = await harness.provider.progress({ since, farReferences: farReference === undefined ? [] : [farReference] });
  return all.filter((one) => isAbout(one, given, farReference)).sort((a, b) => a.at.getTime() - b.at.getTime());
}
/** @internal */
export function isAbout(one: Progress, given: HandedCase, farReference: string | undefined): boolean {
  assert.ok(one.farReference !== undefined || one.caseReference !== undefined, 'progress names its case');
  return (farReference !== undefined && one.farReference === farReference) || one.caseReference === given.reference;
}
/** Without the shape that each far end gives it. @internal */
export const squeezed = (text: string): string => text.replace(/\s+/g, ' ');
/** Needs an ability that the harness names. @internal */
export function can<Able>(able: Able | undefined): Able {
  assert.ok(able !== undefined, 'the harness lacks what its abilities promise');
  return able;
}
