import type { BackOfficeProvider, HandedCase, HandedOver, HandedWords, HandOverRefusal, Progress, ProgressAsked, PushedMessage, PushTaken } from '@guildhall/back-office-contract';
import { Unavailable, done, refused, type Outcome, type ProviderDependencies } from '@guildhall/kernel-contract';
import { MOST_DESCRIPTION, MOST_REQUESTS, writeDateTime } from '@guildhall/open311-contract';
import { findBefore } from './find-before';
import { GeoReportCalls } from './georeport-calls';
import type { Open311ClientOptions } from './open311-client.options';
import { progressOfRequest, progressOfUpdate } from './read-progress';
import { receiveUpdate, writeRefusal } from './receive-update';
import { refusalOf } from './refusal-of';
import { photoFields, reportForm, serviceCodeOf } from './report-form';

/** So many reports are asked for by number at once: an address has its limits. */
const NUMBERS_AT_ONCE = 50;
/** Times are written in whole seconds, and clocks differ: nothing is asked for that narrowly. */
const LEAST_WINDOW = 4_000;
const LEEWAY = 60_000;

/** A client of Open311 GeoReport v2, with mySociety's extension where the far end has it. */
export class Open311ClientProvider implements BackOfficeProvider {
  readonly title: string;
  readonly calls: GeoReportCalls;
  /** Photos usually lie where the reports do, which may be in the council's own network. */
  readonly photoOrigins: readonly string[];
  /** Only where the far end takes updates: mySociety's extension. */
  readonly write?: (words: HandedWords) => Promise<Outcome<Record<never, never>, HandOverRefusal>>;
  /** Only where the far end has a key to push with. */
  readonly receive?: (message: PushedMessage) => Promise<PushTaken>;
  readonly writeRefusal = writeRefusal;

  constructor(private readonly options: Open311ClientOptions, private readonly dependencies: Pick<ProviderDependencies, 'outbound' | 'clock'>) {
    this.title = options.title ?? `Open311 at ${new URL(options.endpoint).host}`;
    this.photoOrigins = [new URL(options.endpoint).origin];
    this.calls = new GeoReportCalls(options, dependencies);
    if (options.follows !== 'requests') this.write = (words) => this.update(words);
    const { pushKey } = options;
    if (pushKey) this.receive = (message) => receiveUpdate(message, pushKey);
  }

  async handOver(handed: HandedCase): Promise<Outcome<HandedOver, HandOverRefusal>> {
    const code = serviceCodeOf(this.options, handed.caseType);
    const service = await this.serviceOf(code);
    if (!service) return { ok: false, refusal: { ...refused('not-accepted', `It has no service “${code}” for cases of ${handed.caseType}. Say in "services" which of its services they are.`).refusal, code: 'open311-no-service' } };
    const attributes = service.metadata ? (await this.calls.definition(code)).attributes : [];
    // The standard has no key by which the far end would know the same report again: on every try but the first it is looked for.
    const before = handed.attempt > 1 || handed.lastTriedAt ? await findBefore(this.calls, handed, code, this.dependencies.clock) : undefined;
    if (before === 'too-many') return { ok: false, refusal: { ...refused('temporary', `It lists more reports of that time than can be looked through in a minute, so nobody knows whether it has this case from a try before. Look for ${handed.reference} there.`).refusal, code: 'open311-too-many' } };
    if (before) return done(before);
    const answer = await this.calls.post('requests', reportForm(handed, this.options, attributes), handed.caseId);
    if (answer.status < 200 || answer.status > 299) return { ok: false, refusal: refusalOf(this.calls, answer, handed) };
    const [taken] = this.calls.read('taken', answer);
    if (!taken) throw new Unavailable('The answer names no report.');
    if (taken.service_request_id !== undefined) return done({ farReference: taken.service_request_id });
    return done(taken.token === undefined ? {} : { ticket: taken.token });
  }

  async referenceOf(ticket: string): Promise<string | undefined> {
    const answer = await this.calls.get(`tokens/${encodeURIComponent(ticket)}`);
    // Some do not know a token before there is a number for it.
    if (answer.status === 404) return undefined;
    const found = this.calls.read('tokens', answer);
    return found.find(({ service_request_id: id, token }) => id !== '' && (token === ticket || token === ''))?.service_request_id;
  }

  async progress({ since, farReferences }: ProgressAsked): Promise<readonly Progress[]> {
    const now = this.dependencies.clock.now();
    if (this.options.follows === 'requests') return this.standings(farReferences, now);
    return this.updates(since, new Date(now.getTime() + LEEWAY), now);
  }

  /** POST servicerequestupdates: the update's id is the far end's key for it. */
  private async update({ wordsId, farReference, at, text, photos, reopens }: HandedWords): Promise<Outcome<Record<never, never>, HandOverRefusal>> {
    if (farReference === undefined) return { ok: false, refusal: { ...refused('not-accepted', 'It gave no number for the case, and knows updates by that.').refusal, code: 'open311-no-number' } };
    const plain = [...(text.trim() ? text : 'The resident sent photos.').replace(/\r\n?/g, '\n').replace(/(?!\n|\t)\p{Cc}/gu, '')];
    const answer = await this.calls.post('servicerequestupdates', { service_request_id: farReference, update_id: wordsId, status: reopens ? 'REOPEN' : 'OPEN', updated_datetime: writeDateTime(at), description: plain.length > MOST_DESCRIPTION ? `${plain.slice(0, MOST_DESCRIPTION - 1).join('')}…` : plain.join(''), ...photoFields(photos, this.options) }, wordsId);
    if (answer.status < 200 || answer.status > 299) return { ok: false, refusal: refusalOf(this.calls, answer, { photos }) };
    this.calls.read('updates-taken', answer);
    return done({});
  }

  /** What happened between two moments. A list that is as long as lists may be has left something out: then each half is asked for. */
  private async updates(from: Date, until: Date, now: Date): Promise<readonly Progress[]> {
    const told = this.calls.read('updates', await this.calls.get('servicerequestupdates', { start_date: writeDateTime(from), end_date: writeDateTime(until) }));
    const length = until.getTime() - from.getTime();
    if (told.length >= MOST_REQUESTS && length > LEAST_WINDOW) {
      const middle = new Date(from.getTime() + Math.floor(length / 2));
      return [...(await this.updates(from, middle, now)), ...(await this.updates(middle, until, now))];
    }
    return told.filter(({ service_request_id: number }) => number !== '').map((update) => progressOfUpdate(update, now));
  }

  private async standings(numbers: readonly string[], now: Date): Promise<readonly Progress[]> {
    const all: Progress[] = [];
    for (let first = 0; first < numbers.length; first += NUMBERS_AT_ONCE) {
      const asked = new Set(numbers.slice(first, first + NUMBERS_AT_ONCE));
      const requests = this.calls.read('requests', await this.calls.get('requests', { service_request_id: [...asked].join(','), extensions: 'true' }));
      for (const request of requests) if (asked.has(request.service_request_id)) all.push(...[progressOfRequest(request, now)].filter((one) => one !== undefined));
    }
    return all;
  }

  /** A service that is offered; one that is not known is looked for once more, since it may be new. */
  private async serviceOf(code: string) {
    const known = (await this.calls.services()).find(({ service_code: one }) => one === code);
    if (known) return known;
    this.calls.forget();
    return (await this.calls.services()).find(({ service_code: one }) => one === code);
  }
}
