import { isAbsolute } from 'node:path';
import { defineProvider, type ProviderInstallation } from '@guildhall/kernel-contract';
import { EVIDENCE_SOURCE, STARTER_ATTRIBUTES, mappingFaults, type EvidenceSource } from '@guildhall/sharing-contract';
import type { CsvRegisterOptions } from './csv-register.options';
import { CsvRegister } from './csv-register.provider';

/**
 * Reads what a back office's nightly CSV file knows of people, one at a time.
 * @public
 * @throws Error when the options cannot work
 * @example sharing({ providers: [csvRegister({ folder: env.string('COUNCIL_TAX_FOLDER'), file: 'council-tax-*.csv', columns: { source: 'council-tax-register', localId: 'account_no', attributes: { 'person.date-of-birth': { column: 'dob' } } } })] })
 */
export function csvRegister(options: CsvRegisterOptions): ProviderInstallation<EvidenceSource> {
  const fault = faultIn(options);
  if (fault !== undefined) throw new Error(`csvRegister: ${fault}`);
  const id = options.name === undefined ? 'csv-drop' : `csv-drop-${options.name}`;
  return defineProvider<EvidenceSource>({
    port: EVIDENCE_SOURCE, id: `sharing.${id}`, title: { en: `A register in CSV files${options.name === undefined ? '' : `: ${options.name}`}`, cy: `Cofrestr mewn ffeiliau CSV${options.name === undefined ? '' : `: ${options.name}`}` }, isSandbox: false,
    create: (dependencies) => new CsvRegister(id, options, dependencies),
    check: (provider) => (provider as CsvRegister).check(),
  });
}

function faultIn({ name, folder, file, columns, vocabulary, completeWhen, leastShareOfPeople = 0.5, goodForInDays = 7 }: CsvRegisterOptions): string | undefined {
  if (name !== undefined && !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) return `the name "${name}" must be lower-case words with hyphens.`;
  if (!isAbsolute(folder)) return `the folder "${folder}" must be a whole path, like /srv/exchange/council-tax.`;
  if (file === '' || /[/\\\0]/.test(file)) return `the file "${file}" must be a name in that folder, like council-tax-*.csv.`;
  if (completeWhen && ('marker' in completeWhen ? !/^[^/\\\0]+$/.test(completeWhen.marker) : !(completeWhen.stillForInSeconds >= 1))) return 'a file is complete when another is there that ends with "marker", or when it was still for at least one second.';
  if (!(leastShareOfPeople >= 0 && leastShareOfPeople <= 1)) return 'leastShareOfPeople must be between 0 and 1.';
  if (!(goodForInDays > 0)) return 'goodForInDays must be more than 0.';
  return mappingFaults(columns, vocabulary?.attributes ?? STARTER_ATTRIBUTES)[0];
}
