import { Secret, defineSimulated, type Companion, type ProviderInstallation } from '@guildhall/kernel-contract';
import { EVIDENCE_SOURCE, type EvidenceSource, type RegisterMapping } from '@guildhall/sharing-contract';
import { restRegister } from '../rest-register';
import { inventedPeople, type SimulatedPerson } from './people';
import { startRestRegister } from './simulator';

const ID = 'sharing.rest';
const keyFrom = (secret: Uint8Array): string => Buffer.from(secret).toString('hex').slice(0, 32);

/** What the values of `inventedPeople` say. @public */
export const inventedMapping: RegisterMapping = {
  source: 'council-tax-register', localId: '/id', asOf: '/asOf',
  attributes: { 'person.name': { column: '/name' }, 'person.date-of-birth': { column: '/born' }, 'address.current': { lines: ['/address/lines/0', '/address/lines/1'], postcode: '/address/postcode', uprn: '/address/uprn' }, 'council-tax-reduction.receives': { column: '/reduction' } },
};

/** What a body sets of a simulated back office. @public */
export interface SimulatedRestRegisterOptions {
  /** Who is in it: read when the simulator starts. Three invented people unless told; give the mapping with others. */
  readonly people?: () => readonly SimulatedPerson[];
  readonly mapping?: RegisterMapping;
}

/**
 * A back office with a REST API, at a simulator that starts beside the body's server: everybody in it is invented.
 * @public
 * @example sharing({ providers: [simulatedRestRegister()] })
 */
export function simulatedRestRegister({ people = () => inventedPeople, mapping = inventedMapping }: SimulatedRestRegisterOptions = {}): ProviderInstallation<EvidenceSource> {
  const simulator: Companion = {
    id: `${ID}-simulator`, title: 'A back office’s REST API, simulated: what it was asked, and what can go wrong',
    start: async ({ port, councils, secret }) => {
      const [first, ...others] = councils.map((council) => keyFrom(secret(council, ID, 'simulator key')));
      const { origin, stop } = await startRestRegister({ port, people: people(), ...(first && { key: first, otherKeys: others }) });
      return { origin, stop };
    },
  };
  return defineSimulated<EvidenceSource>({
    port: EVIDENCE_SOURCE, id: ID, title: { en: 'A register with a REST API (simulated)', cy: 'Cofrestr gydag API REST (efelychiad)' }, simulator,
    at: (origin, { secret }) => restRegister({ address: `${origin}/api/people/{id}`, person: '/person', mapping, find: { address: `${origin}/api/people?born={dateOfBirth}`, people: '/people', total: '/total' }, credential: new Secret(keyFrom(secret('simulator key'))) }),
  });
}
