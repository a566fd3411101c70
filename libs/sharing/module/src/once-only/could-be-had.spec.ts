import type { Agreement } from '@guildhall/sharing-contract';
import { agreementBetween, riverbourneAndAldermoor } from '@guildhall/sharing-contract/testing';
import type { KeptAgreement } from '../knowing/agreements';
import { couldBeHad, type Having } from './could-be-had';

const { receiver, holder, vocabulary } = riverbourneAndAldermoor();
const kept = (changes: Partial<Agreement> = {}, others: Partial<KeptAgreement> = {}): KeptAgreement => ({ document: agreementBetween(receiver, holder, vocabulary, changes), missing: [], objections: [], vocabulary, ...others });
const having: Having = { today: '2026-11-22', own: receiver.id, attribute: 'address.current', purposes: ['garden-waste-concession'], choices: new Map() };
const mode = (is: Agreement['choice']['mode']): Partial<Agreement> => ({ choice: { ...kept().document.choice, mode: is, keptBecause: is === 'none' ? { en: 'The Act says so', cy: 'Y Ddeddf' } : null } });

describe('what another body would tell', () => {
  it.each([
    ['by an agreement in force for the purpose', kept(), having, [false]],
    ['and is let by a yes', kept(), { ...having, choices: new Map([['garden-waste-concession', 'given' as const]]) }, [true]],
    ['not after a no', kept(), { ...having, choices: new Map([['garden-waste-concession', 'withdrawn' as const]]) }, []],
    ['after a no where the law leaves no choice', kept(mode('none')), { ...having, choices: new Map([['garden-waste-concession', 'withdrawn' as const]]) }, [true]],
    ['and is let until a no where that was agreed', kept(mode('opt-out')), having, [true]],
    ['not for another purpose', kept(), { ...having, purposes: ['council-tax-reduction'] }, []],
    ['not of what was not agreed', kept(), { ...having, attribute: 'care.receives' }, []],
    ['not before it begins', kept(), { ...having, today: '2026-03-31' }, []],
    ['not after its end', kept(), { ...having, today: '2028-04-01' }, []],
    ['not after it was ended', kept({}, { endedOn: '2026-11-22' }), having, []],
    ['not while somebody has not signed', kept({}, { missing: [holder.id] }), having, []],
    ['not to whoever only holds', kept(), { ...having, own: holder.id }, []],
  ])('could be had %s', (_what, agreement, asked, expected) => expect(couldBeHad([agreement], asked).map(({ isLet }) => isLet)).toEqual(expected));
});
