import type { Assessment, CounterClaim } from '@guildhall/assurance-contract';
import type { Notice } from '@guildhall/catalogue-contract';
import type { Beginning } from '@guildhall/catalogue';

/** What invented publishers tell of their releases: a fault that was mended, something that is replaced, and something that must not be run. */
export const EXAMPLE_NOTICES: readonly Notice[] = [
  { id: 'westmarch-2026-1', publisher: 'westmarch', kind: 'advisory', package: '@westmarch/parking-permits', versions: '<1.1.0', severity: 'high', mendedIn: '1.1.0', at: '2026-06-15T10:00:00.000Z', text: { en: 'Two officers who end the same permit at once refund it twice.', cy: 'Mae dau swyddog sy’n dod â’r un drwydded i ben ar unwaith yn ei had-dalu ddwywaith.' } },
  { id: 'westmarch-2026-2', publisher: 'westmarch', kind: 'deprecation', package: '@westmarch/garden-plots', versions: '*', replacement: '@heron-pike/allotment-plots', until: '2027-03-31', at: '2026-09-01T10:00:00.000Z', text: { en: 'Heron and Pike look after a better one, and so do we from now on.', cy: 'Mae Heron a Pike yn gofalu am un gwell, a byddwn ninnau hefyd o hyn ymlaen.' } },
  { id: 'skelder-2026-9', publisher: 'skelder-systems', kind: 'withdrawal', package: '@skelder/bin-day', versions: '3.0.0', at: '2026-07-21T10:00:00.000Z', text: { en: 'It tells the wrong day after a bank holiday. Take version 3.1.0.', cy: 'Mae’n dweud y diwrnod anghywir ar ôl gŵyl banc. Cymerwch fersiwn 3.1.0.' } },
];

/** Who has looked at what: an assessor that belongs to nobody, and one that belongs to the publisher. */
export const EXAMPLE_ASSESSMENTS: readonly { readonly by: string; readonly name: string; readonly version: string; readonly says: Assessment; /** What its publisher says against it. */ readonly against?: CounterClaim['claims'] }[] = [
  {
    by: 'assess-it', name: '@westmarch/parking-permits', version: '1.2.0',
    says: { standard: 'ncsc-csp', assessedOn: '2026-10-20', validUntil: '2027-10-19', findings: [{ principle: '7', result: 'met', how: 'tested' }, { principle: '10', result: 'met', how: 'reviewed' }, { principle: '11', result: 'partly-met', how: 'tested' }], counterClaims: [{ principle: '11', text: 'The limit of requests comes with version 1.3.0.' }] },
    against: [{ principle: '11', text: 'It limits requests by address since 28 October, in a version that is being looked at.' }],
  },
  { by: 'skelder-assurance', name: '@skelder/bin-day', version: '3.1.0', says: { standard: 'ncsc-csp', assessedOn: '2026-08-03', validUntil: '2027-08-02', findings: [{ principle: '7', result: 'met', how: 'asserted' }] } },
];

/** Who writes here, and what they have written. The teams are those of the practice sign-in. */
export const EXAMPLE_BEGINNING: Omit<Beginning, 'publishers'> = {
  organisations: [
    { id: 'riverbourne', kind: 'council', name: { en: 'Riverbourne Borough Council', cy: 'Cyngor Bwrdeistref Riverbourne' }, teamId: 'streets', email: 'digital@riverbourne.example' },
    { id: 'heron-and-pike', kind: 'supplier', name: { en: 'Heron and Pike', cy: 'Heron a Pike' }, teamId: 'waste', email: 'packages@heron-and-pike.example', web: 'https://heron-and-pike.example' },
    { id: 'westmarch', kind: 'regional-body', name: { en: 'Westmarch Digital Partnership', cy: 'Partneriaeth Ddigidol Westmarch' }, teamId: 'contact-centre', email: 'packages@westmarch.example' },
    { id: 'glanafon', kind: 'council', name: { en: 'Glanafon Council', cy: 'Cyngor Glanafon' }, teamId: 'glanafon', email: 'digidol@glanafon.example' },
    { id: 'skelder-systems', kind: 'supplier', name: { en: 'Skelder Systems', cy: 'Systemau Skelder' }, teamId: 'skelder', email: 'sales@skelder-systems.example' },
  ],
  contributions: [
    { kind: 'adoption', organisationId: 'glanafon', packageName: '@westmarch/parking-permits', at: '2026-07-01T09:00:00.000Z', written: { since: '2026-06', state: 'live', benefit: 'Nobody comes to the counter for a permit any more.', saving: 1_840_000, steps: 4, evidence: 2, method: 'Permits at the counter in the year before (2,300), at 25 minutes and £19.20 an hour.' } },
    { kind: 'adoption', organisationId: 'westmarch', packageName: '@westmarch/parking-permits', at: '2026-05-04T09:00:00.000Z', written: { since: '2026-03', state: 'live', benefit: 'Three districts share one set of zones.' } },
    { kind: 'offer', organisationId: 'heron-and-pike', packageName: '@heron-pike/allotment-plots', at: '2026-08-12T09:00:00.000Z', written: { what: ['installing', 'support', 'changes'], text: 'We wrote it, and we answer ourselves.', price: 42_000, per: 'day', answers: 1, languages: ['en', 'cy'], people: '2-9', web: 'https://heron-and-pike.example/support' } },
    { kind: 'offer', organisationId: 'skelder-systems', packageName: null, at: '2026-08-20T09:00:00.000Z', written: { what: ['hosting', 'support', 'training'], text: 'Hosting of any council’s app in two places in the UK.', per: 'on-request', answers: 3, languages: ['en'], people: '250' } },
    { kind: 'help', organisationId: 'glanafon', packageName: '@westmarch/parking-permits', at: '2026-09-10T09:00:00.000Z', written: { way: 'offers', title: 'We show you our zones', text: 'We brought 34 zones from paper to a map and can say what we would do otherwise.' } },
    { kind: 'help', organisationId: 'westmarch', packageName: null, at: '2026-10-02T09:00:00.000Z', written: { way: 'asks', title: 'Who has a module for taxi licences?', text: 'Two of our districts need one by April. We can pay for half of it.' } },
  ],
  efforts: [
    ...Array.from({ length: 9 }, () => ({ outcome: 'listed', hours: '2-8', hardest: 'words' }) as const), ...Array.from({ length: 6 }, () => ({ outcome: 'listed', hours: '8-40', hardest: 'kit' }) as const),
    ...Array.from({ length: 2 }, () => ({ outcome: 'listed', hours: 'under-2', hardest: 'nothing' }) as const), ...Array.from({ length: 6 }, () => ({ outcome: 'gave-up', hours: '8-40', hardest: 'signing' }) as const), { outcome: 'gave-up', hours: 'over-40', hardest: 'kit' },
  ],
};
