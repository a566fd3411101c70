import assert from 'node:assert/strict';
import type { ConformanceCase, Outcome, RequestContext } from '@guildhall/kernel-contract';
import { defineKit, isGuildhallError } from '@guildhall/kernel-contract';
import type { Address, Uprn } from '../address';
import type { AddressesApi } from '../addresses-api';
import { boundsAround } from '../geometry';
import { mapAround, parseMapView } from '../map-view';
import { HOSTILE_TEXTS } from './known-ground';
import type { KnownGround } from './known-ground';

/** Addresses under test: the module, its HTTP client, or the fake. Ability `zones` when `ground.zones` are known, `both-languages` when `ground.welshLines` is known. @public */
export interface AddressesHarness {
  readonly addresses: AddressesApi;
  readonly ground: KnownGround;
  /** A context in English. */
  readonly ctx: RequestContext;
}

function isKnown(found: Address | undefined, { address, zones }: KnownGround): void {
  assert.deepEqual(found, { ...address, ...(zones && { zones }) });
}
function value<Value>(outcome: Outcome<Value>): Value {
  assert.ok(outcome.ok, outcome.ok ? '' : `refused: ${outcome.refusal.reason}`);
  return outcome.value;
}
async function isInvalidInput(asking: Promise<unknown>): Promise<void> {
  await assert.rejects(asking, (error) => isGuildhallError(error) && error.code === 'invalid-input');
}

const cases: readonly ConformanceCase<AddressesHarness>[] = [
  { id: 'ADA-001', title: 'a postcode is found however carelessly it is written', async run({ addresses, ground, ctx }) {
    const { postcode } = ground.address;
    for (const written of [postcode, postcode.toLowerCase(), postcode.replace(' ', ''), `  ${postcode.split('').join(' ')} `, postcode.replace(' ', '-')]) {
      assert.equal(value(await addresses.search(ctx, { postcode: written })).total, ground.addressesInPostcode, written);
    }
  } },
  { id: 'ADA-002', title: 'what is no postcode is refused with a reason', async run({ addresses, ctx }) {
    for (const written of ['', 'ZZ', 'ZZ99', '12345', 'ZZ99 1AB ZZ99 1AB', 'High Street', 'ZZ99 1A\u0000', '🏠']) {
      if (written.includes('\u0000')) continue;
      const outcome = await addresses.search(ctx, { postcode: written });
      assert.ok(!outcome.ok && outcome.refusal.reason === 'not-a-postcode', JSON.stringify(written));
    }
  } },
  { id: 'ADA-003', title: 'too little text is refused with a reason', async run({ addresses, ctx }) {
    for (const text of ['', ' ', 'a', ' . ', '--', '!']) {
      const outcome = await addresses.search(ctx, { text });
      assert.ok(!outcome.ok && outcome.refusal.reason === 'too-little-text', JSON.stringify(text));
    }
  } },
  { id: 'ADA-004', title: 'ten addresses are given unless another number is asked for, and at most a hundred', async run({ addresses, ground, ctx }) {
    assert.equal(value(await addresses.search(ctx, { postcode: ground.address.postcode })).addresses.length, Math.min(10, ground.addressesInPostcode));
    assert.equal(value(await addresses.search(ctx, { postcode: ground.address.postcode, limit: 2 })).addresses.length, 2);
    assert.ok(value(await addresses.search(ctx, { text: ground.street, limit: 100_000 })).addresses.length <= 100);
    assert.ok(value(await addresses.search(ctx, { text: ground.street, limit: -4 })).addresses.length >= 1);
  } },
  { id: 'ADA-005', title: 'the number of the building narrows a postcode', async run({ addresses, ground, ctx }) {
    const found = value(await addresses.search(ctx, { postcode: ground.address.postcode, building: ground.houseNumber }));
    assert.ok(found.addresses.some((address) => address.uprn === ground.address.uprn) && found.total < ground.addressesInPostcode);
  } },
  { id: 'ADA-006', title: 'number and street find the address, with its ward and its zones', async run({ addresses, ground, ctx }) {
    isKnown(value(await addresses.search(ctx, { text: `${ground.houseNumber} ${ground.street}` })).addresses[0], ground);
  } },
  { id: 'ADA-007', title: 'a UPRN gives its address; one that nobody has gives nothing', async run({ addresses, ground, ctx }) {
    isKnown(await addresses.byUprn(ctx, ground.address.uprn), ground);
    assert.equal(await addresses.byUprn(ctx, '1' as Uprn), undefined);
    assert.equal(await addresses.byUprn(ctx, '../addresses' as Uprn), undefined);
  } },
  { id: 'ADA-008', title: 'the nearest address to a point is one address unless more are asked for', async run({ addresses, ground, ctx }) {
    const [nearest, ...others] = await addresses.nearest(ctx, ground.address.point);
    assert.equal(others.length, 0);
    assert.ok(nearest && nearest.distanceInMetres < 1);
    assert.ok((await addresses.nearest(ctx, ground.address.point, { limit: 3 })).length === 3);
    assert.deepEqual(await addresses.nearest(ctx, ground.outside), []);
  } },
  { id: 'ADA-009', title: 'streets are found by name', async run({ addresses, ground, ctx }) {
    assert.equal((await addresses.searchStreets(ctx, ground.street))[0]?.name, ground.street);
    assert.deepEqual(await addresses.searchStreets(ctx, ''), []);
  } },
  { id: 'ADA-010', title: 'the area of a point, of a UPRN and of a postcode is known, and of other places not', async run({ addresses, ground, ctx }) {
    assert.deepEqual(await addresses.areaOf(ctx, { point: ground.address.point }), ground.area);
    assert.deepEqual(await addresses.areaOf(ctx, { uprn: ground.address.uprn }), ground.area);
    assert.equal((await addresses.areaOf(ctx, { postcode: ground.address.postcode.toLowerCase() }))?.districtCode, ground.area?.districtCode);
    assert.equal(await addresses.areaOf(ctx, { point: ground.outside }), undefined);
    assert.equal(await addresses.areaOf(ctx, { uprn: '1' as Uprn }), undefined);
    assert.equal(await addresses.areaOf(ctx, { postcode: 'nonsense' }), undefined);
  } },
  { id: 'ADA-011', title: 'the streets around a point can be drawn', async run({ addresses, ground, ctx }) {
    const map = await addresses.streetsWithin(ctx, boundsAround(ground.address.point, 200));
    assert.ok(map.streets.some((street) => street.name === ground.street));
  } },
  { id: 'ADA-012', title: 'a rectangle that is turned over, endless or larger than half a degree is invalid', async run({ addresses, ctx }) {
    const rectangle = { south: 53, west: 1, north: 53.1, east: 1.1 };
    for (const wrong of [{ north: 52 }, { east: 0.5 }, { north: 54 }, { east: 3 }, { south: Number.NaN }, { west: Number.NEGATIVE_INFINITY }]) await isInvalidInput(addresses.streetsWithin(ctx, { ...rectangle, ...wrong }));
  } },
  { id: 'ADA-013', title: 'the extent has its centre in an area of the council', async run({ addresses, ctx }) {
    const { centre } = await addresses.extent(ctx);
    assert.ok(await addresses.areaOf(ctx, { point: centre }));
  } },
  { id: 'ADA-014', title: 'the language of the context is the language of the address', needs: 'both-languages', async run({ addresses, ground, ctx }) {
    assert.deepEqual((await addresses.byUprn({ ...ctx, language: 'cy' }, ground.address.uprn))?.lines, ground.welshLines);
  } },
  { id: 'ADA-015', title: 'hostile words are answered or refused, never a fault', async run({ addresses, ctx }) {
    for (const text of HOSTILE_TEXTS) {
      const outcome = await addresses.search(ctx, { text, limit: 3 });
      if (outcome.ok) assert.ok(outcome.value.addresses.length <= 3);
      else assert.ok(outcome.refusal.reason === 'too-little-text');
    }
  } },
  { id: 'ADA-016', title: 'a map for a page names its streets in words, and its view can be carried by a form', async run({ addresses, ground, ctx }) {
    const picture = await addresses.picture(ctx, mapAround(ground.address.point, 17), { at: ground.address.point });
    assert.ok(picture.description.includes(ground.street), picture.description);
    assert.deepEqual(parseMapView(picture.viewText), picture.view);
    assert.deepEqual(picture.at, ground.address.point);
    assert.ok(picture.image.includes('/map/'));
  } },
  { id: 'ADA-017', title: 'the zones of a point and of a UPRN are all those in which it lies, in the language of the context, and the addresses near it have theirs', needs: 'zones', async run({ addresses, ground, ctx }) {
    assert.deepEqual(await addresses.zonesOf(ctx, { point: ground.address.point }), ground.zones);
    assert.deepEqual(await addresses.zonesOf(ctx, { uprn: ground.address.uprn }), ground.zones);
    const welsh = await addresses.zonesOf({ ...ctx, language: 'cy' }, { point: ground.address.point });
    assert.deepEqual(welsh.map(({ kind, code }) => [kind, code]), ground.zones?.map(({ kind, code }) => [kind, code]));
    assert.notDeepEqual(welsh, ground.zones);
    isKnown((await addresses.nearest(ctx, ground.address.point))[0]?.address, ground);
    assert.deepEqual(await addresses.zonesOf(ctx, { point: ground.outside }), []);
    assert.deepEqual(await addresses.zonesOf(ctx, { uprn: '1' as Uprn }), []);
  } },
];

/** The rules of the addresses API, for whatever implements it. @public */
export const addressesKit = defineKit<AddressesHarness>({ id: 'addresses.api', contract: '@guildhall/addresses-contract', version: '0.1.0', cases });
