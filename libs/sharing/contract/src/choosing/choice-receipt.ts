import type { Agreement } from '../agreeing/agreement';
import { agreementName, partiesOf } from '../agreeing/agreement';
import type { Vocabulary } from '../agreeing/vocabulary';
import type { Choice } from './choice';

const BASES = { consent: 'consent', contract: 'contract', 'legal-obligation': 'legal obligation', 'vital-interests': 'vital interests', 'public-task': 'public task', 'recognised-legitimate-interest': 'recognised legitimate interest', 'legitimate-interests': 'legitimate interests' } as const;

/**
 * A choice as a record of ISO/IEC TS 27560:2023 (clause 6): header, what is processed, the parties, and what happened. The lawful basis stands beside the choice: most of what public bodies share
 * rests on no consent.
 * @public
 */
export function choiceReceipt(agreement: Agreement, choice: Choice, { attributes, purposes, bodies }: Vocabulary, { recordId, noticeUrl, withdrawalUrl }: { readonly recordId: string; readonly noticeUrl: string; readonly withdrawalUrl: string }): Readonly<Record<string, unknown>> {
  const { language } = choice;
  const purpose = purposes.find(({ id }) => id === agreement.purpose);
  return {
    schema_version: 'ISO/IEC TS 27560:2023', record_id: recordId, pii_principal_id: choice.subject,
    pii_processing: {
      privacy_notice: noticeUrl, notice_digest: choice.noticeDigest, language,
      purposes: [{
        purpose: agreement.sentence[language], purpose_type: purpose?.dpv ?? agreement.purpose, agreement: agreementName(agreement), lawful_basis: BASES[agreement.lawfulBasis], authority: agreement.power.ref,
        pii_information: agreement.attributes.map((id) => {
          const attribute = attributes.find((one) => one.id === id);
          return { pii_type: attribute?.title[language] ?? id, pii_attribute_id: id, pii_optional: agreement.choice.mode !== 'none', sensitive_pii_category: attribute?.sensitivity === 'special-category' };
        }),
        pii_controllers: partiesOf(agreement), processing_method: 'shared on request', retention_period: agreement.retention, recipient_third_parties: agreement.receivers, jurisdictions: ['GB'],
        withdrawal_method: agreement.choice.mode === 'none' ? agreement.choice.keptBecause?.[language] : withdrawalUrl, impact_assessment: agreement.dpia?.ref, codes_of_conduct: agreement.guidelines.map(({ by, digest }) => `${by} ${digest}`),
      }],
    },
    party_identification: partiesOf(agreement).map((id) => ({ party_id: id, party_name: bodies[id]?.[language] ?? id, party_role: agreement.holders.includes(id) ? 'holder' : 'receiver', party_contact: agreement.contacts[id] })),
    events: [{ event_time: choice.at, event_type: agreement.lawfulBasis === 'consent' ? 'explicit' : 'choice', event_state: choice.state, entity_id: choice.by === 'resident' ? choice.subject : 'adviser' }],
  };
}
