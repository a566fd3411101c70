import type { HarnessSource, Language } from '@guildhall/kernel-contract';
import { testProviderDependencies } from '@guildhall/kernel-contract/testing';
import type { AddressProvider, Postcode } from '@guildhall/addresses-contract';
import { addressProviderKit, type AddressProviderHarness, type KnownGround } from '@guildhall/addresses-contract/testing';
import { glanafon, localGazetteer, type GazetteerDataset } from '../index';

const provider = (dataset: GazetteerDataset): Required<AddressProvider> => localGazetteer({ dataset }).create(testProviderDependencies()) as Required<AddressProvider>;

/** The ground is taken from the data themselves, by a way that the kit does not use: the first numbered house of a street. */
async function groundOf(dataset: GazetteerDataset, street: string, welshStreet: string): Promise<KnownGround> {
  const { gazetteer } = dataset.open();
  const place = gazetteer.streets.findIndex(({ name }) => name.en === street);
  const at = Array.from({ length: gazetteer.size }, (_, each) => each).find((each) => gazetteer.streetOf[each] === place && gazetteer.numberOf[each] === 7 && gazetteer.flatOf[each] === 0 && gazetteer.suffixOf[each] === 0 && gazetteer.nameOf[each] === 0);
  if (at === undefined) throw new Error(`${street} has no number 7.`);
  const lines = (language: Language): string[] => [`7 ${language === 'cy' ? welshStreet : street}`, gazetteer.town[language]];
  const ward = gazetteer.wards[gazetteer.wardOf[at] ?? 0];
  const area = { ward: { code: ward?.code ?? '', name: ward?.name.en ?? '' }, districtCode: gazetteer.districtCode };
  const postcode = gazetteer.postcodes[gazetteer.postcodeOf[at] ?? 0] as Postcode;
  return {
    address: { uprn: gazetteer.uprnOf(at), lines: lines('en'), postcode, point: gazetteer.pointOf(at), ward: area.ward, usrn: gazetteer.streets[place]?.usrn }, houseNumber: '7', street,
    addressesInPostcode: gazetteer.postcodeOf.filter((each) => each === gazetteer.postcodeOf[at]).length, emptyPostcode: 'ZZ99 0ZZ' as Postcode, area, welshLines: lines('cy'), outside: { latitude: 49.2, longitude: -11.5 },
  };
}

export const sourceOf = (dataset: GazetteerDataset, welshStreet: string, more: readonly string[] = []): HarnessSource<AddressProviderHarness> =>
  ({ abilities: [...(provider(dataset).abilities ?? []), ...more], open: async () => ({ provider: provider(dataset), ground: await groundOf(dataset, 'High Street', welshStreet) }) });

/** The town that speaks two languages. */
export const source = sourceOf(glanafon, 'Stryd Fawr', ['both-languages']);

/** What "guildhall conform" runs, and with it whoever installs this package. */
export const harnesses = [{ kit: addressProviderKit.id, source }];
