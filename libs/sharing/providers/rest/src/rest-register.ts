import { defineProvider, type ProviderInstallation } from '@guildhall/kernel-contract';
import { EVIDENCE_SOURCE, type EvidenceSource } from '@guildhall/sharing-contract';
import { readOptions } from './read-options';
import type { RestRegisterOptions } from './rest-register.options';
import { RestRegister } from './rest-register.provider';

/**
 * Reads what a back office's own REST API knows of people, one at a time.
 * @public
 * @throws Error when the options cannot work
 * @example sharing({ providers: [restRegister({ address: 'https://revenues.riverbourne.example/api/accounts/{id}', credential: env.secret('REVENUES_KEY'), mapping: { source: 'council-tax-register', localId: '/number', attributes: { 'person.date-of-birth': { column: '/liable/born' } } } })] })
 */
export function restRegister(options: RestRegisterOptions): ProviderInstallation<EvidenceSource> {
  const id = options.name === undefined ? 'rest' : `rest-${options.name}`;
  const read = readOptions(options);
  return defineProvider<EvidenceSource>({
    port: EVIDENCE_SOURCE, id: `sharing.${id}`, title: { en: `A register with a REST API${options.name === undefined ? '' : `: ${options.name}`}`, cy: `Cofrestr gydag API REST${options.name === undefined ? '' : `: ${options.name}`}` }, isSandbox: false,
    create: (dependencies) => {
      // What no header may hold would fail at each call.
      if (!/^[!-~]+( [!-~]+)*$/.test(options.credential.reveal())) throw new Error('restRegister: the credential must be one line of letters, digits and signs.');
      return new RestRegister(id, options, read, dependencies);
    },
    check: (provider) => (provider as RestRegister).check(),
  });
}
