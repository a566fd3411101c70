import { extensionOf } from '@guildhall/documents-contract';
import type { DocumentId, DocumentKind, DocumentState, DocumentType, GuardedDocument, StoreKey, StoredDocument } from '@guildhall/documents-contract';
import { parseStoreKey } from '@guildhall/documents-contract';

/** A row of documents.document, as DOCUMENT_COLUMNS names it. */
export interface DocumentRow {
  readonly document_id: string;
  readonly kind: DocumentKind;
  readonly state: DocumentState;
  readonly owner: string | null;
  readonly subject_type: string | null;
  readonly subject_id: string | null;
  readonly content_type: DocumentType;
  readonly size_in_bytes: string;
  readonly sha256: string;
  readonly received_sha256: string;
  readonly filename: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly has_thumbnail: boolean;
  readonly stored_at: Date;
  /** How often its links were ended. */
  readonly links_series: number;
}

export const DOCUMENT_COLUMNS = 'document_id, kind, state, owner, subject_type, subject_id, content_type, size_in_bytes, sha256, received_sha256, filename, width, height, has_thumbnail, stored_at, links_series';

/** The only bridge from the table to the contract. */
export function toView(row: DocumentRow): StoredDocument {
  return {
    id: row.document_id as DocumentId, kind: row.kind, state: row.state, contentType: row.content_type, sizeInBytes: Number(row.size_in_bytes), sha256: row.sha256, filename: row.filename, hasThumbnail: row.has_thumbnail, storedAt: row.stored_at,
    ...(row.width !== null && row.height !== null ? { width: row.width, height: row.height } : {}),
    ...(row.subject_type !== null && row.subject_id !== null ? { subject: { type: row.subject_type, id: row.subject_id } } : {}),
  };
}

/** What access is decided by. */
export function toGuarded(row: DocumentRow): GuardedDocument {
  return { owner: row.owner ?? undefined, state: row.state, subject: toView(row).subject };
}

/** Where the whole document lies in the store. */
export function wholeKey(documentId: string): StoreKey { return parseStoreKey(`${documentId}/whole`); }
/** Where its small picture lies. */
export function thumbnailKey(documentId: string): StoreKey { return parseStoreKey(`${documentId}/thumbnail`); }

/** What stands in place of the name of a document that was removed. */
export function removedName(type: DocumentType): string { return `removed.${extensionOf(type)}`; }
