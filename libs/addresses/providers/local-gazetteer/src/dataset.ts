import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Gazetteer, type GazetteerProperty, type TownRegister } from './gazetteer';
import { AddressSearch } from './searching/address-search';
import { PlaceSearch } from './searching/place-search';

/** A gazetteer with its indexes. @internal */
export interface OpenDataset { readonly gazetteer: Gazetteer; readonly addresses: AddressSearch; readonly places: PlaceSearch }

/** A set of addresses that a council's configuration names. Opened when it is first asked, once per process, whichever councils use it. @public */
export interface GazetteerDataset {
  readonly id: string;
  /** Invented addresses are for development, tests and demonstrations: a production council must accept them by name. */
  readonly isInvented: boolean;
  /** Every address by its parts: for a simulator of another source of addresses, which is to know the same town. */
  readonly properties: () => readonly GazetteerProperty[];
  /** @internal */
  readonly open: () => OpenDataset;
}

/** A town from its file in registers/, which build/raise-towns.mjs made from its plan: a town takes a second to be raised, and its first visitor waits for it. */
function invented(id: string): GazetteerDataset {
  let opened: OpenDataset | undefined;
  const open = (): OpenDataset => {
    if (!opened) {
      const gazetteer = new Gazetteer(JSON.parse(readFileSync(join(__dirname, '../registers', `${id}.json`), 'utf8')) as TownRegister);
      opened = { gazetteer, addresses: new AddressSearch(gazetteer), places: new PlaceSearch(gazetteer) };
    }
    return opened;
  };
  return Object.freeze({
    id, isInvented: true, open,
    properties: () => {
      const { gazetteer } = open();
      return Array.from({ length: gazetteer.size }, (_, at) => gazetteer.propertyOf(at));
    },
  });
}

/** Riverbourne: an invented English market town of some 8,000 addresses in eight wards. @public */
export const riverbourne: GazetteerDataset = invented('riverbourne');
/** Glanafon: an invented Welsh harbour town of some 5,500 addresses in eight wards, its streets named in both languages. @public */
export const glanafon: GazetteerDataset = invented('glanafon');
/** Garden waste rounds of Riverbourne, invented like the town, as a GeoJSON file: three zones with `code`, `name` and `nameInWelsh`. @public */
export const riverbourneGardenWasteRounds: string = join(__dirname, '../registers/riverbourne-garden-waste-rounds.geojson');
