import { Gazetteer } from './gazetteer';
import { raiseTown } from './raising/raise-town';
import { AddressSearch } from './searching/address-search';
import { PlaceSearch } from './searching/place-search';
import { glanafonPlan } from './towns/glanafon';
import { riverbournePlan } from './towns/riverbourne';

/** A gazetteer with its indexes. @internal */
export interface OpenDataset { readonly gazetteer: Gazetteer; readonly addresses: AddressSearch; readonly places: PlaceSearch }

/** A set of addresses that a council's configuration names. Opened when it is first asked, once per process, whichever councils use it. @public */
export interface GazetteerDataset {
  readonly id: string;
  /** Invented addresses are for development, tests and demonstrations: a production council must accept them by name. */
  readonly isInvented: boolean;
  /** @internal */
  readonly open: () => OpenDataset;
}

function datasetOf(id: string, make: () => Gazetteer): GazetteerDataset {
  const opened: OpenDataset[] = [];
  return Object.freeze({
    id,
    isInvented: true,
    open: (): OpenDataset => {
      if (!opened[0]) {
        const gazetteer = make();
        opened.push({ gazetteer, addresses: new AddressSearch(gazetteer), places: new PlaceSearch(gazetteer) });
      }
      return opened[0] as OpenDataset;
    },
  });
}

/** Riverbourne: an invented English market town of some 8,000 addresses in eight wards. @public */
export const riverbourne: GazetteerDataset = datasetOf('riverbourne', () => raiseTown(riverbournePlan));
/** Glanafon: an invented Welsh harbour town of some 5,500 addresses in eight wards, its streets named in both languages. @public */
export const glanafon: GazetteerDataset = datasetOf('glanafon', () => raiseTown(glanafonPlan));
