import { strict as assert } from 'node:assert';
import type { ConformanceCase } from '@guildhall/kernel-contract';
import { readDateTime } from '../date-times';
import { FORMATS, IDENTIFIER } from '../shapes';
import { TryingClient, assertRefused, documentIn, type Open311Harness } from './server-harness';

export const OFFERING_SERVICES: readonly ConformanceCase<Open311Harness>[] = [
  {
    id: 'GEO-001', title: 'discovery says where the endpoint is, in both formats', async run(harness) {
      for (const format of FORMATS) {
        const { changeset, contact, endpoints } = documentIn('discovery', format, await new TryingClient(harness).get(`discovery.${format}`));
        assert.ok(readDateTime(changeset), 'changeset is a date-time');
        assert.ok(contact, 'contact says who answers questions');
        assert.ok(endpoints.length > 0 && endpoints.every(({ url, formats }) => /^https?:/.test(url) && formats.includes('text/xml')), 'each endpoint has its address and offers XML');
      }
    },
  },
  {
    id: 'GEO-002', title: 'the services are the same in XML and in JSON, with codes that every client can carry', async run(harness) {
      const client = new TryingClient(harness);
      const services = documentIn('services', 'xml', await client.get('services.xml'));
      assert.deepEqual(documentIn('services', 'json', await client.get('services.json')), services);
      assert.ok(services.some(({ service_code: code }) => code === harness.report.serviceCode));
      assert.equal(new Set(services.map(({ service_code: code }) => code)).size, services.length, 'each code is there once');
      for (const { service_code: code, service_name: name } of services) assert.ok(IDENTIFIER.test(code) && name, `${code} is a code with a name`);
    },
  },
  {
    id: 'GEO-003', title: 'a service with metadata has a definition, whose lists have values', async run(harness) {
      const client = new TryingClient(harness);
      for (const { service_code: code, metadata } of documentIn('services', 'xml', await client.get('services.xml'))) {
        if (!metadata) continue;
        const definition = documentIn('definition', 'xml', await client.get(`services/${code}.xml`));
        assert.equal(definition.service_code, code);
        assert.deepEqual(documentIn('definition', 'json', await client.get(`services/${code}.json`)), definition);
        for (const attribute of definition.attributes) {
          assert.ok(IDENTIFIER.test(attribute.code) && attribute.description && Number.isInteger(attribute.order) && attribute.order > 0, `${code} ${attribute.code} has a code, words and an order`);
          if (attribute.datatype.endsWith('valuelist')) assert.ok(attribute.values?.length && attribute.values.every(({ key, name }) => key && name), `${code} ${attribute.code} has values`);
        }
      }
    },
  },
  {
    id: 'GEO-004', title: 'a service that is not there is 404, in the errors’ shape and in the format that was asked for', async run(harness) {
      const client = new TryingClient(harness);
      for (const format of FORMATS) assertRefused(await client.get(`services/no_such_service.${format}`), [404], /./, format);
    },
  },
  {
    id: 'GEO-005', title: 'a jurisdiction that is not this one is 404 everywhere, before anything else is looked at', async run(harness) {
      const client = new TryingClient(harness);
      const elsewhere = { jurisdiction_id: 'another-council.example' };
      for (const path of ['services.xml', `services/${harness.report.serviceCode}.xml`, 'requests.xml', 'servicerequestupdates.xml']) assertRefused(await client.get(path, elsewhere), [404], /jurisdiction/i);
      assertRefused(await client.post('requests.xml', client.fields(elsewhere)), [404], /jurisdiction/i);
    },
  },
  {
    id: 'GEO-006', title: 'a format that is not offered is refused', async run(harness) {
      const client = new TryingClient(harness);
      for (const path of ['services.csv', 'requests.yaml', `services/${harness.report.serviceCode}.html`, 'services']) assert.ok([404, 406].includes((await client.get(path)).status), path);
    },
  },
];
