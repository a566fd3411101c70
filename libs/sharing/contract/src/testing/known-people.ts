import type { AttributeId } from '../agreeing/vocabulary';
import type { Evidence } from '../asking/exchange';

/** Somebody whom a source under test knows, and all that it is to tell of them. @public */
export interface KnownPerson { readonly localId: string; readonly evidence: readonly Evidence[] }

/** What a source under test has. @public */
export const KNOWN_ATTRIBUTES = ['person.name', 'person.date-of-birth', 'address.current', 'council-tax-reduction.receives'] as const satisfies readonly AttributeId[];

const told = (attribute: (typeof KNOWN_ATTRIBUTES)[number], value: Evidence['value']): Evidence => ({ attribute, value, asOf: '2026-11-01', source: 'council-tax-register', verified: 'bill' });

/** All of it is known, with letters and signs that files and databases stumble over. @public */
export const WELL_KNOWN: KnownPerson = { localId: 'CT-1001', evidence: [
  told('person.name', 'Siân "Nan" O’Brien, née Llŷr'), told('person.date-of-birth', '1951-02-28'),
  told('address.current', { lines: ['Flat 2; The Old Mill', '7 High Street'], postcode: 'ZZ99 1AB', uprn: '990000012345' }), told('council-tax-reduction.receives', true),
] };
/** Neither name nor date of birth is known, and the address has no UPRN. @public */
export const HALF_KNOWN: KnownPerson = { localId: 'CT-1002', evidence: [told('address.current', { lines: ['9 High Street'], postcode: 'ZZ99 1AB' }), told('council-tax-reduction.receives', false)] };
/** Only the name can be told: where it is kept, the date of birth is 30 February 1980, the postcode of the address `NOT KNOWN`, and the reduction `PENDING`. @public */
export const MISFIT: KnownPerson = { localId: 'CT-1003', evidence: [told('person.name', 'Tom Misfit')] };
/** Nothing can be told: where it is kept there are two of this id, of different names. @public */
export const DOUBLE: KnownPerson = { localId: 'CT-1004', evidence: [] };
/** Two people with one name and one date of birth, at two addresses. @public */
export const NAMESAKES: readonly KnownPerson[] = [1, 2].map((number) => ({ localId: `CT-100${4 + number}`, evidence: [
  told('person.name', number === 1 ? 'Pat Namesake' : 'PAT NAMESAKE'), told('person.date-of-birth', '1970-05-17'), told('address.current', { lines: [`${number} Mill Lane`], postcode: `ZZ99 ${number}CD` }), told('council-tax-reduction.receives', false),
] }));
/** Forty more, each with a name of their own. @public */
export const MANY: readonly KnownPerson[] = Array.from({ length: 40 }, (_, at) => ({ localId: `CT-${2001 + at}`, evidence: [told('person.name', `Resident Number ${at + 1}`), told('council-tax-reduction.receives', at % 2 === 0)] }));
