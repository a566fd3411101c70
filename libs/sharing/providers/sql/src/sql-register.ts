import { defineProvider, type ProviderInstallation } from '@guildhall/kernel-contract';
import { EVIDENCE_SOURCE, type EvidenceSource } from '@guildhall/sharing-contract';
import type { SqlRegisterOptions } from './sql-register.options';
import { SqlRegister, registersOf } from './sql-register.provider';

/**
 * Reads what a back office's own PostgreSQL (15 to 18) knows of people, one at a time.
 * @public
 * @throws Error when the options cannot work
 * @example sharing({ providers: [sqlRegister({ connection: env.secret('REVENUES_DATABASE'), tables: [{ table: 'ctax.account', localId: 'account_no', source: 'council-tax-register', attributes: { 'person.date-of-birth': { column: 'dob' } } }] })] })
 */
export function sqlRegister(options: SqlRegisterOptions): ProviderInstallation<EvidenceSource> {
  if (options.name !== undefined && !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(options.name)) throw new Error(`sqlRegister: the name "${options.name}" must be lower-case words with hyphens.`);
  const id = options.name === undefined ? 'sql' : `sql-${options.name}`;
  if (!/^postgres(ql)?:\/\//.test(options.connection.reveal())) throw new Error('sqlRegister: the connection must be an address like postgres://login:password@host/database.');
  try {
    registersOf(options);
  } catch (error) {
    throw new Error(`sqlRegister: ${error instanceof Error ? error.message : 'the options cannot work.'}`, { cause: error });
  }
  return defineProvider<EvidenceSource>({
    port: EVIDENCE_SOURCE, id: `sharing.${id}`, title: { en: `A register in SQL${options.name === undefined ? '' : `: ${options.name}`}`, cy: `Cofrestr mewn SQL${options.name === undefined ? '' : `: ${options.name}`}` }, isSandbox: false,
    create: (dependencies) => new SqlRegister(id, options, dependencies),
    check: (provider) => (provider as SqlRegister).check(),
  });
}
