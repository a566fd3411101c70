import { STANDARD_TEXT, type StandardText } from '@guildhall/cases-contract';
import { hedgehogHouses } from './testing/hedgehog-houses';
import { servicePack } from './service-pack';

const own: StandardText = { id: 'hedgehog-houses.next-week', title: 'Next week', text: { en: 'It comes next week.', cy: 'Mae’n dod yr wythnos nesaf.' }, use: ['update'] };

describe('a standard text of a service', () => {
  it('is for the service’s own cases, unless it says for which of them', () => {
    const standardTexts = [own, { ...own, id: 'hedgehog-houses.elsewhere', caseTypes: ['another.type'] }];
    const { registers } = servicePack({ ...hedgehogHouses, standardTexts } as typeof hedgehogHouses, { version: '0.1.0' })();
    const texts = registers.filter(({ point }) => point.id === STANDARD_TEXT.id).map(({ extension }) => (extension as StandardText).caseTypes);
    expect(texts).toEqual([hedgehogHouses.opens.types.map(({ id }) => id), ['another.type']]);
  });
});
