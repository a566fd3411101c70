import { optionsOf, providersOf } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { Unavailable } from '@guildhall/kernel-contract';
import { DOCUMENT_LIMITS, DOCUMENT_STORE, VIRUS_SCANNER } from '@guildhall/documents-contract';
import type { DocumentStore, VirusScanner } from '@guildhall/documents-contract';
import type { DocumentsOptions } from '../options';

/** What the council has chosen: limits, store, scanner. */
export class DocumentsSettings {
  constructor(private readonly of: (ctx: RequestContext) => DocumentsOptions) {}
  static reading(module: Parameters<typeof optionsOf<DocumentsOptions>>[1]): DocumentsSettings { return new DocumentsSettings((ctx) => optionsOf(ctx, module)); }

  limits(ctx: RequestContext): Readonly<Record<keyof typeof DOCUMENT_LIMITS, number>> { return { ...DOCUMENT_LIMITS, ...this.of(ctx).limits }; }

  /** The first store that is named. */
  store(ctx: RequestContext): DocumentStore {
    const [store] = providersOf(ctx, DOCUMENT_STORE);
    if (!store) throw new Unavailable(`${ctx.council.slug} has no store for documents. Name one: documents({ providers: [localDisk()] }).`);
    return store;
  }

  /** Every one that is named must find a document clean. */
  scanners(ctx: RequestContext): readonly VirusScanner[] { return providersOf(ctx, VIRUS_SCANNER); }
}
