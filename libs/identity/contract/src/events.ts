import { defineEvent } from '@guildhall/kernel-contract';
import type { PersonId } from '@guildhall/kernel-contract';

/** A person became known to the council. @public */
export const PersonRegistered = defineEvent<{ personId: PersonId; how: 'signed-in' | 'assisted' | 'registered' }>('identity.person-registered');

/** A resident signed in. What the old session held (drafts) is theirs from now on. @public */
export const PersonSignedIn = defineEvent<{
  personId: PersonId;
  /** Where the sign-in began; absent when the browser had no session. */
  previousSessionId?: string;
  provider: string;
  isFirst: boolean;
}>('identity.person-signed-in');

/** An officer signed in. @public */
export const OfficerSignedIn = defineEvent<{ officerId: string; provider: string }>('identity.officer-signed-in');

/** A person's name, contact or language changed: read it again. @public */
export const PersonContactChanged = defineEvent<{ personId: PersonId }>('identity.person-contact-changed');

/**
 * A resident took what an adviser had done for them into their own account: whoever holds something of `assistedPersonId`
 * (only `subject`, when there is one) gives it to `personId`.
 * @public
 */
export const PersonClaimedAssistedCase = defineEvent<{ personId: PersonId; assistedPersonId: PersonId; subject?: { type: string; id: string } }>('identity.person-claimed-assisted-case');
