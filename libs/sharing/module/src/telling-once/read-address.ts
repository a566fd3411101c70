import type { FormBody } from '@guildhall/kernel';
import { valueFault, type AddressValue } from '@guildhall/sharing-contract';
import { fieldOf } from '../desk/form-fields';

/** What was typed of an address. */
export interface TypedAddress { readonly line1: string; readonly line2: string; readonly town: string; readonly postcode: string }
/** An address, or which fields are wrong, each by the name of its sentence. */
export type AddressRead = { readonly address: AddressValue } | { readonly wrong: Readonly<Partial<Record<keyof TypedAddress, 'line1' | 'town' | 'postcode' | 'too-long'>>> };

const MOST_CHARACTERS = 100;
const FIELDS = ['line1', 'line2', 'town', 'postcode'] as const;

export function typedAddress(body: FormBody): TypedAddress { return { line1: fieldOf(body, 'line1'), line2: fieldOf(body, 'line2'), town: fieldOf(body, 'town'), postcode: fieldOf(body, 'postcode') }; }

/** An address as people type it: with or without a blank in the postcode, in capitals or not. */
export function readAddress(typed: TypedAddress): AddressRead {
  const postcode = typed.postcode.toUpperCase().replace(/\s+/g, '').replace(/(.*)(...)$/, '$1 $2');
  const address: AddressValue = { lines: [typed.line1, typed.line2, typed.town].filter((line) => line !== ''), postcode };
  const wrong = {
    ...(!typed.line1 && { line1: 'line1' as const }), ...(!typed.town && { town: 'town' as const }), ...(valueFault('address', { lines: ['1'], postcode }) !== undefined && { postcode: 'postcode' as const }),
    ...Object.fromEntries(FIELDS.filter((field) => typed[field].length > MOST_CHARACTERS).map((field) => [field, 'too-long' as const])),
  };
  return Object.keys(wrong).length > 0 ? { wrong } : { address };
}
