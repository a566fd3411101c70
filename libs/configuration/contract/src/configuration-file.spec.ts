import { compareLines } from './comparing';
import { configurationFile, readConfigurationFile, type ConfigurationFile } from './configuration-file';

const file = configurationFile({
  kind: 'service-settings', id: 'ponds', title: { en: 'Ponds', cy: 'Pyllau' }, package: { id: 'ponds', version: '0.1.0' }, definition: 1,
  from: { council: 'Riverbourne Borough Council', gssCode: 'E07000999' }, exportedAt: '2026-11-23T09:00:00.000Z', content: { settings: { fee: 5500, season: { en: 'in May', cy: 'ym mis Mai' } } },
});
const again = (changes: object): unknown => configurationFile({ ...file, ...changes } as ConfigurationFile);
const reasonOf = (json: unknown): unknown => { const outcome = readConfigurationFile(json); return outcome.ok || [outcome.refusal.reason, outcome.refusal.message]; };

describe('a file of configuration', () => {
  it('is read as it was written', () => expect(readConfigurationFile(JSON.parse(JSON.stringify(file)))).toEqual({ ok: true, value: file }));
  it('is the same whatever the order of its members', () => expect(readConfigurationFile(Object.fromEntries(Object.entries(file).reverse())).ok).toBe(true));
  it.each([
    ['a fee that was changed on the way', { ...file, content: { settings: { ...(file.content as { settings: object }).settings, fee: 1 } } }],
    ['another council’s name on it', { ...file, from: { council: 'Glanafon Council', gssCode: 'W06000999' } }],
  ])('with %s is refused as damaged', (_, json) => expect(reasonOf(json)).toEqual(['damaged', expect.stringContaining('not as it was when it was exported')]));
  it.each([
    ['nothing', undefined], ['a list', []], ['half of it', { ...file, content: undefined }], ['another format', again({ $schema: 'https://guildhall.example/schemas/configuration-2.json' })],
    ['a kind that nobody knows', again({ kind: 'passwords' })], ['more than is known', again({ admin: true })], ['words in one language', again({ content: { settings: { season: { en: 'in May' } } } })],
    ['part of a penny', again({ content: { settings: { fee: 10.5 } } })], ['the content of another kind', again({ kind: 'templates' })], ['NUL', again({ content: { settings: { season: { en: 'in\0May', cy: 'ym mis Mai' } } } })],
    ['a prototype', JSON.parse(JSON.stringify(file).replace('"fee":', '"__proto__":'))], ['an endless name', again({ id: 'a'.repeat(101) })],
  ])('that is %s is refused, and says where', (_, json) => expect(reasonOf(json)).toEqual(['malformed', expect.stringMatching(/^This is not a file of configuration: \S/)]));
});

describe('a comparison', () => {
  const line = (key: string, value: string): { key: string; label: { en: string; cy: string }; value: string } => ({ key, label: { en: key, cy: key }, value });
  it('has what changed with before and after, what is new, and what is gone; and counts the rest', () => {
    expect(compareLines([line('fee', '£55.00'), line('season', 'May'), line('old', 'x')], [line('season', 'May'), line('fee', '£42.00'), line('new', 'y')])).toEqual({
      changed: [{ key: 'fee', label: { en: 'fee', cy: 'fee' }, before: '£55.00', after: '£42.00' }, { key: 'new', label: { en: 'new', cy: 'new' }, after: 'y' }, { key: 'old', label: { en: 'old', cy: 'old' }, before: 'x' }],
      unchanged: 1,
    });
  });
  it('sees that a value which reads otherwise in each language is the same, or is not', () => {
    const [yes, no] = [{ en: 'Yes', cy: 'Ie' }, { en: 'No', cy: 'Na' }].map((value) => ({ ...line('open', ''), value }));
    if (!yes || !no) throw new Error('no lines');
    expect(compareLines([yes], [{ ...yes, value: { ...yes.value } }])).toEqual({ changed: [], unchanged: 1 });
    expect(compareLines([yes], [no]).changed).toMatchObject([{ before: { cy: 'Ie' }, after: { cy: 'Na' } }]);
  });
});
