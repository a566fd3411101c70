import { strict as assert } from 'node:assert';
import type { ConformanceCase } from '@guildhall/kernel-contract';
import { FORMATS, IDENTIFIER, MOST_DESCRIPTION } from '../shapes';
import { CONTENT_TYPES_THAT_ARE_NO_FORM, smallPhoto } from './samples';
import { TryingClient, assertRefused, documentIn, encoded, type Open311Harness } from './server-harness';

/** Does something that must be refused, and sees to it that no report came of it. */
async function changingNothing(client: TryingClient, doing: () => Promise<void>): Promise<void> {
  const numbers = async (): Promise<readonly string[]> => (await client.list()).map(({ service_request_id: id }) => id);
  const before = await numbers();
  await doing();
  assert.deepEqual(await numbers(), before, 'a refused report left something behind');
}
let count = 0;
const newId = (): string => `kit-${process.pid}-${Date.now()}-${count++}`;

export const SENDING_REPORTS: readonly ConformanceCase<Open311Harness>[] = [
  {
    id: 'GEO-010', title: 'a report gets its number or a token, never both, and the token leads to the number', async run(harness) {
      const client = new TryingClient(harness);
      for (const format of FORMATS) {
        const taken = documentIn('taken', format, await client.post(`requests.${format}`, client.fields()));
        assert.equal(taken.length, 1);
        assert.equal(taken.filter(({ service_request_id: id, token }) => (id === undefined) !== (token === undefined)).length, 1, 'either a number or a token');
        assert.match(await client.numberOf(taken[0] ?? assert.fail()), IDENTIFIER);
      }
      assertRefused(await client.get('tokens/no-such-token.xml'), [404]);
    },
  },
  {
    id: 'GEO-011', title: 'without a key, with a wrong one or one that may not, nothing is taken: 403', async run(harness) {
      const client = new TryingClient(harness);
      await changingNothing(client, async () => {
        for (const key of [undefined, '', 'wrong', `${harness.apiKey}x`, harness.apiKey.slice(0, -1), ...(harness.powerlessKey === undefined ? [] : [harness.powerlessKey])]) {
          const { api_key: _left, ...fields } = client.fields({ api_key: key });
          assertRefused(await client.send('requests.xml', encoded({ ...fields, ...(key !== undefined && { api_key: key }) }), { 'content-type': 'application/x-www-form-urlencoded' }), [403]);
        }
      });
    },
  },
  {
    id: 'GEO-012', title: 'what is missing or unknown is named: 400, and 404 for the service', async run(harness) {
      const client = new TryingClient(harness);
      await changingNothing(client, async () => {
        assertRefused(await client.post('requests.xml', client.fields({ service_code: undefined })), [400], /service_code/);
        assertRefused(await client.post('requests.xml', client.fields({ service_code: 'no_such_service' })), [404], /service_code/);
        assertRefused(await client.post('requests.json', client.fields({ lat: undefined, long: undefined })), [400], /lat/, 'json');
        assertRefused(await client.post('requests.xml', client.fields({ long: undefined })), [400], /long/);
        for (const lat of ['north', '91', '1e1', 'NaN']) assertRefused(await client.post('requests.xml', client.fields({ lat })), [400], /lat/);
        for (const changes of [{ email: 'nobody' }, { phone: 'ring me' }, { media_url: 'ftp://photos.example/1.jpg' }, { media_url: 'data:image/png,plain' }]) assertRefused(await client.post('requests.xml', client.fields(changes)), [400], /email|phone|media_url/);
      });
    },
  },
  {
    id: 'GEO-013', title: 'a point in another council is refused', async run(harness) {
      const client = new TryingClient(harness);
      const { lat, long } = harness.elsewhere;
      await changingNothing(client, async () => assertRefused(await client.post('requests.xml', client.fields({ lat: String(lat), long: String(long) })), [400], /lat|area/));
    },
  },
  {
    id: 'GEO-014', title: 'attributes are checked as the definition says: required ones, and values of lists', async run(harness) {
      const client = new TryingClient(harness);
      const { attributes } = documentIn('definition', 'xml', await client.get(`services/${harness.report.serviceCode}.xml`));
      await changingNothing(client, async () => {
        for (const { code, required, datatype, automated } of attributes) {
          if (automated) continue;
          const nothing = { [`attribute[${code}]`]: undefined, [`attribute[${code}][]`]: undefined };
          if (required) assertRefused(await client.post('requests.xml', client.fields(nothing)), [400], new RegExp(code));
          if (datatype.endsWith('valuelist')) assertRefused(await client.post('requests.xml', client.fields({ ...nothing, [`attribute[${code}]`]: 'no-such-value' })), [400], new RegExp(code));
        }
      });
    },
  },
  {
    id: 'GEO-015', title: 'a description has at most 4,000 characters, as people count them', async run(harness) {
      const client = new TryingClient(harness);
      await client.report({ description: '\u{1F573}'.repeat(MOST_DESCRIPTION) });
      await changingNothing(client, async () => assertRefused(await client.post('requests.xml', client.fields({ description: 'x'.repeat(MOST_DESCRIPTION + 1) })), [400], /description/));
    },
  },
  {
    id: 'GEO-016', title: 'the same report of FixMyStreet is one report, however often and at whatever moment it comes', async run(harness) {
      const client = new TryingClient(harness);
      const id = newId();
      const numbers = await Promise.all([1, 2, 3].map(() => client.report({ 'attribute[fixmystreet_id]': id })));
      numbers.push(await client.report({ 'attribute[fixmystreet_id]': id, description: 'Kit: told again in other words.' }));
      assert.equal(new Set(numbers).size, 1);
      assert.notEqual(await client.report({ 'attribute[fixmystreet_id]': newId() }), numbers[0]);
    },
  },
  {
    id: 'GEO-017', title: 'a body that is no form is refused, whatever it calls itself', async run(harness) {
      const client = new TryingClient(harness);
      const body = encoded({ api_key: harness.apiKey, ...client.fields() });
      await changingNothing(client, async () => {
        for (const type of CONTENT_TYPES_THAT_ARE_NO_FORM) assertRefused(await client.send('requests.xml', Buffer.from(body), { 'content-type': type }), [400, 415]);
        assertRefused(await client.send('requests.xml', JSON.stringify({ api_key: harness.apiKey, ...client.fields() }), { 'content-type': 'application/json' }), [400, 415]);
        assertRefused(await client.send('requests.xml', '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><request><service_code>&b;</service_code></request>', { 'content-type': 'text/xml' }), [400, 415]);
        assertRefused(await client.send('requests.xml', Buffer.from('{"service_code":'), { 'content-type': 'application/json' }), [400, 415]);
      });
    },
  },
  {
    id: 'GEO-018', title: 'a form that is far too long is refused, and the next one is taken', async run(harness) {
      const client = new TryingClient(harness);
      await changingNothing(client, async () => {
        const answer = await client.post('requests.xml', client.fields({ description: 'x'.repeat(20_000_000) })).catch(() => undefined);
        // A server may also hang up on whoever sends so much.
        if (answer) assertRefused(answer, [400, 413]);
      });
      await client.report();
    },
  },
  {
    id: 'GEO-019', title: 'photos come as addresses, as data: URIs and as files; a report is not lost with its photo', async run(harness) {
      const client = new TryingClient(harness);
      await client.report({ media_url: `data:image/png;base64,${smallPhoto.toString('base64')}` });
      await client.report({ media_url: 'data:image/jpeg;base64,bm90IGEgcGhvdG8=' });
      const form = new FormData();
      for (const [name, value] of Object.entries({ api_key: harness.apiKey, ...client.fields() })) for (const one of [value ?? []].flat()) form.append(name, one);
      form.append('photo1', new Blob([new Uint8Array(smallPhoto)], { type: 'image/png' }), 'photo1.png');
      assert.ok(await client.numberOf(documentIn('taken', 'xml', await client.send('requests.xml', form))[0] ?? assert.fail()));
    },
  },
  {
    id: 'GEO-020', title: 'what lies behind an address of the server’s own machine or network is never fetched', async run(harness) {
      const client = new TryingClient(harness);
      for (const url of ['http://127.0.0.1/photo.jpg', 'http://[::1]/photo.jpg', 'http://169.254.169.254/latest/meta-data', 'http://localhost:1/photo.jpg', `${harness.base}/services.xml`]) {
        const answer = await client.post('requests.xml', client.fields({ media_url: url }));
        if (answer.status >= 400) assertRefused(answer, [400], /media_url/);
        else assert.equal((await client.show(await client.numberOf(documentIn('taken', 'xml', answer)[0] ?? assert.fail()))).media_url, '', `${url} became a photo`);
      }
    },
  },
];
