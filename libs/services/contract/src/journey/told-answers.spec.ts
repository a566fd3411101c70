import type { ToldValue } from '../answer-source';
import { installService } from '../installed-service';
import type { Question } from '../question';
import { hedgehogHouses } from '../testing/hedgehog-houses';
import { progressOf } from './progress';
import { submissionOf } from './submission';
import { answerTold, toldOf, wantedBy } from './told-answers';

const title = { en: 'What?', cy: 'Beth?' };
const question = (type: string, changes: Partial<Question> = {}): Question => ({ id: 'what', type, title, missing: title, ...changes }) as Question;
const address = { lines: ['1 Weir Lane', 'Riverbourne'], postcode: 'ZZ99 1AB', uprn: '99000000001' };

describe('what was told', () => {
  it.each<[string, ToldValue, unknown]>([
    ['yes-no', false, false], ['name', 'Pat Pugh', 'Pat Pugh'], ['date', '1951-02-28', '1951-02-28'], ['address', address, { way: 'found', ...address }],
  ])('answers a question of the type %s, and is told again as it was', (type, value, answer) => {
    expect(answerTold(question(type), value)).toEqual(answer);
    expect(toldOf(question(type), answerTold(question(type), value))).toEqual(value);
  });
  it('is no answer to a question of another form', () => {
    for (const [type, value] of [['yes-no', 'yes'], ['address', '1 Weir Lane'], ['text', true], ['number', '3'], ['photos', 'one.jpg']] as const) expect(answerTold(question(type), value)).toBeUndefined();
  });
  it('is an address typed by hand where it has no number', () => expect(answerTold(question('address'), { lines: ['1 Weir Lane'], postcode: 'ZZ99 1AB' })).toEqual({ way: 'typed', lines: ['1 Weir Lane'], postcode: 'ZZ99 1AB' }));
  it('leaves out where in the gazetteer an address is, and everything that was left out', () => {
    expect(toldOf(question('address'), { way: 'found', ...address, point: { latitude: 51, longitude: -2 } })).toEqual(address);
    for (const answer of [null, undefined]) expect(toldOf(question('text'), answer)).toBeUndefined();
  });
});

describe('what a question wants', () => {
  const installed = installService({ slug: hedgehogHouses.slug, service: hedgehogHouses, settings: {} });
  it('is its attribute for its purposes, or for its service', () => {
    expect(wantedBy(installed, question('text', { attribute: 'person.name', purposes: ['hedgehog-help'] } as Partial<Question>))).toMatchObject({ attribute: 'person.name', purposes: ['hedgehog-help'], service: { slug: 'hedgehog-houses' } });
    expect(wantedBy(installed, question('text', { attribute: 'person.name' } as Partial<Question>))?.purposes).toEqual(['hedgehog-houses']);
    expect(wantedBy(installed, question('text'))).toBeUndefined();
  });
  it('is written to the case with where it is from', () => {
    const progress = progressOf(installed, { hasGarden: true, numberOfHouses: 3, yourName: 'Pat', why: null }, '2026-11-23');
    const told = { how: 'told' as const, by: { en: 'Aldermoor', cy: 'Aldermoor' }, asAt: '2026-11-01' };
    expect(submissionOf(installed, progress, { yourName: told }).answers.flatMap(({ code, origin }) => (origin ? [[code, origin]] : []))).toEqual([['yourName', told]]);
  });
});
