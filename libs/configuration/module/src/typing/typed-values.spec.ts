import type { ConfiguredField } from '@guildhall/configuration-contract';
import { inputName, readTyped, typedOf } from './typed-values';
import { isAsBefore, withValues } from './values-in-content';

const label = { en: 'A label', cy: 'Label' };
const fee: ConfiguredField = { key: 'fee', path: ['settings', 'fee'], label, type: 'money', value: 4200, atLeast: 100, atMost: 50_000 };
const days: ConfiguredField = { key: 'days', path: ['settings', 'days'], label, type: 'number', value: 10, atLeast: 1 };
const open: ConfiguredField = { key: 'open', path: ['settings', 'open'], label, type: 'yes-no', value: true };
const season: ConfiguredField = { key: 'season', path: ['settings', 'season'], label, type: 'line', value: { en: 'in May', cy: 'ym mis Mai' } };
const letter: ConfiguredField = { key: 'letter', path: ['words', 'letter'], label, type: 'words', longest: 30, value: { en: 'Dear you,\nyours ', cy: 'Annwyl chi,\nyr eiddoch' } };
const read = (field: ConfiguredField, typed: string, cy = typed): unknown => {
  const text = field.type === 'line' || field.type === 'words';
  const { values, mistakes } = readTyped([field], text ? { [inputName(field.key, 'en')]: typed, [inputName(field.key, 'cy')]: cy } : { [inputName(field.key)]: typed });
  return mistakes.length > 0 ? mistakes.map(({ key }) => key).join(' ') : values.get(field.key);
};

describe('what an officer types', () => {
  it.each([
    [fee, '42', 4200], [fee, ' £1.00 ', 100], [fee, '£499.99', 49_999], [fee, '500', 50_000], [fee, '500.01', 'too-high'], [fee, '0.99', 'too-low'], [{ ...fee, atLeast: 0 }, '0', 0],
    [{ ...fee, atMost: 5_000_000 }, '1,234.50', 123_450], [fee, '4.5', 'money'], [fee, '4.505', 'money'], [fee, '-1', 'money'], [fee, '1e3', 'money'], [fee, '', 'money'], [fee, '1,23', 'money'],
    [days, '1', 1], [days, ' 12 ', 12], [days, '0', 'too-low'], [days, '1.5', 'number'], [days, 'ten', 'number'], [days, '', 'number'],
    [open, 'yes', true], [open, 'no', false], [open, '', 'choose'], [open, 'perhaps', 'choose'],
  ] as const)('in the field %j as %j is %j', (field, typed, is) => expect(read(field, typed)).toEqual(is));

  it('of words must be there in both languages, and not be too long', () => {
    expect(read(season, ' in\r\nJune ', 'ym mis Mehefin')).toEqual({ en: 'in June', cy: 'ym mis Mehefin' });
    expect([read(season, ' ', ''), read(season, 'in June', ' '), read(letter, 'x'.repeat(31), 'x')]).toEqual(['missing-en missing-cy', 'missing-cy', 'too-long']);
  });
  it('is read again as it is shown, in every kind of field: also words with blanks at their ends, as a browser sends them', () => {
    for (const field of [fee, days, open, season, letter]) {
      const sent = Object.fromEntries(Object.entries(typedOf(field)).map(([name, text]) => [name, text.replaceAll('\n', '\r\n')]));
      expect(isAsBefore(field, readTyped([field], sent).values.get(field.key))).toBe(true);
    }
  });
  it('of what is optional may be nothing, but not words in one language', () => {
    const limit: ConfiguredField = { ...days, isOptional: true };
    const note: ConfiguredField = { key: 'note', path: ['settings', 'note'], label, type: 'words', isOptional: true };
    expect([read(limit, ' '), read(limit, '0'), read(limit, '3'), read(note, '', ' '), read(note, 'a', ''), read(note, 'a', 'b')]).toEqual([undefined, 'too-low', 3, undefined, 'missing-cy', { en: 'a', cy: 'b' }]);
    expect(typedOf(note)).toEqual({ 'value.note.en': '', 'value.note.cy': '' });
    const taken = readTyped([limit, note], { 'value.days': '', 'value.note.en': 'a', 'value.note.cy': 'b' });
    expect(withValues({ settings: { days: 10 } }, [limit, note], taken.values)).toEqual({ settings: { note: { en: 'a', cy: 'b' } } });
    expect(withValues({ settings: { days: 10 } }, [days], new Map([['days', undefined]]))).toEqual({ settings: { days: 10 } });
  });
  it('that is missing from the form, or is there twice, is a mistake', () => {
    expect(readTyped([fee, season], { 'value.fee': ['1', '2'] }).mistakes.map(({ field }) => field)).toEqual(['value.fee', 'value.season.en', 'value.season.cy']);
  });
});

describe('values', () => {
  const content = Object.freeze({ settings: Object.freeze({ fee: 4200, season: season.value }), other: [1] });
  it('go into a content where their fields say, and nowhere else', () => {
    expect(withValues(content, [fee, season, days], new Map<string, ConfiguredField['value']>([['fee', 1], ['days', 5]]))).toEqual({ settings: { fee: 1, season: season.value }, other: [1] });
    expect(content.settings.fee).toBe(4200);
  });
});
