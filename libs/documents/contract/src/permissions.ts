import { definePermission } from '@guildhall/kernel-contract';

/** See any document of the council's cases. @public */
export const READ_DOCUMENTS = definePermission('documents.read', 'See documents and photos', ['adviser', 'case-officer', 'team-manager']);
/** Add a document to a case. Everyone may add to what is theirs; this is for machines and for officers. @public */
export const ADD_DOCUMENTS = definePermission('documents.add', 'Add documents and photos', ['adviser', 'case-officer', 'team-manager']);
/** Delete a document that is not one's own. @public */
export const REMOVE_DOCUMENTS = definePermission('documents.remove', 'Delete documents and photos', ['case-officer', 'team-manager']);
/** Speak for a subject's owner over HTTP, as modules do in process: for other parts of the council's own system. @public */
export const VOUCH_FOR_SUBJECTS = definePermission('documents.vouch', 'Say who may see the documents of a subject (systems only)');
