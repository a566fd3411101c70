import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testReportedConformance } from '@guildhall/kernel-contract';
import type { HarnessSource } from '@guildhall/kernel-contract';
import { testProviderDependencies } from '@guildhall/kernel-contract/testing';
import { addressProviderKit, villageGround } from '@guildhall/addresses-contract/testing';
import type { AddressProviderHarness } from '@guildhall/addresses-contract/testing';
import { geojsonBoundaries } from './index';

const { point } = villageGround.address;
const [west, south, east, north] = [point.longitude - 0.01, point.latitude - 0.01, point.longitude + 0.01, point.latitude + 0.01];
const wards = { type: 'FeatureCollection', features: [{ type: 'Feature', properties: { WD26CD: villageGround.area?.ward.code, WD26NM: villageGround.area?.ward.name }, geometry: { type: 'Polygon', coordinates: [[[west, south], [east, south], [east, north], [west, north], [west, south]]] } }] };

const source: HarnessSource<AddressProviderHarness & { readonly folder: string }> = {
  abilities: ['areas', 'far-end'],
  async open() {
    const folder = await mkdtemp(join(tmpdir(), 'guildhall-boundaries-'));
    const file = join(folder, 'wards.geojson');
    await writeFile(file, JSON.stringify(wards));
    const provider = geojsonBoundaries({ file, properties: { code: 'WD26CD', name: 'WD26NM' }, districtCode: villageGround.area?.districtCode }).create(testProviderDependencies());
    return { folder, provider, ground: villageGround, breakFarEnd: () => rm(file) };
  },
  close: ({ folder }) => rm(folder, { recursive: true }),
};

const reported = testReportedConformance(addressProviderKit, { describe, it }, source);

it('conformance.json says what the kit says now (GUILDHALL_WRITE_REPORTS=1 writes it)', () => {
  const file = join(__dirname, '../conformance.json');
  const written = `${JSON.stringify(reported('@guildhall/addresses-provider-geojson-boundaries'), null, 2)}\n`;
  if (process.env['GUILDHALL_WRITE_REPORTS']) writeFileSync(file, written);
  expect(readFileSync(file, 'utf8')).toBe(written);
});
