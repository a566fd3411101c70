import { setTimeout as sleep } from 'node:timers/promises';
import { Unavailable } from '@guildhall/kernel-contract';
import type { BytesAtRest, ConnectionCheck, ProviderDependencies } from '@guildhall/kernel-contract';
import type { ScanResult, VirusScanner } from '@guildhall/documents-contract';
import { checkConnection } from './check-connection';
import { ClamdClient, ClamdFailure } from './clamd-client';
import { parseClamdAddress } from './options';
import type { ClamAvOptions } from './options';
import { readVerdict } from './read-verdict';

const MOST_TRIES = 2;
const USUAL_TIMEOUT_IN_SECONDS = 20;
/** Somebody has to look before the same file is taken. */
const ANSWERED_AGAIN_AFTER_IN_SECONDS = 60;

/**
 * Asks clamd about every file. Only its plain "OK" is clean: no answer, half an answer, an odd one and "too large" are Unavailable, and the file is refused for now.
 * A connection that fails is tried once more: clamd starts anew when it has new signatures, and scanning twice changes nothing.
 */
export class ClamAvScanner implements VirusScanner {
  readonly #client: ClamdClient;
  constructor(
    private readonly options: ClamAvOptions, private readonly dependencies: Pick<ProviderDependencies, 'clock' | 'council' | 'ids' | 'log'>, private readonly wait: (milliseconds: number) => Promise<unknown> = sleep,
  ) {
    this.#client = new ClamdClient(parseClamdAddress(options.address), options.timeoutInSeconds ?? USUAL_TIMEOUT_IN_SECONDS);
  }

  async scan(content: BytesAtRest): Promise<ScanResult> {
    const deadline = performance.now() + (this.options.timeoutInSeconds ?? USUAL_TIMEOUT_IN_SECONDS) * 1_000;
    for (let tried = 1; ; tried++) {
      try {
        const verdict = readVerdict(await this.#client.scan(content));
        if (verdict) return verdict;
        throw new ClamdFailure('clamd could not scan the file', 'did-not-scan');
      } catch (error) {
        if (!(error instanceof ClamdFailure)) throw error;
        const { council, log, ids } = this.dependencies;
        const isTooLarge = error.answered === 'too-large';
        if (isTooLarge) log.error('clamav.file-too-large', { council: council.slug, sizeInBytes: content.sizeInBytes });
        else log.warn('clamav.did-not-scan', { council: council.slug, tried });
        if (isTooLarge || tried === MOST_TRIES || performance.now() > deadline) {
          // What it says of one file is no silence: it goes on scanning everybody else's.
          throw new Unavailable('The virus scanner cannot say at the moment whether the file is clean.', error.answered && ANSWERED_AGAIN_AFTER_IN_SECONDS);
        }
        await this.wait(100 + (ids.bytes(1)[0] ?? 0));
      }
    }
  }

  check(): Promise<ConnectionCheck> { return checkConnection(this.#client, this.options, this.dependencies.clock); }
}
