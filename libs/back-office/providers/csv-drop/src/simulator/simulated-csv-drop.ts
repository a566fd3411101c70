import { join } from 'node:path';
import { BACK_OFFICE_PROVIDER, type BackOfficeProvider } from '@guildhall/back-office-contract';
import { defineSimulated, type Companion, type ProviderInstallation } from '@guildhall/kernel-contract';
import { csvDrop } from '../csv-drop';
import { ExchangeSimulator } from './exchange-simulator';

const folderOf = (dataFolder: string, { slug }: { readonly slug: string }): string => join(dataFolder, 'simulated-csv-drop', slug);

/**
 * A system that takes files, at a simulator that starts beside the council's server: its page shows which files came, and writes files of what happens.
 * @public
 * @example backOffice({ handOver: [{ caseTypes: ['report-a-problem.street-light'], provider: simulatedCsvDrop() }] })
 */
export function simulatedCsvDrop({ title = 'Simulated system of files' }: { readonly title?: string } = {}): ProviderInstallation<BackOfficeProvider> {
  const simulator: Companion = {
    id: 'back-office.csv-drop-simulator', title: 'System that takes files, simulated: what was handed over, and what happens to it',
    start: async ({ port, councils, dataFolder }) => {
      const running = await ExchangeSimulator.start({ port, exchanges: councils.map((council) => ({ title: council.name[council.languages[0]], folder: folderOf(dataFolder, council) })) });
      return { origin: running.origin, stop: () => running.stop() };
    },
  };
  return defineSimulated<BackOfficeProvider>({
    port: BACK_OFFICE_PROVIDER, id: 'back-office.csv-drop', title: { en: 'CSV files (simulated)', cy: 'Ffeiliau CSV (efelychiad)' }, simulator,
    at: (_origin, { dataFolder, council }) => csvDrop({ title, folder: folderOf(dataFolder, council), settlesInSeconds: 0 }),
  });
}
