import { BACK_OFFICE_PROVIDER, type BackOfficeProvider } from '@guildhall/back-office-contract';
import { defineProvider, type ProviderInstallation } from '@guildhall/kernel-contract';
import { checkConnection } from './check-connection';
import type { Open311ClientOptions } from './open311-client.options';
import { Open311ClientProvider } from './open311-client.provider';

/**
 * Hands cases to a system that speaks Open311 GeoReport v2.
 * @public
 * @throws Error when the options cannot work
 * @example backOffice({ handOver: [{ caseTypes: ['report-a-problem.pothole'], provider: open311Client({ endpoint: 'https://works.contractor.example/open311/v2', apiKey: env.secret('WORKS_KEY') }) }] })
 */
export function open311Client(options: Open311ClientOptions): ProviderInstallation<BackOfficeProvider> {
  if (!URL.canParse(options.endpoint) || !/^https?:$/.test(new URL(options.endpoint).protocol)) throw new Error(`open311Client: the endpoint "${options.endpoint}" is not an address. It begins with https://.`);
  if (options.name !== undefined && !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(options.name)) throw new Error(`open311Client: the name "${options.name}" must be lower-case words with hyphens.`);
  const { timeoutInSeconds: patience } = options;
  if (patience !== undefined && !(patience >= 1 && patience <= 20)) throw new Error(`open311Client: timeoutInSeconds is ${patience}. Give it 1 to 20 seconds.`);
  return defineProvider<BackOfficeProvider>({
    port: BACK_OFFICE_PROVIDER, id: `back-office.open311${options.name === undefined ? '' : `-${options.name}`}`, title: { en: `Open311${options.name === undefined ? '' : `: ${options.name}`}`, cy: `Open311${options.name === undefined ? '' : `: ${options.name}`}` }, isSandbox: false,
    create: (dependencies) => new Open311ClientProvider(options, dependencies),
    check: (provider) => checkConnection(provider as Open311ClientProvider, options),
  });
}
