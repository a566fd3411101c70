import { readFile } from 'node:fs/promises';
import { Unavailable, defineProvider } from '@guildhall/kernel-contract';
import type { ConnectionCheck, Language, ProviderInstallation } from '@guildhall/kernel-contract';
import { ADDRESS_PROVIDER } from '@guildhall/addresses-contract';
import type { AddressAbility, AddressProvider, Area, Point } from '@guildhall/addresses-contract';
import { Boundaries } from './boundaries';
import type { GeojsonBoundariesOptions } from './options';

/** Answers from a file, which is read when it is first asked. A file that could not be read is looked for again at the next question. */
export class GeojsonBoundaries implements AddressProvider {
  readonly abilities: readonly AddressAbility[] = ['areas'];
  #boundaries: Promise<Boundaries> | undefined;

  constructor(private readonly options: GeojsonBoundariesOptions) {}

  async areaOfPoint(point: Point, language: Language): Promise<Area | undefined> {
    try {
      return (await this.#read()).areaOf(point, language);
    } catch (error) {
      throw Object.assign(new Unavailable('The boundaries of the wards cannot be read. "doctor" says why.'), { cause: error });
    }
  }

  async check(): Promise<ConnectionCheck> {
    try {
      const { size } = await this.#read();
      return size > 0 ? { ok: true, message: `${this.options.file} has the boundaries of ${size} ward${size === 1 ? '' : 's'}.` } : { ok: false, message: `${this.options.file} has no boundaries.` };
    } catch (error) {
      return { ok: false, message: error instanceof Error ? error.message : String(error) };
    }
  }

  #read(): Promise<Boundaries> {
    this.#boundaries ??= readFile(this.options.file, 'utf8').then((text) => Boundaries.read(parsed(text, this.options.file), this.options)).catch((error: unknown) => {
      this.#boundaries = undefined;
      throw error;
    });
    return this.#boundaries;
  }
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch (error) {
    throw new Error(`${file} is no JSON: it was cut off, or is something else than GeoJSON.`, { cause: error });
  }
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
