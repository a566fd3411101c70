import { Unavailable } from '@guildhall/kernel-contract';
import { DOCUMENT_TRANSITIONS, DOCUMENT_TYPES } from '../document';
import type { DocumentId, DocumentKind, DocumentState, DocumentType, StoredDocument } from '../document';

function misshapen(): Unavailable {
  return new Unavailable('The documents service answered in a form that is not known here. Compare the versions of the contract on both sides.');
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Reads a document's id from outside: a UUID in lower case. @public */
export function parseDocumentId(text: string): DocumentId | undefined { return UUID.test(text) ? (text as DocumentId) : undefined; }

/** Reads a document as another deployment describes it: unknown fields are ignored, a missing or misshapen one is a different version. */
export function storedDocument(value: unknown): StoredDocument {
  const given = (typeof value === 'object' && value !== null ? value : {}) as Readonly<Record<string, unknown>>;
  const { id, kind, state, contentType, sizeInBytes, sha256, filename, width, height, hasThumbnail, subject, storedAt } = given;
  const when = new Date(typeof storedAt === 'string' ? storedAt : Number.NaN);
  if (typeof id !== 'string' || !UUID.test(id) || !isKind(kind) || !isState(state) || !isType(contentType) || typeof sizeInBytes !== 'number' || typeof sha256 !== 'string' || typeof filename !== 'string' || Number.isNaN(when.getTime())) throw misshapen();
  const { type: subjectType, id: subjectId } = (typeof subject === 'object' && subject !== null ? subject : {}) as { type?: unknown; id?: unknown };
  return {
    id: id as DocumentId, kind, state, contentType, sizeInBytes, sha256, filename, hasThumbnail: hasThumbnail === true, storedAt: when,
    ...(typeof width === 'number' && typeof height === 'number' ? { width, height } : {}),
    ...(typeof subjectType === 'string' && typeof subjectId === 'string' ? { subject: { type: subjectType, id: subjectId } } : {}),
  };
}

function isKind(value: unknown): value is DocumentKind { return value === 'photo' || value === 'file'; }
function isState(value: unknown): value is DocumentState { return typeof value === 'string' && Object.hasOwn(DOCUMENT_TRANSITIONS, value); }
function isType(value: unknown): value is DocumentType { return DOCUMENT_TYPES.some((type) => type === value); }
