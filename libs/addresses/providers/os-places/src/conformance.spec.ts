import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Secret, testConformance, testReportedConformance } from '@guildhall/kernel-contract';
import type { HarnessSource } from '@guildhall/kernel-contract';
import { testProviderDependencies } from '@guildhall/kernel-contract/testing';
import type { AddressProvider, Postcode, Uprn, Usrn } from '@guildhall/addresses-contract';
import { addressProviderKit } from '@guildhall/addresses-contract/testing';
import type { AddressProviderHarness, KnownGround } from '@guildhall/addresses-contract/testing';
import { osPlaces } from './index';
import { seamark, startOsPlaces } from './simulator';
import type { OsPlacesSimulator } from './simulator';

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

function sourceOf(dataset: 'LPI' | 'DPA'): HarnessSource<AddressProviderHarness & { readonly far: OsPlacesSimulator }> {
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

describe('LPI, the councils’ gazetteers', () => {
  const reported = testReportedConformance(addressProviderKit, { describe, it }, sourceOf('LPI'));

  it('conformance.json says what the kit says now (GUILDHALL_WRITE_REPORTS=1 writes it)', () => {
    const file = join(__dirname, '../conformance.json');
    const report = reported('@guildhall/addresses-provider-os-places');
    const written = `${JSON.stringify(report, null, 2)}\n`;
    if (process.env['GUILDHALL_WRITE_REPORTS']) writeFileSync(file, written);
    expect(readFileSync(file, 'utf8')).toBe(written);
  });
});
describe('DPA, delivery points', () => testConformance(addressProviderKit, { describe, it }, sourceOf('DPA')));
