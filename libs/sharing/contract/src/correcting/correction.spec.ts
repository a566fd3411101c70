import { readCorrection, type Correction } from '../index';

const about = { id: '019b1a2c-7d3e-7a41-9d05-6b1f3f0c51aa', subject: `pw:${'x9f2cQ'.repeat(4)}`, attribute: 'address.current', at: '2026-11-22T13:00:00.000Z' } as const;
const ALL: readonly Correction[] = [
  { kind: 'disputed', ...about, agreement: 'garden-waste-concession' }, { kind: 'corrected', ...about, agreement: 'garden-waste-concession' }, { kind: 'confirmed', ...about },
  { kind: 'answered', ...about, outcome: 'right', words: { cy: 'Mae’n gywir.' } }, { kind: 'answered', ...about, outcome: 'corrected', words: null },
  { kind: 'time', ...about, step: 'extended', words: { en: 'It takes long.' }, dueOn: '2027-02-22', isPaused: false },
];

describe('what bodies tell each other of something that was wrong', () => {
  it.each(ALL.map((one) => [one.kind, one] as const))('is read where it is %s', (_kind, one) => { expect(readCorrection(one)).toEqual({ ok: true, value: one }); });
  it.each([
    ['of no kind', { ...about }], ['of another kind', { kind: 'forgotten', ...about }], ['with more than belongs to it', { kind: 'confirmed', ...about, value: 'ZZ99 1AA' }], ['without whom it is about', { kind: 'confirmed', ...about, subject: undefined }],
    ['with an empty answer', { kind: 'answered', ...about, outcome: 'right', words: {} }], ['with an answer that is very long', { kind: 'answered', ...about, outcome: 'right', words: { en: 'x'.repeat(2001) } }], ['with words that cannot be written', { kind: 'answered', ...about, outcome: 'right', words: { en: 'a\0b' } }],
    ['with a day that is none', { kind: 'time', ...about, step: 'extended', words: null, dueOn: 'soon', isPaused: false }], ['with a step that is none', { kind: 'time', ...about, step: 'forgotten', words: null, dueOn: '2027-02-22', isPaused: false }], ['at no time', { kind: 'confirmed', ...about, at: 'yesterday' }], ['that is none', null],
  ])('is refused %s', (_what, wrong) => { expect(readCorrection(wrong)).toMatchObject({ ok: false, refusal: { reason: 'malformed' } }); });
});
