import { Unavailable } from '@guildhall/kernel-contract';
import type { ScanResult, VirusScanner } from '../virus-scanner';

/** Knows one virus, the harmless one; it can be told to be out of reach, or slow. @public */
export class InMemoryVirusScanner implements VirusScanner {
  isDown = false;
  /** While it is there, a scan takes until then. */
  until: Promise<void> | undefined;
  async scan(bytes: Uint8Array): Promise<ScanResult> {
    await this.until;
    if (this.isDown) throw new Unavailable('The scanner does not answer.');
    return Buffer.from(bytes).includes('EICAR-STANDARD-ANTIVIRUS') ? { isClean: false, finding: 'Eicar-Test-Signature' } : { isClean: true };
  }
}
