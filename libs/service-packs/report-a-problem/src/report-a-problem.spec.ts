import { installService, progressOf, submissionOf, SERVICE, type Answers, type ServiceRegistration } from '@guildhall/services-contract';
import { reportAProblem } from './report-a-problem';

const TODAY = '2026-11-23';
const service = installService(reportAProblem({ emergencyTelephone: '01632 960123' }).registers.find(({ point }) => point.id === SERVICE.id)?.extension as ServiceRegistration);
const path = (answers: Answers) => progressOf(service, answers, TODAY).steps.map(({ page }) => page.slug);
const anonymous = { description: null, pictures: null, updates: 'no' } as const;
const place = { way: 'street', usrn: '99000001', lines: ['Weir Lane', 'Riverbourne'], point: { latitude: 51.86, longitude: -2.23 } } as const;

describe('the questions follow the problem', () => {
  it('of a pothole', () => expect(path({ problem: 'pothole' })).toEqual(['problem', 'danger', 'where', 'pothole', 'description', 'photos', 'updates']));
  it('of a street light', () => expect(path({ problem: 'street-light' })).toEqual(['problem', 'danger', 'where', 'street-light', 'light-number', 'description', 'photos', 'updates']));
  it('of fly-tipping that somebody saw', () => expect(path({ problem: 'fly-tipping', sawIt: true })).toEqual(['problem', 'danger', 'where', 'rubbish', 'witness', 'what-you-saw', 'description', 'photos', 'updates']));
  it('of a missed bin, which has an address and no photos', () => expect(path({ problem: 'missed-bin' })).toEqual(['problem', 'your-bin', 'which-bin', 'collection-day', 'bin-was-out', 'description', 'updates']));
  it('to the telephone where somebody could get hurt', () => {
    const { ending } = progressOf(service, { problem: 'pothole', isDangerous: true }, TODAY);
    expect(ending?.ending[0]?.en).toContain('call us at any hour on 01632 960123');
  });
  it('ask for the mobile number only of those who want text messages', () => {
    const asked = progressOf(service, { problem: 'pothole', updates: 'text' }, TODAY).steps.find(({ page }) => page.slug === 'contact');
    expect(asked?.questions.map(({ id }) => id)).toEqual(['yourName', 'mobile']);
  });
});

describe('the case', () => {
  const answers = { ...anonymous, problem: 'pothole', isDangerous: false, place, potholeSize: 'large', potholeSurface: 'road' };
  it('is of the kind that was reported, and names the street', () => {
    expect(submissionOf(service, progressOf(service, answers, TODAY))).toMatchObject({ caseType: 'report-a-problem.pothole', summary: { en: 'Pothole, Weir Lane', cy: 'Twll yn y ffordd, Weir Lane' }, location: { point: place.point }, contact: {} });
  });
  it('takes nothing along from another kind that was chosen first', () => {
    const property = { way: 'typed', lines: ['1 Weir Lane'], postcode: 'ZZ99 1AB' } as const;
    const changed = { ...answers, property, binKind: 'food', whatYouSaw: 'A red car', yourName: 'Pat Whistlewood' };
    expect(submissionOf(service, progressOf(service, changed, TODAY))).toEqual(submissionOf(service, progressOf(service, answers, TODAY)));
  });
  it('of a missed bin is at its address', () => {
    const missed = { ...anonymous, problem: 'missed-bin', property: { way: 'typed', lines: ['1 Weir Lane'], postcode: 'ZZ99 1AB' }, binKind: 'food', collectionDay: '2026-11-20', binWasOut: true } as const;
    expect(submissionOf(service, progressOf(service, missed, TODAY))).toMatchObject({ caseType: 'report-a-problem.missed-bin', location: { lines: ['1 Weir Lane'], postcode: 'ZZ99 1AB' } });
  });
});
