import { defineProvider } from '@guildhall/kernel-contract';
import type { ConnectionCheck, Language, ProviderInstallation } from '@guildhall/kernel-contract';
import { ADDRESS_PROVIDER } from '@guildhall/addresses-contract';
import type { AddressAbility, AddressProvider, Point, Zone } from '@guildhall/addresses-contract';
import { BoundariesFile } from './boundaries-file';
import type { GeojsonZoneKind } from './options';

/** Answers from a file for every kind of zone: all of them, or nobody could tell a missing zone from a missing file. */
export class GeojsonZones implements AddressProvider {
  readonly abilities: readonly AddressAbility[] = ['zones'];
  readonly #kinds: readonly (Pick<GeojsonZoneKind, 'kind' | 'title'> & { readonly zones: BoundariesFile })[];

  constructor(kinds: readonly GeojsonZoneKind[]) { this.#kinds = kinds.map((options) => ({ ...options, zones: new BoundariesFile(options, 'zone') })); }

  async zonesOfPoint(point: Point, language: Language): Promise<readonly Zone[]> {
    const found = await Promise.all(this.#kinds.map(async ({ kind, title, zones }) => (await zones.at(point)).map(({ code, name }) => ({ kind, title: title[language], code, name: name[language] }))));
    return found.flat();
  }

  async check(): Promise<ConnectionCheck> {
    const checks = await Promise.all(this.#kinds.map(({ zones }) => zones.check()));
    const wrong = checks.filter(({ ok }) => !ok);
    return { ok: wrong.length === 0, message: (wrong.length > 0 ? wrong : checks).map(({ message }) => message).join(' ') };
  }
}

/**
 * The zones of a point, from a GeoJSON file for every kind that the council names.
 * @public
 * @throws Error when a kind's name is none, or another has it
 * @example addresses({ providers: [osPlaces({ key }), geojsonZones([{ kind: 'parking-zone', title: { en: 'Parking zone', cy: 'Parth parcio' }, file: env.string('PARKING_ZONES_FILE'), properties: { code: 'ZONE', name: 'NAME' } }])] })
 */
export function geojsonZones(kinds: readonly GeojsonZoneKind[]): ProviderInstallation<AddressProvider> {
  for (const [place, { kind }] of kinds.entries()) {
    if (!/^[a-z][a-z0-9-]{0,49}$/.test(kind)) throw new Error(`geojsonZones: "${kind}" is no name for a kind of zone. Write it in small letters, digits and hyphens, like parking-zone.`);
    if (kinds.findIndex((other) => other.kind === kind) !== place) throw new Error(`geojsonZones: two kinds of zone are called "${kind}". Put them into one file, or give one another name.`);
  }
  return defineProvider<AddressProvider>({
    port: ADDRESS_PROVIDER, id: 'addresses.geojson-zones', title: { en: 'Zones in files', cy: 'Parthau mewn ffeiliau' }, isSandbox: false,
    create: () => new GeojsonZones(kinds),
    check: async (provider) => (provider instanceof GeojsonZones ? provider.check() : { ok: false, message: 'These are no zones.' }),
  });
}
