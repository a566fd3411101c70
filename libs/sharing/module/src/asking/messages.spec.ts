import { READS_FIELD, READS_MORE, readsMore } from './messages';

const said = (value?: string): readonly string[] => [...readsMore({ method: 'POST', targetUri: 'https://aldermoor.example/sharing/exchange', body: '{}', fields: value === undefined ? {} : { [READS_FIELD]: value } })];

describe('what an asker says it can read of an answer', () => {
  it.each<readonly [string, string | undefined, readonly string[]]>([
    ['as every body says it today', 'too-old source-titles', ['too-old', 'source-titles']],
    ['as a list, in any order', 'source-titles,  too-old', ['source-titles', 'too-old']],
    ['with a word that is not known here, and with a parameter', 'too-old, held-since;v=2, source-titles', ['too-old', 'held-since', 'source-titles']],
    ['of one member alone', 'too-old', ['too-old']],
    ['as something that is no word', '"too-old", (source-titles), 1', []],
    ['as no list', 'too-old source-titles held-since', []],
    ['not at all', undefined, []],
  ])('is read %s', (_how, value, words) => { expect(said(value)).toEqual(words); });
  it('is said as bodies of the version before compare it: whole', () => { expect(READS_MORE).toBe('too-old source-titles'); });
});
