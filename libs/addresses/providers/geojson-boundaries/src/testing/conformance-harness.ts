import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HarnessSource } from '@guildhall/kernel-contract';
import { testProviderDependencies } from '@guildhall/kernel-contract/testing';
import type { AddressAbility } from '@guildhall/addresses-contract';
import { addressProviderKit, villageGround, type AddressProviderHarness } from '@guildhall/addresses-contract/testing';
import { geojsonBoundaries, geojsonZones, type GeojsonZoneKind } from '../index';

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

export const wards = sourceOf('areas', async (folder) => {
  const file = join(folder, 'wards.geojson');
  await writeFeatures(file, [around({ WD26CD: villageGround.area?.ward.code, WD26NM: villageGround.area?.ward.name })]);
  return { provider: geojsonBoundaries({ file, properties: { code: 'WD26CD', name: 'WD26NM' }, districtCode: villageGround.area?.districtCode }).create(testProviderDependencies()), breakFarEnd: () => rm(file) };
});

/** The file of the second kind is the one that breaks: what the first says is then no answer. */
export const zones = sourceOf('zones', async (folder) => {
  const known = villageGround.zones ?? [];
  const kinds = [...new Map(known.map(({ kind, title }): [string, GeojsonZoneKind] => [kind, { kind, title: { en: title, cy: title }, file: join(folder, `${kind}.geojson`), properties: { code: 'CODE', name: 'NAME' } }])).values()];
  for (const { kind, file } of kinds) await writeFeatures(file, known.filter((zone) => zone.kind === kind).map(({ code, name }) => around({ CODE: code, NAME: name })));
  return { provider: geojsonZones(kinds).create(testProviderDependencies()), breakFarEnd: () => rm(kinds.at(-1)?.file ?? '') };
});

/** What "guildhall conform" runs, and with it whoever installs this package. */
export const harnesses = [{ kit: addressProviderKit.id, source: wards }, { kit: addressProviderKit.id, source: zones, report: 'conformance-zones.json' }];
