import { defineService } from './define-service';
import { extend } from './extension';
import { installService } from './installed-service';
import { serviceExtension, servicePack } from './service-pack';
import { hedgehogHouses } from './testing/hedgehog-houses';
import { feeOf, submissionOf } from './journey/submission';
import { progressOf } from './journey/progress';
import type { Service } from './service';

const TODAY = '2026-11-23';
const words = (en: string) => ({ en, cy: `${en} (cy)` });
const changed = (change: Partial<Service>) => () => defineService({ ...hedgehogHouses, ...change } as never);
const pagesWith = (change: (pages: Service['pages']) => Service['pages']) => changed({ pages: change(hedgehogHouses.pages) });

describe('a service that could not work is refused with what to change', () => {
  it.each([
    ['a condition on a question that comes later', pagesWith((pages) => pages.map((page) => (page.slug === 'garden' ? { ...page, when: { numberOfHouses: 2 } } : page))), /the page garden depends on numberOfHouses, which is not a question of an earlier page/],
    ['a condition on an answer that nobody can give', pagesWith((pages) => pages.map((page) => (page.slug === 'how-many' ? { ...page, when: { hasGarden: 'perhaps' } } : page))), /depends on hasGarden being "perhaps", which it can never be/],
    ['two pages of one name', pagesWith((pages) => [...pages, pages[0] as Service['pages'][number]]), /two pages have the slug garden/],
    ['a text without Welsh', changed({ summary: { en: 'Words', cy: ' ' } }), /the text summary is empty in "cy"/],
    ['a text that names a setting that is not there', changed({ summary: words('It costs ((cost))') }), /the text summary names \(\(cost\)\)/],
    ['a case type of another service', changed({ opens: { ...hedgehogHouses.opens, types: hedgehogHouses.opens.types.map((type) => ({ ...type, id: 'other' })) } }), /the case type other must be called hedgehog-houses/],
    ['a contact question of the wrong type', changed({ opens: { ...hedgehogHouses.opens, contact: { email: 'yourName' } } }), /opens.contact.email names yourName, which is not a question of the type email/],
    ['no way of saying which case type', changed({ opens: { ...hedgehogHouses.opens, types: [...hedgehogHouses.opens.types, ...hedgehogHouses.opens.types] } }), /opens.which must say which one/],
    ['a section that is not there', pagesWith((pages) => pages.map((page) => ({ ...page, section: 'nowhere' }))), /names the section nowhere/],
    ['a page that ends the journey for everybody', pagesWith((pages) => pages.map((page) => (page.slug === 'no-garden' ? { ...page, when: undefined } : page))), /ends the journey for everybody/],
    ['an answer that is for something and fills nothing', pagesWith((pages) => pages.map((page) => (page.questions ? { ...page, questions: page.questions.map((question) => ({ ...question, attribute: undefined, purposes: ['hedgehog-help'] as const })) } : page))), /says what its answer is for, and not which attribute it fills/],
    ['a purpose that is not named like one', pagesWith((pages) => pages.map((page) => (page.questions ? { ...page, questions: page.questions.map((question) => ({ ...question, attribute: 'hedgehogs.member' as const, purposes: ['Hedgehog help'] as const })) } : page))), /is for "Hedgehog help": a purpose is named like garden-waste-concession/],
    ['a default that breaks its own limits', changed({ settings: { ...hedgehogHouses.settings, price: { type: 'money', title: 'Price', default: 20_000, atMost: 10_000 } } }), /setting price of hedgehog-houses must be whole pence/],
  ])('%s', (_what, define, message) => expect(define).toThrow(message));
});

describe('a council’s settings', () => {
  const hedgehogs = servicePack(hedgehogHouses, { version: '0.1.0' });
  it('stand in the texts and in the fee', () => {
    const { registers } = hedgehogs({ price: 2000 });
    const registration = registers.map(({ extension }) => extension).find((one): one is Parameters<typeof installService>[0] => typeof one === 'object' && one !== null && 'settings' in one) as Parameters<typeof installService>[0];
    const service = installService(registration);
    expect(service.questions.get('numberOfHouses')?.hint).toEqual({ en: 'Each costs £20.00.', cy: 'Mae pob un yn costio £20.00.' });
    const progress = progressOf(service, { hasGarden: true, numberOfHouses: 3, yourName: 'Pat', why: null }, TODAY);
    expect(feeOf(service, progress)).toMatchObject([{ code: 'houses', amountInPence: 6000, ledgerCode: 'HH-1000' }]);
    expect(submissionOf(service, progress)).toMatchObject({ caseType: 'hedgehog-houses', summary: { en: '3 hedgehog houses' }, contact: { name: 'Pat' } });
  });
  it('are refused by name when there is no such setting, or it is out of range', () => {
    expect(() => hedgehogs({ prise: 1 } as never)).toThrow('hedgehog-houses has no setting "prise". It has price, ledgerCode.');
    expect(() => hedgehogs({ price: 10.5 })).toThrow(/whole pence, as pounds\(55\) gives them, from 0 to 10000; it is 10.5/);
  });
});

describe('a council’s extension', () => {
  const kept = hedgehogHouses.opens.types[0]?.states['ordered']?.retention as NonNullable<typeof hedgehogHouses.opens.types[0]['states']['ordered']>['retention'];
  const extension = {
    id: 'testham-hedgehogs', version: 2, service: 'hedgehog-houses',
    addPages: [{ after: 'how-many', page: { slug: 'colour', section: 'house', questions: [{ id: 'colour', type: 'radios' as const, title: words('Which colour?'), missing: words('Select a colour'), options: [{ value: 'green', title: words('Green') }, { value: 'brown', title: words('Brown') }] }] } }],
    addQuestions: [{ page: 'garden', question: { id: 'hasPond', type: 'yes-no' as const, title: words('Do you have a pond?'), optional: true as const } }],
    texts: { 'start.who': words('People of Testham.'), 'pages.how-many.questions.numberOfHouses.hint': words('Up to three.') },
    insertStates: [{ caseType: 'hedgehog-houses', after: 'deliver', name: 'checked', state: { kind: 'open' as const, title: words('Checked'), colour: 'teal' as const, publicText: words('We are checking it.'), retention: kept }, leave: { id: 'finish', title: words('Finish') } }],
  };
  it('adds pages and questions, replaces texts and puts a state into the way', () => {
    const service = installService({ slug: 'hedgehog-houses', service: hedgehogHouses, settings: {} }, [extension]);
    expect([...service.pages.keys()]).toEqual(['garden', 'no-garden', 'how-many', 'colour', 'your-name']);
    expect(service.questions.get('hasPond')?.type).toBe('yes-no');
    expect(service.service.start.who.en).toBe('People of Testham.');
    expect(service.questions.get('numberOfHouses')?.hint?.en).toBe('Up to three.');
    const [type] = service.service.opens.types;
    expect(type?.version).toBe(102);
    expect(type?.transitions.map(({ id, from, to }) => `${id}: ${from.join()} → ${to}`)).toEqual(['deliver: ordered → checked', 'finish: checked → delivered']);
    expect(service.version).toBe('1+testham-hedgehogs@2');
  });
  it('leaves the shared service as it was', () => {
    extend(hedgehogHouses, extension);
    expect(hedgehogHouses.pages).toHaveLength(4);
    expect(hedgehogHouses.opens.types[0]?.version).toBe(1);
  });
  it('is refused when it does not fit, with what there is instead', () => {
    const refuse = (change: object) => () => serviceExtension(hedgehogHouses, { ...extension, ...change });
    expect(refuse({ texts: { 'start.whom': words('x') } })).toThrow(/replaces the text start.whom, which is not there. Texts of the same part: start.who, start.cost/);
    expect(refuse({ addPages: [{ after: 'nowhere', page: extension.addPages[0]?.page }] })).toThrow(/after nowhere, which is not there. The pages are garden/);
    expect(refuse({ insertStates: [{ ...extension.insertStates[0], after: 'fly' }] })).toThrow(/after the transition fly, which is not there. The transitions are deliver/);
    expect(refuse({ addQuestions: [{ page: 'garden', question: { id: 'hasGarden', type: 'yes-no', title: words('x'), optional: true } }] })).toThrow(/two questions have the id hasGarden/);
  });
  it('registers the changed case type beside the old one', () => {
    const installation = serviceExtension(hedgehogHouses, extension);
    expect(installation.registers.map(({ point }) => point.id)).toEqual(['services.service-extension', 'cases.case-type']);
  });
});
