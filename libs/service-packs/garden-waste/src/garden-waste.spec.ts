import { feeOf, installService, pounds, progressOf, submissionOf, SERVICE, type ServiceRegistration } from '@guildhall/services-contract';
import { gardenWaste } from './garden-waste';

const TODAY = '2026-11-23';
const property = { way: 'found', uprn: '99000000001', lines: ['1 Weir Lane', 'Riverbourne'], postcode: 'ZZ99 1AB' } as const;
const service = (settings?: Parameters<typeof gardenWaste>[0]) => installService(gardenWaste(settings).registers.find(({ point }) => point.id === SERVICE.id)?.extension as ServiceRegistration);
const lines = (settings: Parameters<typeof gardenWaste>[0], numberOfBins: number, getsCouncilTaxReduction: boolean) => {
  const installed = service(settings);
  return feeOf(installed, progressOf(installed, { property, numberOfBins, getsCouncilTaxReduction }, TODAY)).map(({ code, amountInPence }) => `${code} ${amountInPence}`);
};

describe('the fee for garden waste', () => {
  it('is one line for one bin', () => expect(lines({}, 1, false)).toEqual(['first-bin 5500']));
  it('adds every further bin', () => expect(lines({}, 3, false)).toEqual(['first-bin 5500', 'further-bins 9000']));
  it('is lower for the first bin with Council Tax Reduction', () => expect(lines({}, 2, true)).toEqual(['first-bin-reduced 4000', 'further-bins 4500']));
  it('is what the council has set', () => expect(lines({ yearlyFee: pounds(38), additionalBin: pounds(20), concession: pounds(8) }, 2, true)).toEqual(['first-bin-reduced 3000', 'further-bins 2000']));
  it('never falls below nothing', () => expect(lines({ yearlyFee: pounds(10), concession: pounds(15) }, 1, true)).toEqual([]));
});

describe('the case of a subscription', () => {
  it('is about the address, and its summary says how many bins', () => {
    const installed = service();
    expect(submissionOf(installed, progressOf(installed, { property, numberOfBins: 2, getsCouncilTaxReduction: false }, TODAY))).toMatchObject({
      caseType: 'garden-waste.subscription', summary: { en: 'Garden waste subscription, 2 bins', cy: 'Tanysgrifiad gwastraff gardd, nifer y biniau: 2' }, location: { uprn: '99000000001', postcode: 'ZZ99 1AB', personal: true },
    });
  });
});

describe('the words', () => {
  it('say the council’s own fees and season', () => {
    const { service: words } = service({ yearlyFee: pounds(38), season: { en: 'all year round', cy: 'drwy gydol y flwyddyn' } });
    expect(words.start.cost?.en).toContain('£38.00 a year');
    expect(words.pages[0]?.questions?.[0]?.hint?.cy).toBe('Rydym yn casglu drwy gydol y flwyddyn, bob pythefnos.');
  });
});
