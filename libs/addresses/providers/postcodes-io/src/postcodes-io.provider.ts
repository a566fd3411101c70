import { setTimeout as sleep } from 'node:timers/promises';
import { Unavailable, isGuildhallError } from '@guildhall/kernel-contract';
import type { ConnectionCheck, OutboundResponse } from '@guildhall/kernel-contract';
import type { AddressAbility, AddressProvider, Area, Postcode } from '@guildhall/addresses-contract';
import type { Needs, PostcodesIoOptions } from './options';

/** What the answer to a postcode says, as far as it is used. */
type Found = { readonly kind: 'found'; readonly area?: Area } | { readonly kind: 'unknown-postcode' } | { readonly kind: 'no-answer' };

/**
 * Answers from postcodes.io, which publishes the ONS Postcode Directory. A postcode has one place there, the middle of its addresses: good enough
 * for "which council", and close to a boundary not for "which ward". It is therefore only asked about postcodes, never about points or addresses.
 */
export class PostcodesIoProvider implements AddressProvider {
  readonly abilities: readonly AddressAbility[] = ['postcode-areas'];

  constructor(private readonly options: PostcodesIoOptions, private readonly needs: Needs, private readonly wait: (milliseconds: number) => Promise<unknown> = sleep) {}

  /** The names of wards are in English only: the directory has no Welsh ones. */
  async areaOfPostcode(postcode: Postcode): Promise<Area | undefined> {
    const response = await this.#ask(postcode);
    const found = readFound(response);
    if (found.kind === 'unknown-postcode') return undefined;
    if (found.kind === 'found') return found.area;
    this.needs.log.warn('postcodes-io.no-answer', { council: this.needs.council.slug, status: response.status });
    throw new Unavailable(response.status === 200 ? 'postcodes.io answered with something that is no postcode.' : `postcodes.io answered with ${response.status}.`);
  }

  /** Asks for the pseudo-postcode that stands for "no fixed abode": a server that knows what a postcode is says that there is none. */
  async check(): Promise<ConnectionCheck> {
    const { host } = new URL(this.#origin);
    let response: OutboundResponse;
    try {
      response = await this.#ask('ZZ99 3VZ' as Postcode);
    } catch (error) {
      if (!isGuildhallError(error) || error.code !== 'unavailable') throw error;
      return { ok: false, message: `${error.message} Look whether this server may call ${host}, and whether it answers elsewhere.` };
    }
    const found = readFound(response);
    if (found.kind !== 'no-answer') return { ok: true, message: 'postcodes.io answers.' };
    return { ok: false, message: `What answers in the place of postcodes.io is something else (${response.status}). Look at the origin in the settings, and let the outgoing proxy pass ${host}.` };
  }

  async #ask(postcode: Postcode): Promise<OutboundResponse> {
    const url = `${this.#origin}/postcodes/${encodeURIComponent(postcode)}`;
    for (let isFirst = true; ; isFirst = false) {
      try {
        const response = await this.needs.outbound.fetch(url, { headers: { accept: 'application/json' }, timeoutInSeconds: this.options.timeoutInSeconds ?? 4 });
        if (!isFirst || (response.status !== 429 && response.status < 500)) return response;
      } catch (error) {
        if (!isFirst || !isGuildhallError(error) || error.code !== 'unavailable') throw error;
      }
      await this.wait(200 + (this.needs.ids.bytes(1)[0] ?? 0));
    }
  }

  get #origin(): string { return (this.options.origin ?? 'https://api.postcodes.io').replace(/\/+$/, ''); }
}

/** `{ status, result: { admin_ward, codes: { admin_ward, admin_district } } }`, or `{ status: 404, error }`; anything else is from somebody else. */
export function readFound(response: Pick<OutboundResponse, 'status' | 'json'>): Found {
  let body: unknown;
  try { body = response.json(); } catch { return { kind: 'no-answer' }; }
  if (!isRecord(body) || body['status'] !== response.status) return { kind: 'no-answer' };
  if (response.status === 404 && typeof body['error'] === 'string') return { kind: 'unknown-postcode' };
  const { result } = body;
  if (response.status !== 200 || !isRecord(result) || !isRecord(result['codes'])) return { kind: 'no-answer' };
  const [code, districtCode] = [gssCode(result['codes']['admin_ward']), gssCode(result['codes']['admin_district'])];
  const name = result['admin_ward'];
  // Large users, the Channel Islands and the Isle of Man are in the directory and in no ward.
  if (!code || !districtCode || typeof name !== 'string' || name.trim() === '') return { kind: 'found' };
  return { kind: 'found', area: { ward: { code, name: name.trim().slice(0, 120) }, districtCode } };
}

/** `E05…`; E99999999 and its like stand for "none" (ONS, pseudo codes). */
function gssCode(value: unknown): string | undefined {
  return typeof value === 'string' && /^[EWSN]\d{8}$/.test(value) && !value.endsWith('99999999') ? value : undefined;
}
function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
