import * as fc from 'fast-check';
import type { Question } from '../question';
import { isStillAnswer } from './check-answer';
import { readPage } from './read-page';
import { exampleDay } from './plain-dates';
import { typedFields } from './typed-fields';
import type { LookedUp, RawFields } from './reading';

const TODAY = '2026-11-23';
const title = { en: 'Question', cy: 'Cwestiwn' };
const missing = { en: 'Answer it', cy: 'Atebwch ef' };
const read = (question: Question, raw: RawFields, lookedUp?: LookedUp) => readPage([question], raw, { today: TODAY, lookedUp: { [question.id]: lookedUp } });
const value = (question: Question, raw: RawFields, lookedUp?: LookedUp) => {
  const { answers, problems } = read(question, raw, lookedUp);
  expect(problems).toEqual([]);
  return answers[question.id];
};
const problem = (question: Question, raw: RawFields, lookedUp?: LookedUp) => {
  const { answers, problems } = read(question, raw, lookedUp);
  expect(answers).toEqual({});
  return problems[0];
};

describe('words', () => {
  const text: Question = { id: 'q', type: 'text', title, missing, maxLength: 10 };
  const area: Question = { id: 'q', type: 'textarea', title, missing, maxLength: 10 };
  it('are taken without the spaces around and with one space between', () => expect(value(text, { q: '  two   words ' })).toBe('two words'));
  it('keep their line ends in a text, whichever the browser sends', () => expect(value(area, { q: 'a\r\nb\rc' })).toBe('a\nb\nc'));
  it('are counted as people count characters', () => {
    expect(value(area, { q: '😀'.repeat(10) })).toBe('😀'.repeat(10));
    expect(problem(area, { q: 'x'.repeat(11) })?.message.en).toBe('Use 10 characters or fewer');
  });
  it('of nothing but spaces are no answer', () => expect(problem(text, { q: ' \u200b ' })).toMatchObject({ question: 'q', field: 'q', message: missing }));
});

describe('choices', () => {
  const options = [{ value: 'a', title }, { value: 'b', title }];
  const boxes: Question = { id: 'q', type: 'checkboxes', title, missing, options, noneOption: { value: 'none', title } };
  it('that are not offered are refused', () => expect(problem({ id: 'q', type: 'radios', title, missing, options }, { q: 'zebra' })?.field).toBe('q'));
  it('come in the order of the options, once each', () => expect(value(boxes, { q: ['b', 'a', 'b'] })).toEqual(['a', 'b']));
  it('do not go with "none of these"', () => expect(problem(boxes, { q: ['a', 'none'] })?.message.cy).toContain('dim un'));
  it('take yes and no', () => {
    const yesNo: Question = { id: 'q', type: 'yes-no', title, missing };
    expect(value(yesNo, { q: 'yes' })).toBe(true);
    expect(value(yesNo, { q: 'no' })).toBe(false);
    expect(problem(yesNo, { q: 'maybe' })?.field).toBe('q');
  });
});

describe('numbers and money', () => {
  const bins: Question = { id: 'q', type: 'number', title, missing, atLeast: 1, atMost: 5000, unit: { en: 'bins', cy: 'bin' } };
  it.each([['3', 3], [' 1,200 ', 1200], ['1 200', 1200], ['2.0', 2], ['4 bins', 4], ['4bin', 4]])('reads %p as %p', (typed, number) => expect(value(bins, { q: typed })).toBe(number));
  it.each(['two', '2.5', '1e3', '٣', '--1'])('does not take %p for a number', (typed) => expect(problem(bins, { q: typed })?.message.en).toContain('whole number'));
  it('says which is the least and which the most', () => {
    expect(problem(bins, { q: '0' })?.message).toEqual({ en: 'Enter 1 or more', cy: 'Rhowch 1 neu fwy' });
    expect(problem(bins, { q: '5001' })?.message.en).toBe('Enter 5000 or less');
    expect(problem(bins, { q: '-3' })?.message.en).toBe('Enter 1 or more');
  });
  const money: Question = { id: 'q', type: 'money', title, missing };
  it.each([['£1,234.50', 123450], ['12', 1200], ['12.5', 1250], ['0.29', 29], ['1.10', 110], ['19.99 pounds', 1999]])('reads %p as %p pence', (typed, pence) => expect(value(money, { q: typed })).toBe(pence));
  it.each(['12.345', '-1', 'ten'])('does not take %p for money', (typed) => expect(problem(money, { q: typed })?.message.en).toContain('pounds'));
  it('reads every amount back as it was', () => {
    fc.assert(fc.property(fc.nat(999_999_999), (pence) => expect(value(money, typedFields(money, pence))).toBe(pence)));
  });
});

describe('dates', () => {
  it('give as an example a day that the question takes', () => {
    for (const limits of [{ earliestInDays: -14, latestInDays: 0 }, { latestInDays: 0 }, { earliestInDays: 3 }, { earliestInDays: 0, latestInDays: 0 }, {}, { isBirthday: true, latestInDays: 0 }]) {
      const question: Question = { id: 'q', type: 'date', title, missing, ...limits };
      const [d = '', m = '', y = ''] = exampleDay(question, TODAY).split(' ');
      expect(problem(question, { 'q-day': '31', 'q-month': '2', 'q-year': '2026' })?.message.en).toContain(`like ${d} ${m} ${y}`);
      expect(value(question, { 'q-day': d, 'q-month': m, 'q-year': y })).toBeDefined();
    }
  });
  const day: Question = { id: 'q', type: 'date', title, missing };
  const parts = (d: string, m: string, y: string): RawFields => ({ 'q-day': d, 'q-month': m, 'q-year': y });
  it.each([['27', '3', '2026'], ['27', '03', ' 2026 '], ['27', 'March', '2026'], ['27', 'mawrth', '2026'], ['27', 'Mar.', '2026'], ['27/3/2026', '', ''], ['27 March 2026', '', ''], ['2026-03-27', '', '']])('reads %p %p %p', (d, m, y) => expect(value(day, parts(d, m, y))).toBe('2026-03-27'));
  it.each([['31', '2', '2026'], ['29', '2', '2027'], ['0', '1', '2026'], ['1', '13', '2026'], ['1', 'Octember', '2026']])('knows that there is no %p %p %p', (d, m, y) => expect(problem(day, parts(d, m, y))?.message.en).toContain('real date'));
  it('says which part is absent, and leads there', () => expect(problem(day, parts('27', '', '2026'))).toMatchObject({ field: 'q-month', parts: ['month'], message: { en: 'The date must include a month', cy: 'Rhaid i’r dyddiad gynnwys mis' } }));
  it('wants the year in full', () => expect(problem(day, parts('1', '1', '26'))).toMatchObject({ field: 'q-year', parts: ['year'] }));
  it('keeps to its limits, which move with the days', () => {
    const soon: Question = { ...day, earliestInDays: 1, latestInDays: 7 } as Question;
    expect(problem(soon, parts('23', '11', '2026'))?.message.en).toBe('Enter a date that is 24 November 2026 or later');
    expect(problem(soon, parts('1', '12', '2026'))?.message.cy).toBe('Rhowch ddyddiad sydd ar 30 Tachwedd 2026 neu’n gynharach');
    expect(value(soon, parts('30', '11', '2026'))).toBe('2026-11-30');
    expect(isStillAnswer(soon, '2026-11-24', '2026-11-23')).toBe(true);
    expect(isStillAnswer(soon, '2026-11-24', '2026-11-24')).toBe(false);
  });
});

describe('ways to reach somebody', () => {
  const email: Question = { id: 'q', type: 'email', title };
  const phone: Question = { id: 'q', type: 'phone', title };
  it('forgive spaces around an email address, and capitals in it', () => expect(value(email, { q: ' Pat.Jones@Post.Example ' })).toBe('pat.jones@post.example'));
  it.each(['pat', 'pat@', '@post.example', 'pat@post', 'pat@@post.example', 'pat jones@post.example', 'pat @post.example', 'pat@post. example'])('do not take %p for an email address', (typed) => expect(problem(email, { q: typed })?.message.en).toContain('name@place.example'));
  it.each([['07700900982', '07700 900982'], ['+44 (0)7700 900 982', '07700 900982'], ['0044 7700 900982', '07700 900982'], ['01632-960-001', '01632 960001'], ['020 7946 0018', '020 7946 0018'], ['447700900982', '07700 900982']])('write %p as %p', (typed, written) => expect(value(phone, { q: typed })).toBe(written));
  it.each(['12345', '07700', 'ring me', '0000000000'])('do not take %p for a telephone number', (typed) => expect(problem(phone, { q: typed })?.field).toBe('q'));
  it('want a mobile number where texts go', () => {
    expect(problem({ ...phone, forTexts: true } as Question, { q: '01632 960001' })?.message.en).toContain('mobile');
    expect(value({ ...phone, forTexts: true } as Question, { q: '07700 900982' })).toBe('07700 900982');
  });
});

describe('places', () => {
  const address: Question = { id: 'q', type: 'address', title };
  const location: Question = { id: 'q', type: 'location', title };
  const found = { uprn: '99000000001', lines: ['1 Weir Lane', 'Riverbourne'], postcode: 'ZZ99 1AB', point: { latitude: 51.86, longitude: -2.23 } } as unknown as NonNullable<LookedUp['address']>;
  it('take an address that was chosen', () => expect(value(address, { 'q-choice': 'uprn:99000000001' }, { address: found })).toMatchObject({ way: 'found', uprn: '99000000001', postcode: 'ZZ99 1AB' }));
  it('say so when it has gone meanwhile', () => expect(problem(address, { 'q-choice': 'uprn:99000000001' })?.message.en).toContain('could not find'));
  it('take an address by hand, in one step', () => expect(value(address, { 'q-line1': ' 1  Weir Lane', 'q-line2': '', 'q-town': 'Riverbourne', 'q-postcode': 'zz991ab' })).toEqual({ way: 'typed', lines: ['1 Weir Lane', 'Riverbourne'], postcode: 'ZZ99 1AB' }));
  it('lead to the line that is wrong', () => {
    expect(problem(address, { 'q-line1': '1 Weir Lane', 'q-postcode': 'ZZ' })).toMatchObject({ field: 'q-postcode', parts: ['postcode'] });
    expect(problem(address, { 'q-postcode': 'ZZ99 1AB' })).toMatchObject({ field: 'q-line1' });
  });
  it('shows a point again that was kept before it was said who marks points', () => expect(typedFields(location, { way: 'point', point: { latitude: 51.8642, longitude: -2.2382 } })).toEqual({ 'q-point': '51.8642, -2.2382' }));
  it('take a point, typed as people copy it', () => expect(value(location, { 'q-point': '51.8642 , -2.2382' })).toEqual({ way: 'point', point: { latitude: 51.8642, longitude: -2.2382 }, isMarked: true }));
  it('refuse a point in the sea off Africa, which is what a wrong order gives', () => {
    expect(problem(location, { 'q-point': '-2.2382, 51.8642' })?.message.en).toContain('latitude first');
    expect(problem(location, { 'q-point': 'here' })?.field).toBe('q-point');
  });
  it('refuse a point outside the council, with an example that is inside', () => {
    const ground = { bounds: { south: 53, west: 1.9, north: 53.2, east: 2 }, council: { en: 'Riverbourne Council', cy: 'Cyngor Riverbourne' }, example: '53.1000, 1.9500' };
    expect(problem(location, { 'q-point': '51.8642, -2.2382' }, { ground })).toMatchObject({ field: 'q-point', parts: ['point'], message: { en: expect.stringContaining('not in the area of Riverbourne Council') as string, cy: expect.stringContaining('yn ardal Cyngor Riverbourne') as string } });
    expect(problem(location, { 'q-point': 'here' }, { ground })?.message.en).toContain('like 53.1000, 1.9500');
    expect(value(location, { 'q-point': ground.example }, { ground })).toMatchObject({ way: 'point' });
  });
  it('take words alone, and words with a point', () => {
    expect(value(location, { 'q-described': 'by the bridge' })).toEqual({ way: 'described', note: 'by the bridge' });
    expect(value(location, { 'q-described': 'by the bridge', 'q-point': '51.8, -2.2' })).toMatchObject({ way: 'point', note: 'by the bridge' });
  });
  describe('a point far from the street that was chosen', () => {
    const street = { usrn: '99000001', name: 'Weir Lane', town: 'Riverbourne', point: { latitude: 51.86, longitude: -2.23 } } as unknown as NonNullable<LookedUp['street']>;
    const far = { 'q-choice': 'usrn:99000001', 'q-point': '51.87, -2.23' };
    it('is asked about, and neither is taken silently', () => {
      expect(problem(location, far, { street })).toMatchObject({ field: 'q-right', parts: ['right'], message: { en: 'The point on the map is about 1.1 km from Weir Lane. Choose which one is right', cy: expect.stringContaining('Weir Lane') as string } });
    });
    it('leaves what was said to be right', () => {
      const apart = { 'q-apart': 'usrn:99000001 51.87, -2.23' };
      expect(value(location, { ...far, ...apart, 'q-right': 'place' }, { street })).toEqual({ way: 'street', usrn: '99000001', lines: ['Weir Lane', 'Riverbourne'], point: street.point });
      expect(value(location, { ...far, ...apart, 'q-right': 'point' }, { street, near: '1 Far Lane' })).toEqual({ way: 'point', point: { latitude: 51.87, longitude: -2.23 }, isMarked: true, near: '1 Far Lane' });
    });
    it('is not taken when the place was said to be right and did not come along', () => {
      const lost = { 'q-point': '51.87, -2.23', 'q-apart': 'usrn:99000001 51.87, -2.23' };
      expect(problem(location, { ...lost, 'q-right': 'place' })).toMatchObject({ field: 'q-find', message: { en: expect.stringContaining('could not find') as string } });
      expect(value(location, { ...lost, 'q-right': 'point' })).toMatchObject({ way: 'point' });
    });
    it('is asked about again when another point was marked meanwhile', () => expect(problem(location, { ...far, 'q-apart': 'usrn:99000001 51.88, -2.23', 'q-right': 'place' }, { street })?.field).toBe('q-right'));
    it('is right at the end of a long street', () => expect(value(location, far, { street, isPointInStreet: true })).toMatchObject({ way: 'street', isMarked: true }));
  });
  it('take a street, with the point that was set in it', () => {
    const street = { usrn: '99000001', name: 'Weir Lane', town: 'Riverbourne', point: { latitude: 51.86, longitude: -2.23 } } as unknown as NonNullable<LookedUp['street']>;
    expect(value(location, { 'q-choice': 'usrn:99000001', 'q-point': '51.8601, -2.2301' }, { street })).toMatchObject({ way: 'street', usrn: '99000001', point: { latitude: 51.8601, longitude: -2.2301 }, isMarked: true });
  });
});

describe('any question, whatever is sent to it', () => {
  const questions: readonly Question[] = [
    { id: 'q', type: 'text', title, missing }, { id: 'q', type: 'textarea', title, missing }, { id: 'q', type: 'yes-no', title, missing }, { id: 'q', type: 'number', title, missing }, { id: 'q', type: 'date', title, missing },
    { id: 'q', type: 'money', title, missing }, { id: 'q', type: 'email', title }, { id: 'q', type: 'phone', title }, { id: 'q', type: 'name', title }, { id: 'q', type: 'address', title }, { id: 'q', type: 'location', title },
    { id: 'q', type: 'checkboxes', title, missing, options: [{ value: 'a', title }] }, { id: 'q', type: 'declaration', title, statements: [title], confirm: title },
  ];
  const field = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.constantFrom('yes', 'a', '12', '51.8, -2.2', 'uprn:1', 'ZZ99 1AB', '٢', '１２'), fc.array(fc.string()));
  const raw = fc.dictionary(fc.constantFrom('q', 'q-day', 'q-month', 'q-year', 'q-choice', 'q-line1', 'q-line2', 'q-town', 'q-postcode', 'q-point', 'q-described', '__proto__'), field);
  it('gives an answer that answers it and reads back the same, or a sentence in both languages', () => {
    fc.assert(fc.property(fc.constantFrom(...questions), raw, (question, fields) => {
      const { answers, problems } = read(question, fields);
      const answer = answers[question.id];
      if (answer === undefined) {
        expect(problems).toHaveLength(1);
        expect(problems[0]?.message.en && problems[0].message.cy).toBeTruthy();
      } else {
        expect(problems).toEqual([]);
        expect(isStillAnswer(question, answer, TODAY)).toBe(true);
        expect(value(question, typedFields(question, answer))).toEqual(answer);
      }
    }), { numRuns: 2000 });
  });
});
