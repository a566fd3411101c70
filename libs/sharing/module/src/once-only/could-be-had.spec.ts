import { choiceScope, type Agreement, type ChoiceState } from '@guildhall/sharing-contract';
import { agreementBetween, riverbourneAndAldermoor } from '@guildhall/sharing-contract/testing';
import type { KeptAgreement } from '../knowing/agreements';
import { couldBeHad, type Having } from './could-be-had';

const { receiver, holder, vocabulary } = riverbourneAndAldermoor();
const kept = (changes: Partial<Agreement> = {}, others: Partial<KeptAgreement> = {}): KeptAgreement => ({ document: agreementBetween(receiver, holder, vocabulary, changes), missing: [], objections: [], vocabulary, ...others });
const having: Having = { today: '2026-11-22', own: receiver.id, attribute: 'address.current', purposes: ['garden-waste-concession'], choices: new Map() };
const said = (state: ChoiceState, by: KeptAgreement = kept()): Pick<Having, 'choices'> => ({ choices: new Map([['garden-waste-concession', { state, at: '2026-11-20T09:00:00Z', scope: choiceScope(by.document) }]]) });
const more: Partial<Agreement> = { version: 4, attributes: [...kept().document.attributes, 'care.receives'] };
const mode = (is: Agreement['choice']['mode']): Partial<Agreement> => ({ choice: { ...kept().document.choice, mode: is, keptBecause: is === 'none' ? { en: 'The Act says so', cy: 'Y Ddeddf' } : null } });

describe('what another body would tell', () => {
  it.each([
    ['by an agreement in force for the purpose', kept(), having, [false]],
    ['and is let by a yes', kept(), { ...having, ...said('given') }, [true]],
    ['but not by a yes to less: then they are asked again', kept(more), { ...having, ...said('given') }, [false]],
    ['and is let by a yes to that', kept(more), { ...having, ...said('given', kept(more)) }, [true]],
    ['not after a no to less', kept(more), { ...having, ...said('withdrawn') }, []],
    ['not after a no', kept(), { ...having, ...said('withdrawn') }, []],
    ['after a no where the law leaves no choice', kept(mode('none')), { ...having, ...said('withdrawn') }, [true]],
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
