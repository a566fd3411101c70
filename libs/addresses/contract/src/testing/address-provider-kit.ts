import assert from 'node:assert/strict';
import type { ConformanceCase } from '@guildhall/kernel-contract';
import { defineKit, isGuildhallError } from '@guildhall/kernel-contract';
import type { Address, Uprn } from '../address';
import { parseUprn } from '../address';
import type { AddressAbility, AddressProvider, ProviderQuery } from '../address-provider';
import { boundsAround, distanceInMetres, isWithin, pointOf } from '../geometry';
import { parsePostcode } from '../postcode';
import { HOSTILE_TEXTS } from './known-ground';
import type { KnownGround } from './known-ground';

/**
 * An address provider under test, with what is known of its data. Abilities: the provider's own, and `far-end` when its far end can be made
 * to fail, `both-languages` when `ground.welshLines` is known.
 * @public
 */
export interface AddressProviderHarness {
  readonly provider: AddressProvider;
  readonly ground: KnownGround;
  /** Makes the far end unreachable from now on. Needs `far-end`. */
  breakFarEnd?(): Promise<void> | void;
}

const METHODS: Readonly<Record<AddressAbility, readonly (keyof AddressProvider)[]>> = {
  'postcode-search': ['search'], 'text-search': ['search'], uprn: ['byUprn'], 'uprn-points': ['pointOfUprn'], nearest: ['nearest'], 'street-search': ['searchStreets'], areas: ['areaOfPoint'], zones: ['zonesOfPoint'],
  'postcode-areas': ['areaOfPostcode'], streets: ['streetsWithin', 'extent'], welsh: [],
};

type Searching = (query: ProviderQuery) => Promise<{ readonly addresses: readonly Address[]; readonly total: number }>;
function searching({ provider }: AddressProviderHarness): Searching {
  return (query) => { assert.ok(provider.search); return provider.search(query); };
}
function byPostcode({ ground }: AddressProviderHarness, changes: { readonly building?: string; readonly limit?: number } = {}): ProviderQuery {
  return { kind: 'postcode', postcode: ground.address.postcode, limit: 100, language: 'en', ...changes };
}
function byText(text: string, limit = 10): ProviderQuery { return { kind: 'text', text, limit, language: 'en' }; }
function isComplete(address: Address): void {
  assert.equal(parseUprn(address.uprn), address.uprn, 'a UPRN is 1 to 12 digits without leading noughts');
  assert.ok(address.lines.length >= 1 && address.lines.length <= 6, 'an address has one to six lines');
  for (const line of address.lines) assert.ok(line.trim() === line && line.length > 0 && line.length <= 120, `"${line}" is not a line of an address`);
  assert.equal(parsePostcode(address.postcode), address.postcode, 'a postcode is written as usual');
  assert.ok(!address.lines.some((line) => line.includes(address.postcode)), 'the postcode is not one of the lines');
  assert.ok(pointOf(address.point.latitude, address.point.longitude), 'a point is on the Earth');
}
async function throwsUnavailable(asking: Promise<unknown>): Promise<void> {
  try { await asking; } catch (error) {
    assert.ok(isGuildhallError(error) && error.code === 'unavailable', `it must throw Unavailable and threw ${String(error)}`);
    return;
  }
  assert.fail('it answered although its far end does not');
}

const cases: readonly ConformanceCase<AddressProviderHarness>[] = [
  { id: 'ADR-001', title: 'every ability that is claimed has its methods', async run({ provider }) {
    assert.ok(provider.abilities.length > 0);
    for (const ability of provider.abilities) for (const method of METHODS[ability]) assert.equal(typeof provider[method], 'function', `${ability} needs ${method}`);
  } },
  { id: 'ADR-002', title: 'a postcode gives all its addresses and no others', needs: 'postcode-search', async run(harness) {
    const found = await searching(harness)(byPostcode(harness));
    assert.equal(found.addresses.length, harness.ground.addressesInPostcode);
    assert.equal(found.total, harness.ground.addressesInPostcode);
    for (const address of found.addresses) assert.equal(address.postcode, harness.ground.address.postcode);
    assert.equal(new Set(found.addresses.map((address) => address.uprn)).size, found.addresses.length, 'no address twice');
    assert.ok(found.addresses.some((address) => address.uprn === harness.ground.address.uprn));
  } },
  { id: 'ADR-003', title: 'every address is complete: UPRN, lines, postcode, point', needs: 'postcode-search', async run(harness) {
    for (const address of (await searching(harness)(byPostcode(harness))).addresses) isComplete(address);
  } },
  { id: 'ADR-004', title: 'no more than the limit is given, and the total still counts all', needs: 'postcode-search', async run(harness) {
    const found = await searching(harness)(byPostcode(harness, { limit: 2 }));
    assert.equal(found.addresses.length, 2);
    assert.equal(found.total, harness.ground.addressesInPostcode);
  } },
  { id: 'ADR-005', title: 'a postcode that nobody has gives an empty list, not an error', needs: 'postcode-search', async run(harness) {
    assert.deepEqual(await searching(harness)({ kind: 'postcode', postcode: harness.ground.emptyPostcode, limit: 10, language: 'en' }), { addresses: [], total: 0 });
  } },
  { id: 'ADR-006', title: 'the number of the building narrows a postcode', needs: 'postcode-search', async run(harness) {
    const found = await searching(harness)(byPostcode(harness, { building: harness.ground.houseNumber }));
    assert.ok(found.addresses.some((address) => address.uprn === harness.ground.address.uprn));
    assert.ok(found.total < harness.ground.addressesInPostcode);
  } },
  { id: 'ADR-007', title: 'a building that the postcode does not have gives nothing, never another house', needs: 'postcode-search', async run(harness) {
    assert.equal((await searching(harness)(byPostcode(harness, { building: '9876' }))).total, 0);
  } },
  { id: 'ADR-008', title: 'an empty building is no building', needs: 'postcode-search', async run(harness) {
    assert.equal((await searching(harness)(byPostcode(harness, { building: '  ' }))).total, harness.ground.addressesInPostcode);
  } },
  { id: 'ADR-009', title: 'a number and a street find that address first', needs: 'text-search', async run(harness) {
    const found = await searching(harness)(byText(`${harness.ground.houseNumber} ${harness.ground.street}`));
    assert.equal(found.addresses[0]?.lines[0], harness.ground.address.lines[0]);
  } },
  { id: 'ADR-010', title: 'capitals, accents, commas and apostrophes make no difference', needs: 'text-search', async run(harness) {
    const { houseNumber, street, address } = harness.ground;
    const plain = street.normalize('NFD').replace(/[\p{M}'’]/gu, '');
    for (const text of [`${houseNumber} ${street.toUpperCase()}`, `${houseNumber}, ${plain.toLowerCase()}`, `  ${houseNumber}   ${street}  `]) {
      assert.equal((await searching(harness)(byText(text))).addresses[0]?.lines[0], address.lines[0], text);
    }
  } },
  { id: 'ADR-011', title: 'a postcode among the words keeps the search within it', needs: 'text-search', async run(harness) {
    const found = await searching(harness)(byText(`${harness.ground.street} ${harness.ground.address.postcode}`, 100));
    assert.ok(found.total > 0);
    for (const address of found.addresses) assert.equal(address.postcode, harness.ground.address.postcode);
  } },
  { id: 'ADR-012', title: 'words that stand nowhere give an empty list, not an error', needs: 'text-search', async run(harness) {
    assert.deepEqual(await searching(harness)(byText('zyxwvut qqqqqqq')), { addresses: [], total: 0 });
  } },
  { id: 'ADR-013', title: 'hostile words are answered like others, within a second', needs: 'text-search', async run(harness) {
    for (const text of HOSTILE_TEXTS) {
      const began = performance.now();
      const found = await searching(harness)(byText(text, 5));
      assert.ok(found.addresses.length <= 5 && found.total >= found.addresses.length, JSON.stringify(text.slice(0, 40)));
      assert.ok(performance.now() - began < 1_000, `${JSON.stringify(text.slice(0, 40))} took ${Math.round(performance.now() - began)} ms`);
    }
  } },
  { id: 'ADR-014', title: 'the same question gives the same answer in the same order', needs: 'text-search', async run(harness) {
    const question = byText(harness.ground.street, 100);
    assert.deepEqual(await searching(harness)(question), await searching(harness)(question));
  } },
  { id: 'ADR-015', title: 'a UPRN gives the address that a search gives', needs: 'uprn', async run({ provider, ground }) {
    assert.deepEqual(await provider.byUprn?.(ground.address.uprn, 'en'), ground.address);
  } },
  { id: 'ADR-016', title: 'a UPRN that nobody has gives nothing, not an error', needs: 'uprn', async run({ provider }) {
    assert.equal(await provider.byUprn?.('1' as Uprn, 'en'), undefined);
    assert.equal(await provider.byUprn?.('999999999999' as Uprn, 'en'), undefined);
  } },
  { id: 'ADR-017', title: 'a UPRN gives its point', needs: 'uprn-points', async run({ provider, ground }) {
    assert.deepEqual(await provider.pointOfUprn?.(ground.address.uprn), ground.address.point);
    assert.equal(await provider.pointOfUprn?.('1' as Uprn), undefined);
  } },
  { id: 'ADR-018', title: 'the addresses near a point come nearest first, with true distances, within the limits', needs: 'nearest', async run({ provider, ground }) {
    const found = (await provider.nearest?.(ground.address.point, { limit: 5, withinInMetres: 300, language: 'en' })) ?? [];
    assert.ok(found.length > 1 && found.length <= 5);
    assert.ok((found[0]?.distanceInMetres ?? 1_000) < 1, 'the address at the point itself comes first');
    found.forEach(({ address, distanceInMetres: distance }, at) => {
      assert.ok(Math.abs(distance - distanceInMetres(ground.address.point, address.point)) < 1);
      assert.ok(distance <= 300 && distance >= (found[at - 1]?.distanceInMetres ?? 0));
    });
  } },
  { id: 'ADR-019', title: 'where nobody lives there is no nearest address', needs: 'nearest', async run({ provider, ground }) {
    assert.deepEqual(await provider.nearest?.(ground.outside, { limit: 5, withinInMetres: 1_000, language: 'en' }), []);
  } },
  { id: 'ADR-020', title: 'a point lies in its area, and far away in none', needs: 'areas', async run({ provider, ground }) {
    assert.deepEqual(await provider.areaOfPoint?.(ground.address.point, 'en'), ground.area);
    assert.equal(await provider.areaOfPoint?.(ground.outside, 'en'), undefined);
  } },
  { id: 'ADR-021', title: 'a postcode lies in an area, and one that nobody has in none', needs: 'postcode-areas', async run({ provider, ground }) {
    assert.equal((await provider.areaOfPostcode?.(ground.address.postcode, 'en'))?.districtCode, ground.area?.districtCode);
    assert.equal(await provider.areaOfPostcode?.(ground.emptyPostcode, 'en'), undefined);
  } },
  { id: 'ADR-022', title: 'a street is found by its name, once, with the number by which addresses name it', needs: 'street-search', async run({ provider, ground }) {
    const found = (await provider.searchStreets?.(ground.street, { limit: 10, language: 'en' })) ?? [];
    assert.equal(found[0]?.name, ground.street);
    assert.equal(new Set(found.map((street) => street.usrn)).size, found.length);
    if (ground.address.usrn) assert.ok(found.some((street) => street.usrn === ground.address.usrn));
    assert.ok(((await provider.searchStreets?.(ground.street, { limit: 1, language: 'en' })) ?? []).length === 1);
  } },
  { id: 'ADR-023', title: 'streets are found by hostile words like by others', needs: 'street-search', async run({ provider }) {
    for (const text of HOSTILE_TEXTS) assert.ok(((await provider.searchStreets?.(text, { limit: 5, language: 'en' })) ?? []).length <= 5);
    assert.deepEqual(await provider.searchStreets?.('zyxwvut qqqqqqq', { limit: 5, language: 'en' }), []);
  } },
  { id: 'ADR-024', title: 'the map around an address shows its street', needs: 'streets', async run({ provider, ground }) {
    const bounds = boundsAround(ground.address.point, 150);
    const map = await provider.streetsWithin?.(bounds, 'en');
    assert.deepEqual(map?.bounds, bounds);
    const street = map?.streets.find((each) => each.name === ground.street);
    assert.ok(street && street.line.length >= 2);
    for (const building of map?.buildings ?? []) assert.ok(isWithin(bounds, building.point) && building.label.length > 0);
  } },
  { id: 'ADR-025', title: 'a map of somewhere else shows no streets', needs: 'streets', async run({ provider, ground }) {
    const map = await provider.streetsWithin?.(boundsAround(ground.outside, 150), 'en');
    assert.deepEqual(map?.streets, []);
    assert.deepEqual(map?.buildings, []);
  } },
  { id: 'ADR-026', title: 'the extent holds the known address, and its centre lies in it', needs: 'streets', async run({ provider, ground }) {
    const extent = await provider.extent?.();
    assert.ok(extent && isWithin(extent.bounds, extent.centre) && isWithin(extent.bounds, ground.address.point));
  } },
  { id: 'ADR-027', title: 'an address is given in Welsh when Welsh is asked for', needs: 'both-languages', async run({ provider, ground }) {
    assert.deepEqual((await provider.byUprn?.(ground.address.uprn, 'cy'))?.lines, ground.welshLines);
  } },
  { id: 'ADR-028', title: 'a far end that does not answer is Unavailable, never "nothing found"', needs: 'far-end', async run(harness) {
    await harness.breakFarEnd?.();
    const { provider, ground } = harness;
    if (provider.abilities.includes('postcode-search')) await throwsUnavailable(searching(harness)(byPostcode(harness)));
    if (provider.byUprn) await throwsUnavailable(provider.byUprn(ground.address.uprn, 'en'));
    if (provider.nearest) await throwsUnavailable(provider.nearest(ground.address.point, { limit: 1, withinInMetres: 100, language: 'en' }));
    if (provider.zonesOfPoint) await throwsUnavailable(provider.zonesOfPoint(ground.address.point, 'en'));
    if (provider.areaOfPoint) await throwsUnavailable(provider.areaOfPoint(ground.address.point, 'en'));
  } },
  { id: 'ADR-029', title: 'a point lies in all of its zones, also in several of one kind, and far away in none', needs: 'zones', async run({ provider, ground }) {
    assert.deepEqual(await provider.zonesOfPoint?.(ground.address.point, 'en'), ground.zones);
    assert.deepEqual(await provider.zonesOfPoint?.(ground.outside, 'en'), []);
  } },
];

/** The rules of an address provider. @public */
export const addressProviderKit = defineKit<AddressProviderHarness>({ id: 'addresses.address-provider', contract: '@guildhall/addresses-contract', version: '0.1.0', cases });
