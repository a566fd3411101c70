import { agreementBetween, requestUnder, riverbourneAndAldermoor, worldOf } from '../testing';
import { CHECKS, choiceScope, decide, type Agreement, type CheckId, type ExchangeRequest, type World } from '../index';

const { receiver, holder, vocabulary } = riverbourneAndAldermoor();
const agreement = agreementBetween(receiver, holder, vocabulary);
const decided = (request: Partial<ExchangeRequest> = {}, world: Partial<World> = {}, document: Agreement = agreement) => decide(requestUnder(document, request), worldOf(document, vocabulary, world));
const failed = (...given: Parameters<typeof decided>): readonly CheckId[] => decided(...given).reasons.filter(({ pass }) => !pass).map(({ id }) => id);
const withChoice = (choice: Partial<Agreement['choice']>): Agreement => agreementBetween(receiver, holder, vocabulary, { choice: { ...agreement.choice, ...choice } });
const SCOPE = choiceScope(agreement);
const GIVEN = { state: 'given', at: '2026-11-20T09:00:00Z', scope: SCOPE, asOf: '2026-11-22T12:59:30Z', receipt: `sha256:${'A'.repeat(43)}` } as const;

describe('a decision', () => {
  it('makes every check, in the order of the standard, and says of each why in both languages', () => {
    const { allow, reasons } = decided();
    expect(allow).toBe(true);
    expect(reasons.map(({ id }) => id)).toEqual(CHECKS);
    for (const { text } of [...reasons, ...decide(requestUnder(agreement, { because: '', checkpoint: null, choice: null }), worldOf(agreement, vocabulary, { asker: undefined, agreement: undefined, isPeerTrusted: false, subject: 'none' })).reasons]) {
      expect(text.en).toMatch(/^\p{Lu}/u);
      expect(text.cy).toMatch(/^\p{Lu}/u);
      expect(text.cy).not.toBe(text.en);
    }
    expect(reasons.map(({ text }) => text.en)).toMatchSnapshot();
  });
  it('does not stop at the first fault: whoever is refused learns all that stands against it', () => {
    expect(failed({ because: ' ', purpose: 'marketing', attributes: ['address.current', 'care.receives'] }, { isPeerTrusted: false, subject: 'several' })).toEqual(['trust', 'purpose', 'attributes', 'because', 'subject']);
  });

  const FAULTS: readonly (readonly [CheckId, string, Partial<ExchangeRequest>, Partial<World>, RegExp])[] = [
    ['signature', 'a signature that is too old', {}, { signatureFault: { en: 'The signature was made 400 seconds ago', cy: 'Gwnaed y llofnod 400 eiliad yn ôl' } }, /400 seconds/],
    ['log', 'a log that tells two stories', {}, { isPeerLogWhole: false }, /one story any more/],
    ['log', 'no word of how far the log has come', { checkpoint: null }, {}, /how far its log/],
    ['trust', 'a body that is not known', {}, { isPeerTrusted: false }, /not a body that is known/],
    ['agreement', 'another version', { agreement: 'garden-waste-concession@2' }, {}, /garden-waste-concession@2 was asked by, and garden-waste-concession@3 is here/],
    ['agreement', 'one signature of two', {}, { agreement: { document: agreement, missing: ['aldermoor-county'] } }, /Not all have signed the agreement: aldermoor-county/],
    ['in-force', 'the day before', { choice: { ...GIVEN, at: '2026-03-31T11:00:00Z', asOf: '2026-03-31T12:00:00Z' } }, { now: new Date('2026-03-31T12:00:00Z') }, /from 1 April 2026 to/],
    ['in-force', 'an end before its time', {}, { agreement: { document: agreement, missing: [], endedOn: '2026-11-01' } }, /was ended on 1 November 2026/],
    ['parties', 'somebody who is no party', {}, { asker: 'aldermoor-care-trust' }, /does not let this body/],
    ['parties', 'the other way round', {}, { asker: 'aldermoor-county', asked: 'riverbourne' }, /does not let this body/],
    ['purpose', 'another purpose', { purpose: 'council-tax-reduction' }, {}, /does not allow the purpose: to decide a Council Tax Reduction/],
    ['attributes', 'one thing too many', { attributes: ['address.current', 'care.receives'] }, {}, /does not allow: Gets care at home$/],
    ['because', 'an empty reason', { because: '  ' }, {}, /No reason/],
    ['choice', 'no word from the resident', { choice: null }, {}, /not said yes/],
    ['choice', 'a no', { choice: { ...GIVEN, state: 'withdrawn' } }, {}, /has said no/],
    ['choice-fresh', 'a choice that was looked at sixteen minutes ago', { choice: { ...GIVEN, asOf: '2026-11-22T12:44:00Z' } }, {}, /too long ago/],
    ['choice', 'a yes to something else', { choice: { ...GIVEN, scope: `sha256:${'B'.repeat(43)}` } }, {}, /has not said yes since it changed/],
    ['choice-fresh', 'a choice from after what is known', { choice: { ...GIVEN, at: '2026-11-22T12:59:31Z' } }, {}, /too long ago/],
    ['choice-fresh', 'a yes that would outlive every later no', { choice: { ...GIVEN, at: '2099-01-01T00:00:00Z' } }, { choice: { state: 'withdrawn', at: '2026-11-22T12:00:00Z', scope: SCOPE } }, /too long ago/],
    ['choice-fresh', 'a choice that is looked at in the future', { choice: { ...GIVEN, asOf: '2026-11-22T13:01:00Z' } }, {}, /too long ago/],
    ['channel', 'a device that nobody looks after', { by: { service: 'garden-waste', officer: null, network: 'internet', device: 'unmanaged' } }, {}, /\(unmanaged\)/],
    ['channel', 'a way of asking that nobody has looked at', {}, { isChannelProven: false }, /Nobody has looked/],
    ['assurance', 'a system that was not found to keep to what is asked', {}, { assuranceGaps: [{ en: 'Principle 10 is only self-asserted.', cy: 'Dim ond hunanddatganiad sydd ar gyfer egwyddor 10.' }] }, /Principle 10/],
    ['guidelines', 'a guideline', {}, { objections: [{ guideline: 'g', by: 'riverbourne', rule: 'r', text: { en: 'Riverbourne: We do not. This does.', cy: 'Riverbourne: Nid ydym. Mae hwn.' } }] }, /Riverbourne: We do not/],
    ['subject', 'two people with one name and one birthday', {}, { subject: 'several' }, /could not be sure/],
    ['subject', 'somebody who is not known', {}, { subject: 'none' }, /Nobody here/],
    ['dispute', 'something that the resident says is wrong', {}, { disputed: ['address.current'] }, /wrong: Current address/],
  ];
  it.each(FAULTS)('refuses for "%s" alone: %s', (id, _what, request, world, words) => {
    expect(failed(request, world)).toEqual(id === 'choice' && request.choice === null ? ['choice', 'choice-fresh'] : [id]);
    expect(decided(request, world).allow).toBe(false);
    expect(decided(request, world).reasons.find((reason) => reason.id === id)?.text.en).toMatch(words);
  });

  it('refuses a question whose signature proves nobody: such a one is no party to anything', () => { expect(failed({}, { asker: undefined })).toEqual(['signature', 'parties']); });
  it('refuses everything that depends on an agreement where there is none', () => {
    expect(failed({}, { agreement: undefined })).toEqual(['agreement', 'in-force', 'parties', 'purpose', 'attributes', 'power', 'choice', 'choice-fresh', 'channel', 'assurance', 'guidelines']);
  });
  it('counts days in the United Kingdom: an agreement begins at midnight there', () => {
    expect(failed({ choice: { ...GIVEN, at: '2026-03-31T11:00:00Z', asOf: '2026-03-31T23:00:00Z' } }, { now: new Date('2026-03-31T23:00:30Z') })).toEqual([]);
    expect(failed({ choice: { ...GIVEN, at: '2026-03-31T11:00:00Z', asOf: '2026-03-31T22:59:00Z' } }, { now: new Date('2026-03-31T22:59:30Z') })).toEqual(['in-force']);
  });
});

describe('a choice in a decision', () => {
  it('counts a later no that only the holder knows, also when the receiver has just looked', () => {
    expect(failed({}, { choice: { state: 'withdrawn', at: '2026-11-21T10:00:00Z', scope: SCOPE } })).toEqual(['choice']);
  });
  it('counts a later yes at the receiver, although the holder knows an earlier no', () => {
    expect(failed({}, { choice: { state: 'withdrawn', at: '2026-11-19T10:00:00Z', scope: SCOPE } })).toEqual([]);
  });
  it('counts a no when both were said at one moment', () => {
    expect(failed({}, { choice: { state: 'withdrawn', at: '2026-11-20T09:00:00Z', scope: SCOPE } })).toEqual(['choice']);
  });
  it.each<readonly [string, Partial<Agreement>]>([
    ['one thing more', { attributes: [...agreement.attributes, 'care.receives'] }], ['one thing less', { attributes: ['address.current'] }], ['another purpose', { purpose: 'council-tax-reduction' }], ['one who may ask more', { receivers: [...agreement.receivers, 'aldermoor-care-trust'] }],
    ['another basis', { lawfulBasis: 'consent' }], ['a condition for special data', { special: { condition: 'health-or-social-care', ref: 'Care Act 2014' } }], ['another kind of choice', { choice: { ...agreement.choice, mode: 'opt-out' } }],
  ])('counts a yes no more, and a no still, when the agreement has %s; until they say yes to that', (_what, changes) => {
    const next = agreementBetween(receiver, holder, vocabulary, { version: 4, ...changes });
    const asked = (choice: ExchangeRequest['choice']) => decided({ choice, purpose: next.purpose }, {}, next).reasons.find(({ id }) => id === 'choice');
    expect(asked(GIVEN)?.pass).toBe(next.choice.mode === 'opt-out');
    expect(asked({ ...GIVEN, state: 'withdrawn' })?.pass).toBe(false);
    expect(asked({ ...GIVEN, scope: choiceScope(next) })?.pass).toBe(true);
    expect(decided({ choice: { ...GIVEN, scope: choiceScope(next) }, purpose: next.purpose }, { choice: { state: 'withdrawn', at: '2026-11-21T09:00:00Z', scope: SCOPE } }, next).allow).toBe(false);
  });
  it('counts a yes from version to version while the agreement says the same of it, in whatever order', () => {
    const next = agreementBetween(receiver, holder, vocabulary, { version: 4, until: '2029-03-31', retention: 'P30D', attributes: [...agreement.attributes].reverse(), power: { ref: 'Localism Act 2011, section 2' } });
    expect(failed({ choice: GIVEN }, {}, next)).toEqual([]);
  });
  it('lets opt-out pass without a word, and not after a no', () => {
    const optOut = withChoice({ mode: 'opt-out' });
    expect(failed({ choice: null }, {}, optOut)).toEqual([]);
    expect(failed({ choice: null }, { choice: { state: 'withdrawn', at: '2026-11-19T10:00:00Z', scope: SCOPE } }, optOut)).toEqual(['choice']);
    expect(failed({ choice: { ...GIVEN, asOf: '2026-11-21T13:30:00Z' } }, {}, optOut)).toEqual([]);
    expect(failed({ choice: { ...GIVEN, asOf: '2026-11-21T12:30:00Z' } }, {}, optOut)).toEqual(['choice-fresh']);
  });
  it('takes a bound that the agreement sets', () => {
    expect(failed({ choice: { ...GIVEN, asOf: '2026-11-22T12:58:00Z' } }, {}, withChoice({ freshForSeconds: 60 }))).toEqual(['choice-fresh']);
  });
  it('is none where the law requires it, and only where that is said', () => {
    const duty = { mode: 'none', keptBecause: { en: 'It must be told by law', cy: 'Rhaid ei ddweud yn ôl y gyfraith' } } as const;
    expect(failed({ choice: null }, { choice: { state: 'withdrawn', at: '2026-11-19T10:00:00Z', scope: SCOPE } }, withChoice(duty))).toEqual([]);
    expect(failed({ choice: null }, {}, withChoice({ ...duty, keptBecause: null }))).toEqual(['choice']);
  });
});
