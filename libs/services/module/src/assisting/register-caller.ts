import { Inject, Injectable } from '@nestjs/common';
import type { CaseContact } from '@guildhall/cases-contract';
import { IDENTITY, type ContactRefusal, type IdentityApi } from '@guildhall/identity-contract';
import { done, type Outcome, type PersonId, type RequestContext } from '@guildhall/kernel-contract';
import type { AssistedDraft, Draft } from '../drafts/draft';
import type { Caller } from './assisted-form';

/** Who was called for, on record before anything is sent in their name. */
export interface RegisteredCaller { readonly record: AssistedDraft; readonly contact: CaseContact }

/** Makes the caller's record, by the id that was made with the draft: doing it twice makes one. A caller who gives no name gets none. */
@Injectable()
export class RegisterCaller {
  constructor(@Inject(IDENTITY.token) private readonly identity: IdentityApi) {}

  async register(ctx: RequestContext, draft: Draft, caller: Caller): Promise<Outcome<RegisteredCaller, ContactRefusal>> {
    const { personId, ...kept } = draft.assisted as AssistedDraft;
    const { name, phone, email, address, basis, language } = caller;
    const contact: CaseContact = { ...(name && { name }), ...(email && { email }), ...(phone && { phone }), ...(address && { postalLines: name ? [name, ...address] : address }) };
    if (!name || !personId) return done({ record: { ...kept, basis }, contact });
    const made = await this.identity.createForAssisted(ctx, { personId, name, ...(email && { email }), ...(phone && { phone }), ...(address && { address }), preferredLanguage: language, basis });
    if (!made.ok) return made;
    // A second try may say something else than the first.
    if (made.value.name !== name || (email && !made.value.email) || (phone && !made.value.phone)) {
      const changed = await this.identity.updateContact(ctx, personId as PersonId, { name, email: email ?? null, phone: phone ?? null, ...(address && { address }) });
      if (!changed.ok) return changed;
    }
    return done({ record: { ...kept, basis, personId }, contact });
  }
}
