import type { HarnessSource } from '@guildhall/kernel-contract';
import { testProviderDependencies } from '@guildhall/kernel-contract/testing';
import type { Postcode, Uprn } from '@guildhall/addresses-contract';
import { addressProviderKit } from '@guildhall/addresses-contract/testing';
import type { AddressProviderHarness, KnownGround } from '@guildhall/addresses-contract/testing';
import { postcodesIo } from '../index';
import { startPostcodesIo } from '../simulator';
import type { PostcodesIoSimulator } from '../simulator';

/** Of an address only its postcode is known there. */
const ground: KnownGround = {
  address: { uprn: '990000000001' as Uprn, lines: ['1 Quay'], postcode: 'ZZ99 7AA' as Postcode, point: { latitude: 53.3, longitude: 2.1 } }, houseNumber: '1', street: 'Quay', addressesInPostcode: 1,
  emptyPostcode: 'ZZ99 7ZZ' as Postcode, area: { ward: { code: 'E05099981', name: 'Quayside' }, districtCode: 'E07000998' }, outside: { latitude: 49.2, longitude: -11.5 },
};
export const source: HarnessSource<AddressProviderHarness & { readonly far: PostcodesIoSimulator }> = {
  abilities: ['postcode-areas', 'far-end'],
  async open() {
    const far = await startPostcodesIo();
    return { far, ground, provider: postcodesIo({ origin: far.origin }).create(testProviderDependencies()), breakFarEnd: () => far.stop() };
  },
  close: ({ far }) => far.stop(),
};

/** What "guildhall conform" runs, and with it whoever installs this package. */
export const harnesses = [{ kit: addressProviderKit.id, source }];
