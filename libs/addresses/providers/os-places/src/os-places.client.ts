import { setTimeout as sleep } from 'node:timers/promises';
import { Unavailable, isGuildhallError } from '@guildhall/kernel-contract';
import type { OutboundResponse, ProviderDependencies } from '@guildhall/kernel-contract';
import type { OsPlacesOptions } from './options';
import { readAnswer } from './read-answer';
import type { OsPlacesAnswer } from './read-answer';

/** The resources of the API that are asked here. */
export type OsPlacesResource = 'postcode' | 'find' | 'uprn' | 'nearest' | 'radius';
/** A parameter given as a list is repeated, as `fq` is. */
export type OsPlacesParameters = Readonly<Record<string, string | number | readonly string[] | undefined>>;

const MOST_CALLS = 3;
/** Calls are counted by the minute (600 of a live project, 50 of one in development), and 429 does not say when the next is welcome. */
const REST_IN_SECONDS = 10;
const LONGEST_REST_IN_SECONDS = 60;

/**
 * Asks OS Places (version 1 of the API, as documented in July 2026). Every resource is read with GET and may be asked again. What fails for now
 * is asked again after a short wait of random length; after a 429 that does not pass, nobody is asked for a while.
 */
export class OsPlacesClient {
  #restsUntil = 0;

  constructor(
    private readonly options: OsPlacesOptions,
    private readonly dependencies: Pick<ProviderDependencies, 'outbound' | 'clock' | 'ids' | 'log' | 'council'>,
    private readonly wait: (milliseconds: number) => Promise<unknown> = sleep,
  ) {}

  /** Who is called. */
  get host(): string { return new URL(this.#origin).host; }

  /** @throws Unavailable when it does not answer, answers what is no answer, or refuses the key */
  async ask(resource: OsPlacesResource, parameters: OsPlacesParameters): Promise<OsPlacesAnswer> {
    const response = await this.call(resource, parameters);
    if (response.status !== 200) throw this.#refusal(resource, response);
    const answer = readAnswer(response);
    if (!answer) throw new Unavailable('OS Places answered with something that is not a list of addresses.');
    return answer;
  }

  /** The answer of whatever status, once what may pass has been given its time. */
  async call(resource: OsPlacesResource, parameters: OsPlacesParameters): Promise<OutboundResponse> {
    this.#refuseWhileResting();
    for (let call = 1; ; call++) {
      const isLast = call === MOST_CALLS;
      try {
        const response = await this.#fetch(resource, parameters);
        if (response.status !== 429 && response.status < 500) return response;
        this.dependencies.log.warn('os-places.answered-for-now', { council: this.dependencies.council.slug, resource, status: response.status, call });
        if (isLast) {
          if (response.status === 429) this.#rest(response);
          return response;
        }
      } catch (error) {
        // Nobody waits three times for a far end that does not answer at all.
        if (!isGuildhallError(error) || error.code !== 'unavailable' || call >= MOST_CALLS - 1) throw error;
        this.dependencies.log.warn('os-places.did-not-answer', { council: this.dependencies.council.slug, resource, call });
      }
      await this.wait(200 * 2 ** (call - 1) * (0.5 + this.#random()));
    }
  }

  #fetch(resource: OsPlacesResource, parameters: OsPlacesParameters): Promise<OutboundResponse> {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(parameters)) {
      if (value !== undefined) for (const one of Array.isArray(value) ? value as readonly string[] : [String(value)]) query.append(name, one);
    }
    return this.dependencies.outbound.fetch(`${this.#origin}/search/places/v1/${resource}?${query.toString()}`, {
      headers: { accept: 'application/json', key: this.options.key.reveal() }, timeoutInSeconds: this.options.timeoutInSeconds ?? 4,
    });
  }

  #refuseWhileResting(): void {
    const left = (this.#restsUntil - this.dependencies.clock.now().getTime()) / 1000;
    if (left > 0) throw new Unavailable('OS Places has had too many questions in this minute.', Math.ceil(left));
  }

  #rest(response: OutboundResponse): void {
    const asked = Number(response.headers['retry-after']);
    const seconds = Number.isFinite(asked) && asked > 0 ? Math.min(asked, LONGEST_REST_IN_SECONDS) : REST_IN_SECONDS * (0.5 + this.#random());
    this.#restsUntil = this.dependencies.clock.now().getTime() + seconds * 1000;
  }

  #refusal(resource: OsPlacesResource, { status }: OutboundResponse): Unavailable {
    if (status === 429) return new Unavailable('OS Places has had too many questions in this minute.', Math.max(1, Math.ceil((this.#restsUntil - this.dependencies.clock.now().getTime()) / 1000)));
    if (status < 500) this.dependencies.log.error('os-places.refused', { council: this.dependencies.council.slug, resource, status });
    return new Unavailable(whatStatusMeans(status));
  }

  get #origin(): string { return (this.options.origin ?? 'https://api.os.uk').replace(/\/+$/, ''); }
  #random(): number { return (this.dependencies.ids.bytes(1)[0] ?? 0) / 256; }
}

/** What an operator should do about a status that is not 200. The meanings are those of the OS Data Hub's page "Error codes". */
export function whatStatusMeans(status: number): string {
  switch (status) {
    case 400: return 'OS Places did not understand the question (400).';
    case 401: return 'OS Places does not know the key (401). Copy the API key of the project in the OS Data Hub into the setting again.';
    case 403: return 'OS Places knows the key and does not let it in (403). Add the OS Places API to the project in the OS Data Hub; it needs the Public Sector plan (PSGA) or the Premium plan.';
    case 404: return 'There is no OS Places at this address (404). Look at the origin in the settings: it is https://api.os.uk.';
    case 429: return 'OS Places has had too many questions in this minute (429). A project in development mode may ask 50 a minute, a live one 600.';
    default: return `OS Places answered with ${status}.`;
  }
}
