import { definePermission } from '@guildhall/kernel-contract';

/** See who has asked for what is held about them, pause and extend the time, refuse, decide what is erased. @public */
export const HANDLE_REQUESTS = definePermission('information-rights.handle-requests', 'Answer requests for information rights', ['team-manager']);
/** Ask for somebody who has called. @public */
export const ASK_FOR_RESIDENTS = definePermission('information-rights.ask-for-residents', 'Ask for a resident’s own information, or its erasure, on their behalf', ['adviser', 'team-manager']);
/** Read the records of processing. @public */
export const READ_RECORDS = definePermission('information-rights.read-records', 'Read the records of processing', ['team-manager']);
/** Read everything that is held about somebody. Of jobs: no role has it. @public */
export const READ_PERSONAL_DATA = definePermission('information-rights.read-personal-data', 'Put together everything that is held about somebody');
/** Erase what is held about somebody. Of jobs: no role has it. @public */
export const ERASE_PERSONAL_DATA = definePermission('information-rights.erase-personal-data', 'Erase what was decided to be erased');
