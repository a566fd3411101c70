import { defineEvent } from '@guildhall/kernel-contract';
import type { DocumentId, DocumentSubject } from './document';

/** A document was checked and kept. @public */
export const DocumentStored = defineEvent<{ readonly documentId: DocumentId }>('documents.document-stored');
/** A document now belongs to a subject. @public */
export const DocumentAttached = defineEvent<{ readonly documentId: DocumentId; readonly subject: DocumentSubject }>('documents.document-attached', 1, { describes: 'A document now belongs to something: a case, say.', subject: 'documentId', fields: ['documentId', 'subject'] });
/** A document's bytes were deleted. @public */
export const DocumentRemoved = defineEvent<{ readonly documentId: DocumentId; readonly subject?: DocumentSubject }>('documents.document-removed', 1, { describes: 'A document’s bytes have been deleted.', subject: 'documentId', fields: ['documentId', 'subject'] });
