import { strict as assert } from 'node:assert';
import type { ConformanceCase } from '@guildhall/kernel-contract';
import { writeDateTime } from '../date-times';
import { EXTENDED_STATUSES } from '../statuses';
import { TryingClient, assertRefused, documentIn, type CouncilActs, type FormFields, type Open311Harness } from './server-harness';

const HOUR = 3_600_000;
let count = 0;
const newId = (): string => `kit-${process.pid}-${Date.now()}-${count++}`;
const actsOf = ({ council }: Open311Harness): CouncilActs => council ?? assert.fail('the ability "council" needs harness.council');
const updateFields = (number: string, changes: FormFields = {}): FormFields => ({ service_request_id: number, update_id: newId(), status: 'OPEN', updated_datetime: writeDateTime(new Date()), description: 'Kit: it has grown since.', ...changes });

export const UPDATING_REPORTS: readonly ConformanceCase<Open311Harness>[] = [
  {
    id: 'GEO-040', title: 'an update is taken, and the same update again is the same update', async run(harness) {
      const client = new TryingClient(harness);
      const fields = updateFields(await client.report());
      const ids = await Promise.all([1, 2, 3].map(async () => documentIn('updates-taken', 'xml', await client.post('servicerequestupdates.xml', fields))[0]?.update_id));
      assert.ok(ids[0]);
      assert.equal(new Set(ids).size, 1);
      assert.equal(documentIn('updates-taken', 'json', await client.post('servicerequestupdates.json', fields))[0]?.update_id, ids[0]);
      assertRefused(await client.post('servicerequestupdates.xml', { ...fields, description: 'Kit: something else altogether.' }), [400, 409], /update_id/);
    },
  },
  {
    id: 'GEO-041', title: 'what is wrong with an update is named', async run(harness) {
      const client = new TryingClient(harness);
      const number = await client.report();
      for (const name of ['service_request_id', 'update_id', 'status', 'updated_datetime', 'description']) assertRefused(await client.post('servicerequestupdates.xml', updateFields(number, { [name]: undefined })), [400], new RegExp(name));
      assertRefused(await client.post('servicerequestupdates.xml', updateFields('no-such-number')), [404], /service_request_id/);
      assertRefused(await client.post('servicerequestupdates.xml', updateFields(number, { status: 'MENDED' })), [400], /status/);
      assertRefused(await client.post('servicerequestupdates.xml', updateFields(number, { updated_datetime: 'now' })), [400], /updated_datetime/);
      for (const key of ['', 'wrong', ...(harness.powerlessKey === undefined ? [] : [harness.powerlessKey])]) assertRefused(await client.post('servicerequestupdates.xml', updateFields(number, { api_key: key })), [403]);
    },
  },
  {
    id: 'GEO-042', title: 'every extended status is understood', async run(harness) {
      const client = new TryingClient(harness);
      const number = await client.report();
      for (const status of EXTENDED_STATUSES) documentIn('updates-taken', 'xml', await client.post('servicerequestupdates.xml', updateFields(number, { status: status.toUpperCase() })));
    },
  },
  {
    id: 'GEO-043', title: 'an update stands once in the history that officers read, and does not come back to its sender', needs: 'council', async run(harness) {
      const client = new TryingClient(harness);
      const number = await client.report();
      const fields = updateFields(number, { description: `Kit: words of their own ${newId()}.` });
      await client.post('servicerequestupdates.xml', fields);
      await client.post('servicerequestupdates.xml', fields);
      const history = await actsOf(harness).history(number);
      assert.equal(history.split(String(fields['description'])).length, 2, 'it stands there once');
      assert.ok(!(await client.updates()).some(({ service_request_id: id }) => id === number));
    },
  },
  {
    id: 'GEO-044', title: 'what the council does comes as updates with extended statuses, oldest first, alike in both formats', needs: 'council', async run(harness) {
      const client = new TryingClient(harness);
      const number = await client.report();
      await actsOf(harness).tell(number, 'Kit: we come on Monday.');
      await actsOf(harness).fix(number);
      const own = (await client.updates()).filter(({ service_request_id: id }) => id === number);
      assert.equal(own.length, 2);
      assert.match(own[0]?.description ?? '', /we come on Monday/);
      assert.equal(own[1]?.status, 'fixed');
      assert.ok(own.every(({ update_id: id, description, updated_datetime: at }) => id && description && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})$/.test(at)));
      assert.deepEqual(documentIn('updates', 'json', await client.get('servicerequestupdates.json')).filter(({ service_request_id: id }) => id === number), own);
      assert.equal((await client.show(number)).status, 'closed');
      assert.ok((await client.list({ status: 'closed' })).some(({ service_request_id: id }) => id === number));
    },
  },
  {
    id: 'GEO-045', title: 'updates are those of the time that was asked for', needs: 'council', async run(harness) {
      const client = new TryingClient(harness);
      const number = await client.report();
      await actsOf(harness).fix(number);
      const at = Date.parse((await client.updates()).find(({ service_request_id: id }) => id === number)?.updated_datetime ?? '');
      const between = async (from: number, until: number): Promise<boolean> => (await client.updates({ start_date: writeDateTime(new Date(at + from)), end_date: writeDateTime(new Date(at + until)) })).some(({ service_request_id: id }) => id === number);
      assert.deepEqual([await between(-HOUR, HOUR), await between(-2 * HOUR, -HOUR), await between(HOUR, 2 * HOUR)], [true, false, false]);
      assertRefused(await client.get('servicerequestupdates.xml', { start_date: 'lately' }), [400], /start_date/);
    },
  },
  {
    id: 'GEO-046', title: 'a closed report opens again when an update says so, once, and only then', needs: 'council', async run(harness) {
      const client = new TryingClient(harness);
      const number = await client.report();
      await actsOf(harness).fix(number);
      await client.post('servicerequestupdates.xml', updateFields(number, { status: 'FIXED', description: 'Kit: thank you.' }));
      assert.equal((await client.show(number)).status, 'closed');
      const fields = updateFields(number, { status: 'REOPEN', description: 'Kit: it is broken again.' });
      for (let times = 0; times < 2; times++) documentIn('updates-taken', 'xml', await client.post('servicerequestupdates.xml', fields));
      assert.equal((await client.show(number)).status, 'open');
      assert.equal((await actsOf(harness).history(number)).split('it is broken again').length, 2);
      await actsOf(harness).fix(number);
      await client.post('servicerequestupdates.xml', fields);
      assert.equal((await client.show(number)).status, 'closed', 'the same update again opens nothing');
    },
  },
];
