import { Inject, Injectable } from '@nestjs/common';
import { Database, LOG, SilentFarEnds, audit } from '@guildhall/kernel';
import type { BytesAtRest, Log, Outcome, RequestContext } from '@guildhall/kernel-contract';
import { done, refused } from '@guildhall/kernel-contract';
import { documentTypeOf } from '@guildhall/documents-contract';
import type { DocumentType, StoreDocument, StoreRefusal } from '@guildhall/documents-contract';
import { EncodePhoto } from '../photos/encode-photo';
import type { EncodedPhoto } from '../photos/encode-photo';
import { DocumentsSettings } from './documents-settings';

/** What is to be kept of a document. A photo's is on the disk until it is let go. */
export interface Examined { readonly contentType: DocumentType; readonly whole: BytesAtRest; readonly photo?: EncodedPhoto }

/** Finds out what a document is, by its bytes alone, and whether it may be kept. */
@Injectable()
export class ExamineDocument {
  constructor(
    @Inject(DocumentsSettings) private readonly settings: DocumentsSettings, @Inject(EncodePhoto) private readonly photos: EncodePhoto, @Inject(Database) private readonly db: Database, @Inject(LOG) private readonly log: Log,
    @Inject(SilentFarEnds) private readonly silent: SilentFarEnds,
  ) {}

  async examine(ctx: RequestContext, { documentId, kind, subject }: StoreDocument, content: BytesAtRest): Promise<Outcome<Examined, StoreRefusal>> {
    const limits = this.settings.limits(ctx);
    const most = kind === 'photo' ? limits.photoInBytes : limits.fileInBytes;
    if (content.sizeInBytes === 0) return refused('empty', 'The file is empty.');
    if (content.sizeInBytes > most) return refused('too-large', `The file has more than ${Math.floor(most / 1_000_000)} MB.`);
    const type = await documentTypeOf(content);
    if (!type || (kind === 'photo' && !type.startsWith('image/'))) return refused('type-not-allowed', kind === 'photo' ? 'The file is not a photo (JPEG, PNG, GIF, WebP, TIFF or AVIF).' : 'The file is of a type that is not accepted.');
    for (const scanner of this.settings.scanners(ctx)) {
      const result = await this.silent.ask(scanner, () => scanner.scan(content));
      if (!result.isClean) {
        this.log.warn('documents.infected', { council: ctx.council.slug, documentId, correlationId: ctx.correlationId });
        // On the record: who sent it, for what, and what was found. Its content and its name are kept nowhere.
        await this.db.run(ctx, (tx) => Promise.resolve(audit(tx, { action: 'documents.refuse-infected', subject: { type: 'document', id: documentId }, detail: { finding: result.finding, ...(subject ? { subject } : {}) } })));
        return refused('infected', 'A virus was found in the file.');
      }
    }
    if (kind === 'file') return done({ contentType: type, whole: content });
    const encoded = await this.photos.encode(content, type, limits);
    return encoded.ok ? done({ contentType: 'image/jpeg', whole: encoded.value.whole, photo: encoded.value }) : encoded;
  }
}
