import { answerWords } from './answer-words';

const asked = { id: 'q', optional: true, title: { en: 'Question', cy: 'Cwestiwn' } } as const;

describe('an answer in words', () => {
  it('names one of a thing and several of it', () => {
    const bins = { ...asked, type: 'number', unit: { en: 'bins', cy: 'o finiau' }, unitOfOne: { en: 'bin', cy: 'bin' } } as const;
    expect(answerWords(bins, 1)).toEqual([{ en: '1 bin', cy: '1 bin' }]);
    expect(answerWords(bins, 3)).toEqual([{ en: '3 bins', cy: '3 o finiau' }]);
    expect(answerWords({ ...asked, type: 'number' }, 1)).toEqual(['1']);
  });

  it('says that nothing was answered', () => expect(answerWords({ ...asked, type: 'text' }, null)).toEqual([{ en: 'Not answered', cy: 'Heb ei ateb' }]));

  it('keeps the lines of a longer text', () => expect(answerWords({ ...asked, type: 'textarea' }, 'One.\nTwo.')).toEqual(['One.', 'Two.']));
});
