import { documentReader } from '../read-document';
import { id, instant } from '../schema-parts';

/** A party says, signed, that it has ended an agreement: nothing is asked or told by it any more, in this version or an earlier one. @public */
export interface AgreementEnded {
  /** The agreement's id. */
  readonly agreement: string;
  readonly version: number;
  /** When it was ended, an instant. */
  readonly at: string;
}

/** The end of an agreement as one party tells it to another, as JSON Schema (draft 2020-12). @public */
export const agreementEndedSchema = {
  $id: 'https://guildhall.example/schemas/agreement-ended.json', $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'The end of an agreement', type: 'object', required: ['agreement', 'version', 'at'], additionalProperties: false,
  properties: { agreement: id, version: { type: 'integer', minimum: 1, maximum: 2_147_483_647 }, at: instant },
} as const;

/** Reads what another party says of an agreement's end. @public */
export const readAgreementEnded = documentReader<AgreementEnded>(agreementEndedSchema, 'the end of an agreement');
