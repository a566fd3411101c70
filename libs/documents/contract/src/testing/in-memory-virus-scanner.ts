import type { BytesAtRest } from '@guildhall/kernel-contract';
import { Unavailable, provenBytes } from '@guildhall/kernel-contract';
import type { ScanResult, VirusScanner } from '../virus-scanner';

const LOOKED_FOR = 'EICAR-STANDARD-ANTIVIRUS';

/** Knows one virus, the harmless one; it can be told to be out of reach, or slow. @public */
export class InMemoryVirusScanner implements VirusScanner {
  isDown = false;
  /** While it is there, a scan takes until then. */
  until: Promise<void> | undefined;
  async scan(content: BytesAtRest): Promise<ScanResult> {
    await this.until;
    if (this.isDown) throw new Unavailable('The scanner does not answer.');
    let isFound = false;
    let before = '';
    for await (const chunk of provenBytes(content.read(), content) as AsyncIterable<Buffer>) {
      const text = before + Buffer.from(chunk).toString('latin1');
      isFound ||= text.includes(LOOKED_FOR);
      before = text.slice(-LOOKED_FOR.length);
    }
    return isFound ? { isClean: false, finding: 'Eicar-Test-Signature' } : { isClean: true };
  }
}
