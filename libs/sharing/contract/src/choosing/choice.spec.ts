import { agreementBetween, riverbourneAndAldermoor } from '../testing';
import { choiceReceipt, choiceScope, choiceThatCounts, laterChoice, readChoice, readChoiceStanding, type Choice } from '../index';

const { receiver, holder, vocabulary } = riverbourneAndAldermoor();
const agreement = agreementBetween(receiver, holder, vocabulary);
const choice: Choice = { agreement: agreement.id, subject: `pw:${'abc'.repeat(8)}`, state: 'given', at: '2026-11-22T12:00:00Z', scope: choiceScope(agreement), noticeDigest: `sha256:${'A'.repeat(43)}`, language: 'cy', by: 'resident' };

type Said = Pick<Choice, 'state' | 'at'>;

describe('a choice', () => {
  it('is read from another body, or refused with every place that is wrong', () => {
    expect(readChoice(choice)).toEqual({ ok: true, value: choice });
    expect(readChoice({ ...choice, state: 'maybe', at: '2026-02-30T12:00:00Z', name: 'Pat' })).toMatchObject({
      ok: false, refusal: { reason: 'malformed', fields: expect.arrayContaining([{ field: 'state', message: 'is none of given, withdrawn' }, { field: 'at', message: 'is not an instant like 2026-11-01T12:30:00Z' }, { field: 'name', message: 'is not known here' }]) },
    });
  });
  it('takes the place of an earlier one, in whichever order they come; of two at one moment a no does', () => {
    const [early, late]: readonly [Said, Said] = [{ state: 'withdrawn', at: '2026-11-22T12:00:00Z' }, { state: 'given', at: '2026-11-22T12:00:01.000Z' }];
    expect([laterChoice(early, late), laterChoice(late, early), laterChoice(undefined, late), laterChoice(undefined, undefined)]).toEqual([late, late, late, undefined]);
    const [yes, no]: readonly [Said, Said] = [{ state: 'given', at: '2026-11-22T12:00:00.000Z' }, { state: 'withdrawn', at: '2026-11-22T12:00:00Z' }];
    expect([laterChoice(yes, no), laterChoice(no, yes)]).toEqual([no, no]);
  });
  it('counts where it was said of the same; of what was said of something else only a no does', () => {
    const other = choiceScope({ ...agreement, purpose: 'council-tax-reduction' });
    expect(other).not.toBe(choice.scope);
    const no: Choice = { ...choice, state: 'withdrawn', scope: other, at: '2026-11-22T11:00:00Z' };
    const [yes, later] = [{ ...choice, scope: other, at: '2026-11-22T13:00:00Z' }, { ...choice, at: '2026-11-22T11:30:00Z' }];
    expect([choiceThatCounts(agreement), choiceThatCounts(agreement, null, undefined), choiceThatCounts(agreement, yes), choiceThatCounts(agreement, yes, no), choiceThatCounts(agreement, no, later, yes)]).toEqual([undefined, undefined, undefined, no, later]);
  });
  it('is read from a body that does not say of what; then a yes counts, unless it is known to have been said of something else', () => {
    const { scope: _scope, ...rest } = choice;
    const unsaid: Choice = rest;
    expect(readChoice(unsaid)).toEqual({ ok: true, value: unsaid });
    expect(readChoiceStanding({ choice: { state: 'withdrawn', at: choice.at } })).toMatchObject({ ok: true });
    expect(choiceThatCounts(agreement, unsaid)).toEqual(unsaid);
    const known = { ...choice, at: '2026-11-22T12:00:00.000Z', scope: choiceScope({ ...agreement, purpose: 'council-tax-reduction' }) };
    expect([choiceThatCounts(agreement, known, unsaid), choiceThatCounts(agreement, { ...known, scope: choice.scope }, unsaid)]).toEqual([undefined, unsaid]);
  });
});

describe('a receipt (ISO/IEC TS 27560)', () => {
  it('says what was chosen, in the language in which it was, with the lawful basis beside it', () => {
    expect(choiceReceipt(agreement, choice, vocabulary, { recordId: '019b1a2c-7d3e-7a41-9d05-6b1f3f0c51aa', noticeUrl: 'https://riverbourne.example/information', withdrawalUrl: 'https://riverbourne.example/information#stop' })).toMatchSnapshot();
  });
});
