import { Unavailable, isGuildhallError, type OutboundResponse, type ProviderDependencies } from '@guildhall/kernel-contract';
import type { AddressTemplate } from './address-template';
import type { RestRegisterOptions } from './rest-register.options';

/** Nobody's record is larger, nor those of all with one date of birth. */
const MOST_BYTES = 2_000_000;

/** What an API answered. */
export interface BackOfficeAnswer {
  readonly document: unknown;
  /** It says that there is more at another address (RFC 8288). */
  readonly isPart: boolean;
}

/** Reads JSON of a back office. What it answers goes into no message and no log, and a redirect is not followed: it could lead into our network with the credential. */
export class BackOfficeCalls {
  constructor(private readonly options: Pick<RestRegisterOptions, 'credential' | 'credentialHeader' | 'timeoutInSeconds' | 'isInOwnNetwork'>, private readonly id: string, private readonly dependencies: Pick<ProviderDependencies, 'outbound' | 'log'>) {}

  /**
   * What stands at the address of this value; nothing where there is no such address, or nothing at it.
   * @throws Unavailable without a word of what was asked or answered
   */
  async get(template: AddressTemplate, value: string): Promise<BackOfficeAnswer | undefined> {
    const address = template.of(value);
    if (address === undefined) return undefined;
    const response = await this.#fetch(address, template);
    if (response.status === 404) return undefined;
    if (response.status !== 200) throw this.unavailable(reasonOf(response.status), String(response.status));
    if (response.bytes().byteLength > MOST_BYTES) throw this.unavailable('its answer is too large', 'too-large');
    return { document: this.#document(response), isPart: /\brel\s*=\s*"?[^",;]*\bnext\b/i.test(response.headers['link'] ?? '') };
  }

  /** @param code for the log, and in brackets in the sentence */
  unavailable(reason: string, code: string): Unavailable {
    this.dependencies.log.warn('sharing-rest.unavailable', { source: this.id, code });
    return new Unavailable(`The register ${this.id} cannot be read: ${reason} (${code}).`);
  }

  async #fetch(address: string, { origin, isHere }: AddressTemplate): Promise<OutboundResponse> {
    const { credential, credentialHeader, timeoutInSeconds = 2, isInOwnNetwork = false } = this.options;
    try {
      return await this.dependencies.outbound.fetch(address, {
        headers: { accept: 'application/json', ...(credentialHeader === undefined ? { authorization: `Bearer ${credential.reveal()}` } : { [credentialHeader.toLowerCase()]: credential.reveal() }) },
        timeoutInSeconds, mostBytes: MOST_BYTES, onlyPublic: { except: isInOwnNetwork || isHere ? [origin] : [] },
      });
    } catch (error) {
      if (!isGuildhallError(error)) throw error;
      // What went wrong is not passed on as the cause: Node keeps the bytes of an answer that it could not read in its error.
      if (error.code === 'not-allowed') throw this.unavailable('its address does not lead to the public internet. If it is in your own network, say so with isInOwnNetwork', 'not-public');
      throw this.unavailable(error.message.replace(/\s+/g, ' ').replace(/[ .]+$/, ''), 'no-answer');
    }
  }

  #document(response: OutboundResponse): unknown {
    try {
      return JSON.parse(response.text().replace(/^\ufeff/, '')) as unknown;
    } catch {
      throw this.unavailable('what it answers is not JSON', 'not-json');
    }
  }
}

function reasonOf(status: number): string {
  if (status >= 300 && status < 400) return 'it leads to another address, and that is not followed. Set the address at which it answers itself';
  switch (status) {
    case 401: return 'it does not accept the credential';
    case 403: return 'it does not let the credential read this';
    case 429: return 'it has had too many questions';
    default: return status >= 500 ? 'it fails' : 'it does not answer what was asked';
  }
}
