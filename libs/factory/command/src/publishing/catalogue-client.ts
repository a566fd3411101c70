import type { Submission } from '@guildhall/catalogue-contract';
import { documentReader, readEnvelope, type Envelope } from '@guildhall/sharing-contract';
import { CannotDo } from '../command';

const BASE = '/api/catalogue/v1';
const ANSWERED_WITHIN_MS = 20_000;
const MOST_CHARACTERS = 20 * 1024 * 1024;
const LOOKED_AGAIN_AFTER_MS = 500;

const readSubmission = documentReader<Submission>({
  type: 'object', required: ['id', 'state', 'reasons'],
  properties: { id: { type: 'string', minLength: 1 }, state: { enum: ['waiting', 'listed', 'refused'] }, reasons: { type: 'array', items: { type: 'string' } } },
}, 'what a catalogue says of what was handed in');

/** What may be handed in, by the path under which a catalogue takes it. */
export interface HandedIn { readonly publishers: Envelope; readonly releases: { readonly release: Envelope; readonly components: string }; readonly notices: Envelope; readonly assessments: Envelope }

/** A catalogue at its address, over REST. There is nothing to sign in to: what is handed in is let in by who signed it. */
export class CatalogueClient {
  constructor(readonly origin: string) {}

  /** Hands something in. The same handed in again is the same submission. @throws CannotDo when it is not taken, or the catalogue does not answer as one */
  async handIn<Kind extends keyof HandedIn>(kind: Kind, what: HandedIn[Kind]): Promise<Submission> {
    const answer = await this.#call(`/${kind}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(kind === 'releases' ? what : { envelope: what }) });
    const { ok, refusal, value } = answer as { readonly ok?: unknown; readonly refusal?: { readonly message?: unknown }; readonly value?: unknown };
    if (ok === false) throw new CannotDo(`${this.origin} does not take it: ${typeof refusal?.message === 'string' ? refusal.message : 'it does not say why.'}`);
    return this.#submission(ok === true ? value : answer);
  }

  /** What has become of it, once that is known or so many seconds have passed. @throws CannotDo */
  async outcome(submission: Submission, waitInSeconds: number): Promise<Submission> {
    let now = submission;
    for (const until = Date.now() + waitInSeconds * 1000; now.state === 'waiting' && Date.now() < until; ) {
      await new Promise((passed) => setTimeout(passed, LOOKED_AGAIN_AFTER_MS));
      now = this.#submission(await this.#call(`/submissions/${encodeURIComponent(submission.id)}`));
    }
    return now;
  }

  /** Each state that it has of a publisher, the newest last; none of one that it does not know. @throws CannotDo */
  async publisher(id: string): Promise<readonly Envelope[]> {
    const answer = await this.#call(`/publishers/${encodeURIComponent(id)}`, {}, { mayLack: true });
    const list = Array.isArray(answer) ? answer : ((answer as { readonly states?: unknown } | undefined)?.states ?? []);
    if (!Array.isArray(list)) throw new CannotDo(`${this.origin} does not answer as a catalogue does.`);
    return list.map((one: unknown) => { const read = readEnvelope(one); if (!read.ok) throw new CannotDo(`${this.origin}: ${read.refusal.message}`); return read.value; });
  }

  #submission(json: unknown): Submission {
    const read = readSubmission(json);
    if (!read.ok) throw new CannotDo(`${this.origin}: ${read.refusal.message}`);
    return read.value;
  }

  /** Refused for its content (422), it answers with the outcome; otherwise with problem+json (RFC 9457). */
  async #call(path: string, request: RequestInit = {}, { mayLack = false } = {}): Promise<unknown> {
    const answer = await fetch(`${this.origin}${BASE}${path}`, { ...request, redirect: 'error', signal: AbortSignal.timeout(ANSWERED_WITHIN_MS) }).catch(() => { throw new CannotDo(`${this.origin} cannot be reached. Run this again later: what has been done already is not done twice.`); });
    const text = await answer.text();
    if (mayLack && answer.status === 404) return undefined;
    let json: unknown;
    try {
      json = text.length > MOST_CHARACTERS ? undefined : JSON.parse(text);
    } catch {
      json = undefined;
    }
    if (json === undefined) throw new CannotDo(`${this.origin} does not answer as a catalogue does (${answer.status}).`);
    if (answer.ok || answer.status === 422) return json;
    const { detail, title } = json as { readonly detail?: unknown; readonly title?: unknown };
    throw new CannotDo(`${this.origin} does not take it (${answer.status}): ${typeof detail === 'string' ? detail : typeof title === 'string' ? title : 'it does not say why.'}`);
  }
}
