import { originWords } from './answer-origin';

describe('where an answer is from, as an officer reads it', () => {
  it.each([
    [{ how: 'told', by: { en: 'Aldermoor County', cy: 'Sir Aldermoor' }, asAt: '2026-11-01' }, 'From Aldermoor County, as at 1 November 2026', 'Gan Sir Aldermoor, fel yr oedd ar 1 Tachwedd 2026'],
    [{ how: 'told', by: { en: 'Aldermoor County', cy: 'Sir Aldermoor' } }, 'From Aldermoor County', 'Gan Sir Aldermoor'],
    [{ how: 'resident' }, 'Typed by the resident', 'Teipiwyd gan y preswylydd'],
    [{ how: 'resident', isUnreachable: true }, 'Typed by the resident: whoever could have told it did not answer', 'Teipiwyd gan y preswylydd: ni atebodd y corff a allai fod wedi’i roi'],
    [{ how: 'adviser' }, 'Typed by an adviser for the resident', 'Teipiwyd gan gynghorydd ar ran y preswylydd'],
  ] as const)('%j', (origin, en, cy) => expect(originWords(origin)).toEqual({ en, cy }));
});
