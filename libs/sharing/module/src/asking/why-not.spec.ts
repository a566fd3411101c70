import { whyNot } from './why-not';

const reason = (id: 'agreement' | 'in-force' | 'parties' | 'purpose', pass: boolean, en: string) => ({ id, pass, text: { en, cy: en } });

describe('why nothing is told', () => {
  it('is what failed, each sentence once', () => {
    const none = 'There is no agreement to look at';
    expect(whyNot({ reasons: [reason('agreement', false, 'There is no agreement x@1 here'), reason('in-force', false, none), reason('parties', true, 'They may'), reason('purpose', false, none)] })).toBe('There is no agreement x@1 here. There is no agreement to look at.');
  });
});
