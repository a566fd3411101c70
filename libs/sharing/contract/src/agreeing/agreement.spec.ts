import { agreementBetween, bodyNamed, riverbourneAndAldermoor } from '../testing';
import { agreementSentence, checkAgreement, diffAgreements, documentDigest, objections, openAgreement, readAgreement, readGuideline, REGISTER_FIELDS, registerEntry, signAgreement, starterGuideline, unsettled, valueFault, type Agreement, type Guideline, type GuidelineCheck } from '../index';

const { receiver, holder, vocabulary } = riverbourneAndAldermoor();
const agreement = agreementBetween(receiver, holder, vocabulary);
const changed = (changes: Partial<Agreement>): Agreement => agreementBetween(receiver, holder, vocabulary, changes);
const found = (changes: Partial<Agreement>): readonly string[] => checkAgreement(changed(changes), vocabulary, '2026-11-30').filter(({ holds }) => !holds).map(({ id }) => id);

describe('an agreement', () => {
  it('is read from a file, or refused with every place that is wrong', () => {
    expect(readAgreement(JSON.parse(JSON.stringify(agreement)))).toEqual({ ok: true, value: agreement });
    const { benefit: _benefit, ...without } = agreement;
    expect(readAgreement({ ...without, from: '2026-02-30', lawfulBasis: 'because', choice: { ...agreement.choice, mode: 'maybe' }, attributes: [], more: 1 })).toMatchObject({
      ok: false, refusal: { reason: 'malformed', fields: expect.arrayContaining([
        { field: 'benefit', message: 'is missing' }, { field: 'from', message: 'is not a date like 2026-11-01' }, { field: 'more', message: 'is not known here' }, { field: 'choice.mode', message: 'is none of opt-in, opt-out, none' },
        expect.objectContaining({ field: 'attributes' }), expect.objectContaining({ field: 'lawfulBasis' }),
      ]) },
    });
    expect(readAgreement(undefined)).toMatchObject({ ok: false });
  });
  it('makes its own sentence, in both languages', () => {
    expect(agreementSentence(agreement, vocabulary)).toEqual({
      en: 'Riverbourne Borough Council may check your address and whether you get Council Tax Reduction with Aldermoor County Council, to decide what you pay for garden waste.',
      cy: "Caiff Riverbourne Borough Council wirio'r canlynol: eich cyfeiriad; a ydych yn cael Gostyngiad y Dreth Gyngor. Oddi wrth: Aldermoor County Council. Er mwyn: penderfynu beth rydych yn ei dalu am wastraff gardd.",
    });
    expect(agreementSentence({ ...agreement, purpose: 'unheard-of' }, vocabulary).en).toMatch(/to unheard-of\.$/);
  });
  it('has one digest, however it was written down', () => {
    expect(documentDigest(JSON.parse(JSON.stringify(Object.fromEntries(Object.entries(agreement).reverse()))))).toBe(documentDigest(agreement));
    expect(documentDigest(changed({ version: 4 }))).not.toBe(documentDigest(agreement));
  });
});

describe('signing an agreement', () => {
  const now = new Date('2026-11-30T12:00:00Z');
  const bothSigned = signAgreement(agreement, holder.signer, signAgreement(agreement, receiver.signer));
  it('takes the signature of every party, each by a key of its own', () => {
    expect(openAgreement(bothSigned, [receiver, holder], now)).toEqual({ ok: true, value: { agreement, signedBy: [holder.id, receiver.id], missing: [] } });
    expect(openAgreement(signAgreement(agreement, receiver.signer), [receiver, holder], now)).toMatchObject({ ok: true, value: { missing: [holder.id] } });
    expect(openAgreement(signAgreement(agreement, bodyNamed(holder.id, 'Somebody who says so').signer, signAgreement(agreement, receiver.signer)), [receiver, holder], now)).toMatchObject({ ok: true, value: { missing: [holder.id] } });
  });
  it('does not count a key before its time, after it, or since it was stolen', () => {
    const [key] = holder.keys as [(typeof holder.keys)[number]];
    for (const bad of [{ from: '2026-12-01T00:00:00Z' }, { until: '2026-11-29T00:00:00Z' }, { compromisedSince: '2026-11-30T11:00:00Z' }]) {
      expect(openAgreement(bothSigned, [receiver, { ...holder, keys: [{ ...key, ...bad }] }], now)).toMatchObject({ ok: true, value: { missing: [holder.id] } });
    }
  });
  it('is refused as another kind of document, or with a text that is none', () => {
    expect(openAgreement({ ...bothSigned, payloadType: 'application/json' }, [receiver, holder], now)).toMatchObject({ ok: false, refusal: { reason: 'malformed' } });
    expect(openAgreement({ ...bothSigned, payload: Buffer.from('{').toString('base64') }, [receiver, holder], now)).toMatchObject({ ok: false, refusal: { reason: 'malformed' } });
    expect(() => signAgreement(changed({ version: 4 }), holder.signer, bothSigned)).toThrow(/same one/);
  });
  it('has no signature on a text that was changed afterwards', () => {
    const other = changed({ attributes: ['address.current', 'care.receives'] });
    expect(openAgreement({ ...bothSigned, payload: Buffer.from(JSON.stringify(other)).toString('base64') }, [receiver, holder], now)).toMatchObject({ ok: true, value: { signedBy: [] } });
  });
});

describe('what an agreement must have (data sharing code)', () => {
  it('has all of it', () => { expect(found({})).toEqual([]); });
  it.each<readonly [string, Partial<Agreement>]>([
    ['words', { attributes: ['address.current', 'shoe.size'] }],
    ['sentence', { sentence: { en: 'Riverbourne may do as it likes.', cy: 'Caiff Riverbourne wneud fel y mynno.' } }],
    ['parties', { holders: ['riverbourne'] }],
    ['review', { review: '2027-04-02' }],
    ['lawful-basis', { lawfulBasis: 'legitimate-interests' }],
    ['consent', { lawfulBasis: 'consent', choice: { ...agreement.choice, mode: 'opt-out' } }],
    ['power', { power: { ref: ' ' } }],
    ['special-category', { attributes: ['care.receives'] }],
    ['special-category', { special: { condition: 'health-or-social-care', ref: 'Schedule 1, paragraph 2' } }],
    ['choice', { choice: { ...agreement.choice, keptBecause: { en: 'No', cy: 'Na' } } }],
    ['dpia', { dpia: null }],
    ['dpia', { dpia: { ref: 'DPIA-1', date: '2027-01-01' } }],
    ['rights', { contacts: { riverbourne: 'data@riverbourne.example' } }],
    ['security', { assurance: [] }],
  ])('finds what is wrong with its %s', (id, changes) => { expect(found(changes)).toEqual([id]); });
  it('says each finding in both languages, whether it holds or not', () => {
    const texts = [{}, { attributes: ['address.current', 'shoe.size'], until: '2026-03-31', power: { ref: ' ' }, dpia: null, contacts: {}, assurance: [], lawfulBasis: 'legitimate-interests', special: { condition: 'health-or-social-care', ref: 'x' } } satisfies Partial<Agreement>]
      .flatMap((changes: Partial<Agreement>) => checkAgreement(changed(changes), vocabulary, '2026-11-30').map(({ text }) => text));
    expect(texts.filter(({ en, cy }) => en === '' || cy === '' || en === cy)).toEqual([]);
    expect(checkAgreement(changed({ dpia: null }), vocabulary, '2026-11-30').find(({ id }) => id === 'dpia')?.text.cy).toBe('Nid yw’n enwi asesiad effaith diogelu data.');
  });
  it('finds an end before the beginning, and a lack of choice that no law requires', () => {
    expect(found({ until: '2026-03-31' })).toEqual(['term', 'review']);
    expect(found({ choice: { ...agreement.choice, mode: 'none' } })).toEqual(['choice', 'legal-duty']);
    expect(found({ lawfulBasis: 'legal-obligation', choice: { ...agreement.choice, mode: 'none', keptBecause: { en: 'The Act says so', cy: 'Mae’r Ddeddf yn dweud hynny' } } })).toEqual([]);
  });
});

describe('guidelines of both sides', () => {
  const guidelineOf = (by: string, ...rules: readonly GuidelineCheck[]): Guideline => ({ id: `${by}-rules`, version: 1, by, title: { en: 'Rules', cy: 'Rheolau' }, rules: rules.map((rule, index) => ({ ...rule, id: `rule-${index}`, sentence: { en: 'We say so', cy: 'Rydym yn dweud hynny' } })) });
  const objected = (changes: Partial<Agreement>, ...rules: readonly GuidelineCheck[]): readonly string[] => objections(changed(changes), [guidelineOf('aldermoor-county', ...rules)], { vocabulary, used: [{ attribute: 'address.current', purpose: agreement.purpose }, { attribute: 'council-tax-reduction.receives', purpose: 'council-tax-reduction' }] }).map(({ text }) => text.en);

  it('let an ordinary agreement be', () => {
    expect(objections(agreement, [starterGuideline('riverbourne'), starterGuideline('aldermoor-county')], { vocabulary, used: agreement.attributes.map((attribute) => ({ attribute, purpose: agreement.purpose })) })).toEqual([]);
  });
  it('say what cannot be looked at, where nobody knows what is asked for', () => {
    expect(objections(agreement, [starterGuideline('riverbourne')], { vocabulary })).toEqual([]);
    expect(unsettled([starterGuideline('riverbourne')], { vocabulary })).toEqual([{ guideline: 'data-sharing-code', by: 'riverbourne', rule: 'nothing-idle', text: expect.objectContaining({ en: 'Riverbourne Borough Council: We share nothing that nobody needs. This cannot be looked at here: whoever asks knows what its services ask for.' }) }]);
    expect(unsettled([starterGuideline('riverbourne')], { vocabulary, used: [] })).toEqual([]);
  });
  it('are read from a file, and refused with a check that is not known or lacks what it asks for', () => {
    expect(readGuideline(JSON.parse(JSON.stringify(starterGuideline('riverbourne'))))).toMatchObject({ ok: true });
    const rule = { id: 'a', sentence: { en: 'A', cy: 'A' } };
    expect(readGuideline({ ...starterGuideline('riverbourne'), rules: [{ ...rule, check: 'magic' }] })).toMatchObject({ ok: false });
    expect(readGuideline({ ...starterGuideline('riverbourne'), rules: [{ ...rule, check: 'review-within' }] })).toMatchObject({ ok: false, refusal: { fields: expect.arrayContaining([{ field: 'rules.0.period', message: 'is missing' }]) } });
  });
  it('say whose rule it is, and what the agreement does instead', () => {
    const health = changed({ attributes: ['care.receives'], special: { condition: 'health-or-social-care', ref: 'Schedule 1, paragraph 2' }, choice: { ...agreement.choice, mode: 'opt-out' } });
    expect(objections(health, [starterGuideline('aldermoor-county'), guidelineOf('riverbourne', { check: 'dpia' })], { vocabulary })).toEqual([
      { guideline: 'data-sharing-code', by: 'aldermoor-county', rule: 'special-needs-a-yes', text: {
        en: 'Aldermoor County Council: We share data on health, faith and the like only with a yes. This agreement is opt-out: it is shared until somebody says no.',
        cy: 'Aldermoor County Council: Dim ond os cawn ganiatâd y rhannwn ddata am iechyd, ffydd ac ati. Mae’r cytundeb hwn yn optio allan: fe’i rhennir nes i rywun ddweud na.',
      } },
    ]);
  });
  it.each<readonly [GuidelineCheck, Partial<Agreement>, RegExp]>([
    [{ check: 'choice', atLeast: 'opt-in' }, { choice: { ...agreement.choice, mode: 'opt-out' } }, /opt-out/],
    [{ check: 'choice', atLeast: 'opt-out', of: 'sensitive' }, { choice: { ...agreement.choice, mode: 'none' } }, /without a choice/],
    [{ check: 'review-within', period: 'P6M' }, {}, /reviewed on 1 March 2027/],
    [{ check: 'kept-no-longer-than', period: 'P11M' }, {}, /for 1 year/],
    [{ check: 'never-shared', attributes: ['address.current'] }, {}, /shares: Current address/],
    [{ check: 'answers-not-copies', attributes: ['person.date-of-birth'] }, { attributes: ['person.date-of-birth'] }, /shares: Date of birth/],
    [{ check: 'never-for', purposes: ['garden-waste-concession'] }, {}, /to decide what you pay for garden waste/],
    [{ check: 'only-managed-devices' }, { channels: [{ network: 'internet', device: 'unmanaged' }] }, /nobody looks after/],
    [{ check: 'assurance', by: 'accredited' }, {}, /not ask that an accredited assessor has looked/],
    [{ check: 'dpia' }, { dpia: null }, /no data protection impact/],
    [{ check: 'children-need-a-reason', attributes: ['person.date-of-birth'] }, { attributes: ['person.date-of-birth'] }, /compelling reason/],
    [{ check: 'every-item-is-used' }, {}, /Nobody asks for this to that end: Gets Council Tax Reduction/],
    [{ check: 'no-decision-by-machine-alone' }, { automatedDecision: 'ATRS-12' }, /ATRS-12/],
    [{ check: 'what-was-shared-is-not-used-again' }, { choice: { ...agreement.choice, onWithdrawal: 'keep-what-was-decided' } }, /stand when somebody says no/],
  ])('can ask for %j', (rule, changes, words) => {
    expect(objected(changes, rule)).toEqual([expect.stringMatching(words)]);
  });
  it.each<readonly [GuidelineCheck, Partial<Agreement>]>([
    [{ check: 'choice', atLeast: 'opt-in', of: 'special-category' }, { choice: { ...agreement.choice, mode: 'opt-out' } }],
    [{ check: 'review-within', period: 'P11M' }, {}],
    [{ check: 'kept-no-longer-than', period: 'P12M' }, {}],
    [{ check: 'assurance', by: 'peer' }, {}],
    [{ check: 'children-need-a-reason', attributes: ['person.date-of-birth'] }, { attributes: ['person.date-of-birth'], children: 'To find a school place' }],
    [{ check: 'answers-not-copies', attributes: ['person.date-of-birth'] }, { attributes: ['age.over18'] }],
    [{ check: 'every-item-is-used' }, { attributes: ['address.current'] }],
  ])('are kept to: %j', (rule, changes) => { expect(objected(changes, rule)).toEqual([]); });
});

describe('two versions of an agreement', () => {
  it('are told apart field by field', () => {
    expect(diffAgreements(agreement, agreement)).toEqual([]);
    expect(diffAgreements(agreement, changed({ version: 4, retention: 'P2Y', attributes: ['address.current', 'household.single-adult'], dpia: null, sentence: agreement.sentence }), vocabulary).map(({ text }) => text.en)).toEqual([
      'Version: before, 3; now, 4.', 'What is shared: Gets Council Tax Reduction is no longer there.', 'What is shared: Lives alone is new.', 'What is told is kept for: before, 1 year; now, 2 years.', 'Data protection impact assessment: before, DPIA-2026-14, 2 February 2026; now, nothing.',
    ]);
    const others: Partial<Agreement> = {
      until: '2028-04-01', lawfulBasis: 'consent', special: { condition: 'public-health', ref: 'Schedule 1' }, choice: { ...agreement.choice, mode: 'opt-out', withoutIt: { ...agreement.choice.withoutIt, cy: 'Gallwch ysgrifennu' } },
      contacts: { ...agreement.contacts, riverbourne: 'ig@riverbourne.example' }, areas: [{ code: 'E07000998', name: 'Brackenfield' }], sentence: agreement.sentence,
    };
    expect(diffAgreements(agreement, changed(others), vocabulary).map(({ text }) => text)).toMatchSnapshot();
    expect(diffAgreements(agreement, changed({ attributes: [...agreement.attributes].reverse(), sentence: agreement.sentence }))).toEqual([{ field: 'attributes', text: { en: 'What is shared: in another order.', cy: 'Yr hyn a rennir: mewn trefn arall.' } }]);
  });
});

describe('the public register (Digital Economy Act 2017, Part 5)', () => {
  it('has its eighteen fields, each with something to read', () => {
    const entry = registerEntry(changed({ processors: [{ id: 'host-it', name: 'Host It Ltd' }] }), vocabulary);
    expect(Object.keys(entry)).toEqual([...REGISTER_FIELDS]);
    expect(REGISTER_FIELDS).toHaveLength(18);
    expect(Object.values(entry).filter((value) => value === '')).toEqual([]);
    expect(entry).toMatchSnapshot();
  });
});

describe('a value', () => {
  it('is what its attribute says', () => {
    const fine: readonly (readonly [Parameters<typeof valueFault>[0], unknown])[] = [['yes-no', false], ['text', 'Pat'], ['date', '2026-02-28'], ['address', { lines: ['1 Weir Lane'], postcode: 'ZZ99 1AA', uprn: '990000012345' }], ['address', { lines: ['1 Weir Lane'], postcode: 'ZZ99 1AA' }]];
    expect(fine.map(([form, value]) => valueFault(form, value))).toEqual(fine.map(() => undefined));
    const wrong: readonly (readonly [Parameters<typeof valueFault>[0], unknown])[] = [['yes-no', 'yes'], ['text', ' '], ['date', '2026-02-30'], ['date', '30/02/2026'], ['address', { lines: [], postcode: 'ZZ99 1AA' }], ['address', { lines: ['1'], postcode: 'nowhere' }], ['address', { lines: ['1'], postcode: 'ZZ99 1AA', uprn: 990000012345 }], ['address', { lines: ['1'], postcode: 'ZZ99 1AA', name: 'Pat' }], ['address', null]];
    expect(wrong.filter(([form, value]) => valueFault(form, value) === undefined)).toEqual([]);
  });
});
