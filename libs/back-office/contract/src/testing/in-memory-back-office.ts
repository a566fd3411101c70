import { InvalidInput, NotAuthenticated, Unavailable, done, type GuildhallError, type Outcome } from '@guildhall/kernel-contract';
import type { BackOfficeProvider, HandedOver, HandedWords, HandOverRefusal, Progress, ProgressAsked, PushedMessage, PushRefused, PushTaken } from '../back-office-provider';
import type { HandedCase } from '../handed-case';
import type { FarEndBehaviour, HappenedAtFarEnd, ReceivedCase } from './harness';

interface Kept { readonly given: HandedCase; readonly number: string; isSettled: boolean }

const REFUSALS: Partial<Record<FarEndBehaviour, HandOverRefusal>> = {
  'refuse-for-good': { reason: 'not-accepted', code: 'in-memory-missing', message: 'The far end misses something.' },
  'refuse-for-now': { reason: 'temporary', code: 'in-memory-busy', message: 'The far end is busy.', retryAfterInSeconds: 120 },
  'refuse-key': { reason: 'technical', code: 'in-memory-key', message: 'The far end does not know the key.' },
};

/** A back office in memory that passes the kit: for the tests of whatever hands cases over. It pushes JSON with a key in a header. @public */
export class InMemoryBackOffice implements BackOfficeProvider {
  readonly title = 'Back office in memory';
  takesPhotosAsFiles = false;
  photoOrigins: readonly string[] = [];
  behaviour: FarEndBehaviour = 'accept';
  givesTickets = false;
  /** How often it was called, by whatever name. */
  calls = 0;
  /** What residents wrote later, by its id. */
  readonly words = new Map<string, HandedWords>();
  readonly #cases = new Map<string, Kept>();
  readonly #progress: (Progress & { readonly caseReference: string })[] = [];
  constructor(private readonly key = 'a-key-of-tests') {}

  async handOver(given: HandedCase): Promise<Outcome<HandedOver, HandOverRefusal>> {
    this.answers();
    const refusal = REFUSALS[this.behaviour];
    if (refusal) return { ok: false, refusal };
    const kept = this.#cases.get(given.caseId) ?? { given, number: `FAR-${this.#cases.size + 1}`, isSettled: !this.givesTickets };
    this.#cases.set(given.caseId, kept);
    if (this.behaviour === 'accept-then-vanish') throw new Unavailable('The far end is gone.');
    return Promise.resolve(done(kept.isSettled ? { farReference: kept.number } : { ticket: `ticket-${kept.number}` }));
  }
  async referenceOf(ticket: string): Promise<string | undefined> {
    this.answers();
    return Promise.resolve([...this.#cases.values()].find(({ number, isSettled }) => isSettled && `ticket-${number}` === ticket)?.number);
  }
  async progress({ since }: ProgressAsked): Promise<readonly Progress[]> {
    this.answers();
    if (this.behaviour === 'refuse-key') throw new Unavailable('The far end does not know the key.');
    return Promise.resolve(this.#progress.filter(({ at }) => at >= since));
  }
  async write(words: HandedWords): Promise<Outcome<Record<never, never>, HandOverRefusal>> {
    this.answers();
    const refusal = REFUSALS[this.behaviour];
    if (refusal) return { ok: false, refusal };
    this.words.set(words.wordsId, words);
    if (this.behaviour === 'accept-then-vanish') throw new Unavailable('The far end is gone.');
    return Promise.resolve(done({}));
  }
  async receive({ headers, bytes }: PushedMessage): Promise<PushTaken> {
    if (headers['x-key'] !== this.key) throw new NotAuthenticated('The message is not the far end’s.');
    return Promise.resolve({ progress: readProgress(bytes) });
  }
  writeRefusal({ status, code }: GuildhallError): PushRefused { return { status, contentType: 'text/x-far-end', body: `refused: ${code}` }; }

  /** What it has, the oldest first. */
  received(): readonly ReceivedCase[] {
    return [...this.#cases.values()].map(({ given, number }) => ({ identity: number, text: textOf(given), photos: (given.photos ?? []).map(({ url }) => url) }));
  }
  /** The cases as they were handed over. */
  get cases(): readonly HandedCase[] { return [...this.#cases.values()].map(({ given }) => given); }
  /** Its reference for one of ours. */
  numberOf(caseReference: string): string | undefined { return [...this.#cases.values()].find(({ given }) => given.reference === caseReference)?.number; }
  settle(ticket: string): void {
    for (const kept of this.#cases.values()) if (`ticket-${kept.number}` === ticket) kept.isSettled = true;
  }
  /** Something happens to a case; returns its id. */
  happens(caseReference: string, { status, at, text, photos }: HappenedAtFarEnd): string {
    const progressId = `progress-${this.#progress.length + 1}`;
    const farReference = this.numberOf(caseReference);
    this.#progress.push({ progressId, caseReference, ...(farReference !== undefined && { farReference }), status, at, ...(text !== undefined && { text }), ...(photos && { photos }) });
    return progressId;
  }
  /** The message about the last thing that happened to a case. */
  pushed(caseReference: string): PushedMessage {
    const last = this.#progress.findLast((one) => one.caseReference === caseReference);
    return { path: '', headers: { 'x-key': this.key }, bytes: Buffer.from(JSON.stringify(last ? [last] : [])) };
  }

  private answers(): void {
    this.calls += 1;
    if (this.behaviour === 'unreachable' || this.behaviour === 'talk-nonsense') throw new Unavailable('The far end does not answer.');
  }
}

function readProgress(bytes: Uint8Array): readonly Progress[] {
  try {
    const read = JSON.parse(Buffer.from(bytes).toString('utf8')) as readonly (Omit<Progress, 'at'> & { readonly at: string })[];
    return read.map((one) => ({ ...one, at: new Date(one.at) }));
  } catch {
    throw new InvalidInput('The message cannot be read.');
  }
}

function textOf({ reference, summary, answers, place, contact }: HandedCase): string {
  return [reference, summary, ...answers.flatMap(({ question, answer }) => [question, answer]), ...(place?.lines ?? []), place?.postcode, place?.point?.latitude, place?.point?.longitude, place?.note, contact?.name, contact?.email, contact?.phone].filter((one) => one !== undefined).join('\n');
}
