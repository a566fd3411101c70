import type { ProviderInstallation } from '@guildhall/kernel-contract';
import type { DOCUMENT_LIMITS, DocumentStore, VirusScanner } from '@guildhall/documents-contract';

/** What a council may set of documents. @public */
export interface DocumentsOptions {
  /** One store, and virus scanners if there are any. */
  readonly providers: readonly (ProviderInstallation<DocumentStore> | ProviderInstallation<VirusScanner>)[];
  /** Why the council needs no virus scanner here, such as that its network scans whatever comes in: `doctor` shows it. Without a scanner and without this, production is told to mend it. */
  readonly unscannedBecause?: string;
  /** Other limits than DOCUMENT_LIMITS. The process refuses uploads of more than 12 MB before any module sees them. */
  readonly limits?: Partial<Record<keyof typeof DOCUMENT_LIMITS, number>>;
}
