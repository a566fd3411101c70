import { InvalidInput } from '@guildhall/kernel-contract';
import type { DocumentSubject } from '@guildhall/documents-contract';

/** @throws InvalidInput when it cannot name anything */
export function checkedSubject(subject: DocumentSubject): DocumentSubject {
  if (!/^[a-z][a-z0-9.-]{0,59}$/.test(subject.type) || !/^[\x21-\x7e]{1,100}$/.test(subject.id)) throw new InvalidInput('A subject is a type in lower case ("case") and an id without spaces.', [{ field: 'subject', message: 'is malformed' }]);
  return { type: subject.type, id: subject.id };
}
