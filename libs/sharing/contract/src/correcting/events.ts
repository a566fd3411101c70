import { defineEvent, type PersonId } from '@guildhall/kernel-contract';
import type { AttributeId } from '../agreeing/vocabulary';

/** Another body has put right what it told of a person of this council: what is kept of it is not used again, and whoever needs it asks again. @public */
export const InformationCorrected = defineEvent<{ personId: PersonId; attribute: AttributeId; /** The body that told it. */ by: string }>('sharing.information-corrected');
