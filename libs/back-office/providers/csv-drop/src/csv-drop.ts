import { isAbsolute } from 'node:path';
import { BACK_OFFICE_PROVIDER, type BackOfficeProvider } from '@guildhall/back-office-contract';
import { defineProvider, type ProviderInstallation } from '@guildhall/kernel-contract';
import type { CsvDropOptions } from './csv-drop.options';
import { CsvDropProvider } from './csv-drop.provider';

/**
 * Hands cases to a system that takes files, and reads files of what became of them.
 * @public
 * @throws Error when the options cannot work
 * @example backOffice({ handOver: [{ caseTypes: ['report-a-problem.street-light'], provider: csvDrop({ folder: env.string('LIGHTS_FOLDER') }) }] })
 */
export function csvDrop(options: CsvDropOptions): ProviderInstallation<BackOfficeProvider> {
  if (!isAbsolute(options.folder)) throw new Error(`csvDrop: the folder "${options.folder}" must be a whole path, like /srv/exchange/depot.`);
  if (options.name !== undefined && !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(options.name)) throw new Error(`csvDrop: the name "${options.name}" must be lower-case words with hyphens.`);
  if (options.settlesInSeconds !== undefined && !(Number.isInteger(options.settlesInSeconds) && options.settlesInSeconds >= 0 && options.settlesInSeconds <= 3600)) throw new Error('csvDrop: settlesInSeconds must be a whole number from 0 to 3600.');
  return defineProvider<BackOfficeProvider>({
    port: BACK_OFFICE_PROVIDER, id: `back-office.csv-drop${options.name === undefined ? '' : `-${options.name}`}`, title: { en: `CSV files${options.name === undefined ? '' : `: ${options.name}`}`, cy: `Ffeiliau CSV${options.name === undefined ? '' : `: ${options.name}`}` }, isSandbox: false,
    create: (dependencies) => new CsvDropProvider(options, dependencies),
    check: (provider) => (provider as CsvDropProvider).check(),
  });
}
