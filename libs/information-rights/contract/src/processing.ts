import { defineExtensionPoint, type RequestContext, type Text } from '@guildhall/kernel-contract';

/** One use of personal data, as the records of processing name it (UK GDPR, article 30(1)). @public */
export interface ProcessingActivity {
  /** Durable, and begins with the module's id. */
  readonly id: string;
  readonly purpose: Text;
  /** Of whom, where it is not of whom the council's records say at large. */
  readonly subjects?: Text;
  readonly data: Text;
  readonly lawfulBasis?: Text;
  readonly keptFor: Text;
  /** To whom it is disclosed; nobody where it is left out. */
  readonly recipients?: Text;
  /** To which other countries, and by which safeguard, where it is not as the council's records say at large. */
  readonly transfers?: Text;
  /** By what it is kept safe, where that is not as the council's records say at large. */
  readonly security?: Text;
}

/** A module whose uses of personal data are known only while it runs: agreements to share, say. What is known beforehand stands in its manifest and its privacy notes. @public */
export interface Processing { list(ctx: RequestContext): Promise<readonly ProcessingActivity[]> }

/** Where modules add to the records of processing. @public */
export const PROCESSING = defineExtensionPoint<Processing>('information-rights.processing');
