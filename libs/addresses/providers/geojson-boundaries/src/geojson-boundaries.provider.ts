import { defineProvider } from '@guildhall/kernel-contract';
import type { ConnectionCheck, Language, ProviderInstallation } from '@guildhall/kernel-contract';
import { ADDRESS_PROVIDER } from '@guildhall/addresses-contract';
import type { AddressAbility, AddressProvider, Area, Point } from '@guildhall/addresses-contract';
import { BoundariesFile } from './boundaries-file';
import type { GeojsonBoundariesOptions } from './options';

/** Answers from a file of wards. */
export class GeojsonBoundaries implements AddressProvider {
  readonly abilities: readonly AddressAbility[] = ['areas'];
  readonly #file: BoundariesFile;

  constructor(options: GeojsonBoundariesOptions) { this.#file = new BoundariesFile(options, 'ward'); }

  async areaOfPoint(point: Point, language: Language): Promise<Area | undefined> {
    const [found] = await this.#file.at(point);
    return found && { ward: { code: found.code, name: found.name[language] }, districtCode: found.districtCode };
  }

  check(): Promise<ConnectionCheck> { return this.#file.check(); }
}

/**
 * The ward of a point, from boundaries in a GeoJSON file: no network, no key, no PostGIS.
 * @public
 * @example addresses({ providers: [osPlaces({ key }), geojsonBoundaries({ file: env.string('WARDS_FILE'), properties: { code: 'WD26CD', name: 'WD26NM', districtCode: 'LAD26CD' } })] })
 */
export function geojsonBoundaries(options: GeojsonBoundariesOptions): ProviderInstallation<AddressProvider> {
  return defineProvider<AddressProvider>({
    port: ADDRESS_PROVIDER, id: 'addresses.geojson-boundaries', title: { en: 'Boundaries in a file', cy: 'Ffiniau mewn ffeil' }, isSandbox: false,
    create: () => new GeojsonBoundaries(options),
    check: async (provider) => (provider instanceof GeojsonBoundaries ? provider.check() : { ok: false, message: 'These are no boundaries.' }),
  });
}
