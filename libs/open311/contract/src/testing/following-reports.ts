import { strict as assert } from 'node:assert';
import type { ConformanceCase } from '@guildhall/kernel-contract';
import { readDateTime, writeDateTime } from '../date-times';
import { STANDARD_STATUSES } from '../statuses';
import { TryingClient, assertRefused, documentIn, type Open311Harness } from './server-harness';

const W3C = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})$/;
const HOUR = 3_600_000;

export const FOLLOWING_REPORTS: readonly ConformanceCase<Open311Harness>[] = [
  {
    id: 'GEO-030', title: 'a report is shown as it was sent, alike in XML and in JSON, with times that have an offset and no fraction', async run(harness) {
      const client = new TryingClient(harness);
      const words = 'Kit: <b>deep</b> & “wide”, [brackets] ]]> \u{1F573}\nsecond line';
      const number = await client.report({ description: words });
      const shown = await client.show(number);
      assert.deepEqual(documentIn('requests', 'json', await client.get(`requests/${number}.json`)), [shown]);
      assert.equal(shown.service_request_id, number);
      assert.equal(shown.service_code, harness.report.serviceCode);
      assert.equal(shown.description, words);
      assert.equal(shown.status, 'open');
      assert.ok(shown.service_name);
      for (const time of [shown.requested_datetime, shown.updated_datetime]) assert.match(time, W3C);
      assert.ok(Math.abs((shown.lat ?? 0) - harness.report.lat) < 1e-5 && Math.abs((shown.long ?? 0) - harness.report.long) < 1e-5, 'the place is the one that was sent');
    },
  },
  {
    id: 'GEO-031', title: 'fields that strict clients insist on are there, if only empty', async run(harness) {
      const client = new TryingClient(harness);
      const number = await client.report();
      const { text } = await client.get(`requests/${number}.xml`);
      for (const name of ['service_request_id', 'status', 'service_name', 'service_code', 'description', 'requested_datetime', 'updated_datetime', 'address', 'address_id', 'zipcode', 'lat', 'long', 'media_url']) assert.match(text, new RegExp(`<${name}(/>|>)`), `${name} is missing`);
    },
  },
  {
    id: 'GEO-032', title: 'a number that is not there is 404', async run(harness) {
      assertRefused(await new TryingClient(harness).get('requests/no-such-number.xml'), [404], /service_request_id/);
    },
  },
  {
    id: 'GEO-033', title: 'a list has what fits every condition; numbers override them all', async run(harness) {
      const client = new TryingClient(harness);
      const [one, two] = [await client.report(), await client.report()];
      const ids = async (query: Readonly<Record<string, string>>): Promise<readonly string[]> => (await client.list(query)).map(({ service_request_id: id }) => id);
      assert.deepEqual(new Set(await ids({ service_request_id: `${one},${two},no-such-number`, status: 'closed', service_code: 'no_such_service' })), new Set([one, two]));
      assert.ok((await ids({ service_code: `no_such_service,${harness.report.serviceCode}` })).includes(one));
      assert.deepEqual(await ids({ service_code: 'no_such_service' }), []);
      assert.ok((await ids({ status: 'open' })).includes(one));
      assert.ok(!(await ids({ status: 'closed' })).includes(one));
      for (const { status } of await client.list()) assert.ok(STANDARD_STATUSES.some((known) => known === status), `${status} is not in the standard`);
    },
  },
  {
    id: 'GEO-034', title: 'a list is of the days that were asked for, and of the last 90 when none were', async run(harness) {
      const client = new TryingClient(harness);
      const number = await client.report();
      const at = readDateTime((await client.show(number)).requested_datetime)?.getTime() ?? 0;
      const ids = async (from: number | undefined, until: number | undefined): Promise<readonly string[]> => (await client.list({ ...(from !== undefined && { start_date: writeDateTime(new Date(at + from)) }), ...(until !== undefined && { end_date: writeDateTime(new Date(at + until)) }) })).map(({ service_request_id: id }) => id);
      assert.ok((await ids(undefined, undefined)).includes(number));
      assert.ok((await ids(-HOUR, HOUR)).includes(number));
      assert.ok(!(await ids(-2 * HOUR, -HOUR)).includes(number));
      assert.ok(!(await ids(undefined, -HOUR)).includes(number));
      assert.ok(!(await ids(HOUR, undefined)).includes(number));
      for (const start_date of ['yesterday', '2026-11-23', '2026-02-30T00:00:00Z']) assertRefused(await client.get('requests.xml', { start_date }), [400], /start_date/);
      assertRefused(await client.get('requests.xml', { start_date: '2026-11-23T00:00:00Z', end_date: '2026-11-22T00:00:00Z' }), [400], /end_date/);
      assertRefused(await client.get('requests.xml', { status: 'mended' }), [400], /status/);
    },
  },
  {
    id: 'GEO-035', title: 'pages of every size hold everything once, newest first', async run(harness) {
      const client = new TryingClient(harness);
      for (let count = 0; count < 5; count++) await client.report();
      const all = (await client.list()).map(({ service_request_id: id }) => id);
      const times = (await client.list()).map(({ requested_datetime: at }) => readDateTime(at)?.getTime() ?? 0);
      assert.deepEqual(times, times.toSorted((a, b) => b - a));
      for (const size of [1, 2, 3, 1000]) {
        const paged: string[] = [];
        for (let page = 1; paged.length < all.length; page++) {
          const items = await client.list({ page: String(page), page_size: String(size) });
          assert.ok(items.length > 0 && items.length <= size, `page ${page} of ${size}`);
          paged.push(...items.map(({ service_request_id: id }) => id));
        }
        assert.deepEqual(paged, all);
      }
      for (const query of [{ page: '0' }, { page_size: '0' }, { page_size: '1001' }, { page: '-1' }, { page: 'two' }]) assertRefused(await client.get('requests.xml', query), [400], /page/);
    },
  },
  {
    id: 'GEO-036', title: 'more than the standard comes only when it is asked for', async run(harness) {
      const client = new TryingClient(harness);
      const number = await client.report({ 'attribute[fixmystreet_id]': `kit-${Date.now()}` });
      assert.equal((await client.show(number)).extended_attributes, undefined);
      assert.ok((await client.show(number, { extensions: 'true' })).extended_attributes?.detailed_status);
    },
  },
  {
    id: 'GEO-037', title: 'a private report is its sender’s: another client sees neither it nor what happens to it, and writes nothing about it', needs: 'private-reports', async run(harness) {
      const { otherKey, privateReport, council } = harness;
      assert.ok(otherKey !== undefined && privateReport, 'the ability "private-reports" needs harness.otherKey and harness.privateReport');
      const [own, other] = [new TryingClient({ ...harness, report: privateReport }), new TryingClient({ ...harness, apiKey: otherKey })];
      const number = await own.report();
      await council?.tell(number, 'Kit: we look into it.');
      assert.ok((await own.show(number)).description);
      assert.ok((await own.list()).some(({ service_request_id: id }) => id === number));
      if (council) assert.ok((await own.updates()).some(({ service_request_id: id }) => id === number));
      assertRefused(await other.get(`requests/${number}.xml`), [403, 404]);
      assert.deepEqual(await other.list({ service_request_id: number }), []);
      assert.ok(!(await other.list()).some(({ service_request_id: id }) => id === number));
      assert.ok(!(await other.updates()).some(({ service_request_id: id }) => id === number));
      for (const path of [`requests/${number}.xml`, 'requests.xml', 'servicerequestupdates.xml']) assert.ok(!(await own.get(path, { api_key: undefined })).text.includes(`>${number}<`), `${path} shows it to anybody`);
      const update = { service_request_id: number, update_id: `kit-${process.pid}-${Date.now()}-private`, updated_datetime: writeDateTime(new Date()), status: 'REOPEN', description: 'Kit: words of somebody else.' };
      assertRefused(await other.post('servicerequestupdates.xml', update), [403, 404]);
      assert.ok(!(await council?.history(number))?.includes(update.description));
      documentIn('updates-taken', 'xml', await own.post('servicerequestupdates.xml', update));
    },
  },
];
