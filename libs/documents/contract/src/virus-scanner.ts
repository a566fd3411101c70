import type { BytesAtRest } from '@guildhall/kernel-contract';
import { definePort } from '@guildhall/kernel-contract';

/** What a scanner found. @public */
export type ScanResult = { readonly isClean: true } | { readonly isClean: false; readonly finding: string };

/**
 * Looks for malware in what people send. When a council chose one, nothing is kept that it has not passed: a scanner that does not answer
 * throws Unavailable, and the document is refused for now.
 * @public
 */
export interface VirusScanner {
  /** Reads all of the content, little by little, and anew for every try. Content that breaks while it is read, or is not what it says it is, is an error, never clean. */
  scan(content: BytesAtRest): Promise<ScanResult>;
}

/** The port: a provider beside the store in `documents({ providers: [localDisk(), someScanner()] })`. @public */
export const VIRUS_SCANNER = definePort<VirusScanner>('documents.virus-scanner', '0.1.0');
