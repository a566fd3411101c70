import { pounds, type ServiceRegistration } from '@guildhall/services-contract';
import { hedgehogHouses } from '@guildhall/services-contract/testing';
import { serviceSettings } from './service-settings';

const service = { ...hedgehogHouses, settings: { fee: { type: 'money', title: 'Fee', default: pounds(10), atMost: pounds(20) }, season: { type: 'words', title: 'Season', default: { en: 'in May', cy: 'ym mis Mai' } }, ledger: { type: 'code', title: 'Ledger code', default: 'HH-1' }, isOpen: { type: 'yes-no', title: { en: 'Open', cy: 'Ar agor' }, default: true } } };
const registered = { slug: hedgehogHouses.slug, service, settings: { fee: pounds(12), season: { en: 'in May', cy: 'ym mis Mai' }, ledger: 'OURS-1', isOpen: true } } as unknown as ServiceRegistration;
const changed = (content: object): ServiceRegistration | undefined => serviceSettings.change([registered], [{ thing: registered.slug, revision: 1, definition: 1, content, isInForce: true }])[0] as ServiceRegistration | undefined;

describe('the settings of a service', () => {
  it('travel as far as they are not the council’s own, and read line by line in the service’s order', () => {
    const content = serviceSettings.content([registered], registered.slug);
    expect(content).toEqual({ settings: { fee: 1200, season: { en: 'in May', cy: 'ym mis Mai' }, isOpen: true } });
    expect(serviceSettings.lines([registered], registered.slug, { settings: Object.fromEntries(Object.entries((content as { settings: object }).settings).reverse()) }).map(({ key, value }) => [key, value])).toEqual([['fee', '£12.00'], ['season.en', 'in May'], ['season.cy', 'ym mis Mai'], ['isOpen', { en: 'Yes', cy: 'Ie' }]]);
  });
  it('are called as the service calls them in each language, and by its one title where it has no other', () => {
    expect(serviceSettings.lines([registered], registered.slug, { settings: { fee: 1200, isOpen: true } }).map(({ label }) => label)).toEqual([{ en: 'Fee', cy: 'Fee' }, { en: 'Open', cy: 'Ar agor' }]);
  });
  it('can be typed as far as they travel, within what the service allows', () => {
    expect(serviceSettings.fields?.([registered], registered.slug, { settings: { fee: 1200, season: { en: 'in May', cy: 'ym mis Mai' }, isOpen: true } })).toMatchObject([
      { key: 'fee', path: ['settings', 'fee'], type: 'money', value: 1200, atLeast: 0, atMost: 2000 }, { key: 'season', type: 'words', value: { en: 'in May', cy: 'ym mis Mai' } }, { key: 'isOpen', type: 'yes-no', value: true, label: { cy: 'Ar agor' } },
    ]);
  });
  it('hold over those of the configuration, whose others stay', () => {
    expect(changed({ settings: { fee: 1500 } })?.settings).toEqual({ ...registered.settings, fee: 1500 });
  });
  it.each([['a fee that the service no longer allows', { fee: 2001 }], ['a setting that is gone', { gone: 1 }], ['a ledger code', { ledger: 'X' }]])('with %s are left as the configuration has them: nothing breaks', (_, settings) => {
    expect(changed({ settings })).toEqual(registered);
  });
  it('hold all but what another version of the service does not know or allow', () => {
    expect(changed({ settings: { gone: 1, fee: 1500, isOpen: 'perhaps' } })?.settings).toEqual({ ...registered.settings, fee: 1500 });
  });
});
