import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testReportedConformance } from '@guildhall/kernel-contract';
import type { HarnessSource } from '@guildhall/kernel-contract';
import { testProviderDependencies } from '@guildhall/kernel-contract/testing';
import { addressProviderKit, villageGround } from '@guildhall/addresses-contract/testing';
import type { AddressAbility } from '@guildhall/addresses-contract';
import type { AddressProviderHarness } from '@guildhall/addresses-contract/testing';
import { geojsonBoundaries, geojsonZones } from './index';
import type { GeojsonZoneKind } from './index';

const { point } = villageGround.address;
const [west, south, east, north] = [point.longitude - 0.01, point.latitude - 0.01, point.longitude + 0.01, point.latitude + 0.01];
const around = (properties: object): object => ({ type: 'Feature', properties, geometry: { type: 'Polygon', coordinates: [[[west, south], [east, south], [east, north], [west, north], [west, south]]] } });

type Harness = AddressProviderHarness & { readonly folder: string };
function sourceOf(ability: AddressAbility, inFolder: (folder: string) => Promise<Pick<Harness, 'provider' | 'breakFarEnd'>>): HarnessSource<Harness> {
  return {
    abilities: [ability, 'far-end'],
    async open() {
      const folder = await mkdtemp(join(tmpdir(), 'guildhall-boundaries-'));
      return { folder, ground: villageGround, ...(await inFolder(folder)) };
    },
    close: ({ folder }) => rm(folder, { recursive: true }),
  };
}
const writeFeatures = (file: string, features: readonly object[]): Promise<void> => writeFile(file, JSON.stringify({ type: 'FeatureCollection', features }));

const wards = sourceOf('areas', async (folder) => {
  const file = join(folder, 'wards.geojson');
  await writeFeatures(file, [around({ WD26CD: villageGround.area?.ward.code, WD26NM: villageGround.area?.ward.name })]);
  return { provider: geojsonBoundaries({ file, properties: { code: 'WD26CD', name: 'WD26NM' }, districtCode: villageGround.area?.districtCode }).create(testProviderDependencies()), breakFarEnd: () => rm(file) };
});

/** The file of the second kind is the one that breaks: what the first says is then no answer. */
const zones = sourceOf('zones', async (folder) => {
  const known = villageGround.zones ?? [];
  const kinds = [...new Map(known.map(({ kind, title }): [string, GeojsonZoneKind] => [kind, { kind, title: { en: title, cy: title }, file: join(folder, `${kind}.geojson`), properties: { code: 'CODE', name: 'NAME' } }])).values()];
  for (const { kind, file } of kinds) await writeFeatures(file, known.filter((zone) => zone.kind === kind).map(({ code, name }) => around({ CODE: code, NAME: name })));
  return { provider: geojsonZones(kinds).create(testProviderDependencies()), breakFarEnd: () => rm(kinds.at(-1)?.file ?? '') };
});

const reports = [
  ['conformance.json', testReportedConformance(addressProviderKit, { describe, it }, wards)],
  ['conformance-zones.json', testReportedConformance(addressProviderKit, { describe, it }, zones)],
] as const;

it.each(reports)('%s says what the kit says now (GUILDHALL_WRITE_REPORTS=1 writes it)', (name, reported) => {
  const file = join(__dirname, '..', name);
  const written = `${JSON.stringify(reported('@guildhall/addresses-provider-geojson-boundaries'), null, 2)}\n`;
  if (process.env['GUILDHALL_WRITE_REPORTS']) writeFileSync(file, written);
  expect(readFileSync(file, 'utf8')).toBe(written);
});
