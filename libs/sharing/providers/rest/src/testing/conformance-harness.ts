import { Secret, type HarnessSource } from '@guildhall/kernel-contract';
import { RecordedLog, testProviderDependencies } from '@guildhall/kernel-contract/testing';
import type { AddressValue, AttributeId } from '@guildhall/sharing-contract';
import { DOUBLE, HALF_KNOWN, MANY, MISFIT, NAMESAKES, WELL_KNOWN, evidenceSourceKit, type EvidenceSourceHarness, type KnownPerson } from '@guildhall/sharing-contract/testing';
import { restRegister } from '../rest-register';
import { startRestRegister, type RestRegisterSimulator, type SimulatedPerson } from '../simulator';

function recordOf({ localId, evidence }: KnownPerson): SimulatedPerson {
  const value = (id: AttributeId): unknown => evidence.find(({ attribute }) => attribute === id)?.value;
  const { lines, postcode, uprn } = (value('address.current') ?? {}) as Partial<AddressValue>;
  const born = value('person.date-of-birth') as string | undefined;
  return {
    id: localId, born: born?.split('-').reverse().join('/') ?? '', liable: { 'full name': value('person.name') ?? null }, ...(lines && { address: { lines, postcode: postcode?.replace(' ', ''), uprn: uprn === undefined ? null : Number(uprn) } }),
    'a/b': { '~award': value('council-tax-reduction.receives') === true }, notes: 'nobody asked for this',
  };
}

const PEOPLE: readonly SimulatedPerson[] = [
  ...[WELL_KNOWN, HALF_KNOWN, ...NAMESAKES, ...MANY].map(recordOf),
  { id: MISFIT.localId, born: '30/02/1980', liable: { 'full name': 'Tom Misfit' }, address: { lines: ['7 High Street'], postcode: 'NOT KNOWN' }, 'a/b': { '~award': 'PENDING' } },
  { id: DOUBLE.localId, liable: { 'full name': 'Ann' }, 'a/b': { '~award': true } }, { id: DOUBLE.localId, liable: { 'full name': 'Bob' }, 'a/b': { '~award': false } },
];

export const source: HarnessSource<EvidenceSourceHarness & { readonly far: RestRegisterSimulator }> = {
  abilities: ['raw', 'far-end', 'contents', 'find', 'test-person'],
  open: async () => {
    const far = await startRestRegister({ people: PEOPLE });
    const log = new RecordedLog();
    const register = restRegister({
      address: `${far.origin}/api/people/{id}`, credential: new Secret(far.key), person: '/person', find: { address: `${far.origin}/api/people?born={dateOfBirth}`, people: '/people', total: '/total' }, timeoutInSeconds: 20, testPerson: WELL_KNOWN.localId,
      mapping: {
        source: 'council-tax-register', localId: '/id', asOf: { day: '2026-11-01' }, verified: 'bill', dates: 'dd/mm/yyyy',
        attributes: { 'person.name': { column: '/liable/full name' }, 'person.date-of-birth': { column: '/born' }, 'address.current': { lines: ['/address/lines/0', '/address/lines/1'], postcode: '/address/postcode', uprn: '/address/uprn' }, 'council-tax-reduction.receives': { column: '/a~1b/~0award' } },
      },
    }).create(testProviderDependencies({ log }));
    return {
      far, source: register, log,
      breakFarEnd: () => far.failNext('lose-connection', Number.POSITIVE_INFINITY),
      mendFarEnd: () => far.mend(),
      // Whatever is asked with anything but GET may change something.
      contents: async () => far.seen.filter((question) => !question.startsWith('GET ')),
    };
  },
  close: ({ far }) => far.stop(),
};

/** What "guildhall conform" runs, and with it whoever installs this package. */
export const harnesses = [{ kit: evidenceSourceKit.id, source }];
