import { RemoteApi, Secret, testConformance } from '@guildhall/kernel-contract';
import { plainOutbound } from '@guildhall/kernel-contract/testing';
import { catalogFaults } from '@guildhall/kernel/testing';
import { HttpServices, SERVICES, type ServicesApi } from '@guildhall/services-contract';
import { servicesKit } from '@guildhall/services-contract/testing';
import { startServicesApp, type ServicesApp } from '../test/council';

let running: ServicesApp;
beforeAll(async () => { running = await startServicesApp(); });
afterAll(() => running.app.close());

testConformance(servicesKit, { describe: (name, body) => describe(`${name}, the module`, body), it }, { open: async () => ({ services: running.app.get<ServicesApi>(SERVICES.token), ctx: running.app.context() }) });
testConformance(servicesKit, { describe: (name, body) => describe(`${name}, over HTTP`, body), it }, {
  open: async () => ({ services: new HttpServices(new RemoteApi({ origin: running.app.origin(), outbound: plainOutbound, credential: new Secret('nobody.in-particular') })), ctx: running.app.context() }),
});

it('its tables keep councils apart', async () => {
  expect(await catalogFaults(running.app.owner)).toEqual([]);
});
