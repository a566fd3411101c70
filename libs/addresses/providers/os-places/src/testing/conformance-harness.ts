import { Secret, type HarnessSource } from '@guildhall/kernel-contract';
import { testProviderDependencies } from '@guildhall/kernel-contract/testing';
import type { AddressProvider, Postcode, Uprn, Usrn } from '@guildhall/addresses-contract';
import { addressProviderKit, type AddressProviderHarness, type KnownGround } from '@guildhall/addresses-contract/testing';
import { osPlaces } from '../index';
import { seamark, startOsPlaces, type OsPlacesSimulator } from '../simulator';

/** Taken from the gazetteer itself: the fifth house of the high street. */
function groundOf(dataset: 'LPI' | 'DPA'): KnownGround {
  const house = seamark.find((place) => place.street.en === 'High Street' && place.number === '5');
  if (!house) throw new Error('The high street has no number 5.');
  const inPostcode = seamark.filter((place) => place.postcode === house.postcode && place.status === '1' && (dataset === 'LPI' || place.isDeliveredTo));
  return {
    address: { uprn: house.uprn as Uprn, lines: ['5 High Street', 'Seamark'], postcode: house.postcode as Postcode, point: house.point, ...(dataset === 'LPI' ? { usrn: house.usrn as Usrn } : {}) },
    houseNumber: '5', street: 'High Street', addressesInPostcode: inPostcode.length, emptyPostcode: 'ZZ99 7ZZ' as Postcode, welshLines: ['5 Stryd Fawr', 'Nod-y-Môr'], outside: { latitude: 49.2, longitude: -11.5 },
  };
}

export function sourceOf(dataset: 'LPI' | 'DPA'): HarnessSource<AddressProviderHarness & { readonly far: OsPlacesSimulator }> {
  const installed = (far: { readonly origin: string; readonly key: string }): AddressProvider => osPlaces({ key: new Secret(far.key), origin: far.origin, dataset }).create(testProviderDependencies());
  return {
    abilities: [...installed({ origin: 'http://localhost', key: 'none' }).abilities, 'far-end', 'both-languages'],
    async open() {
      const far = await startOsPlaces();
      return { far, provider: installed(far), ground: groundOf(dataset), breakFarEnd: () => far.stop() };
    },
    close: ({ far }) => far.stop(),
  };
}

/** What "guildhall conform" runs, and with it whoever installs this package. */
export const harnesses = [{ kit: addressProviderKit.id, source: sourceOf('LPI') }];
