import { testConformance } from '@guildhall/kernel-contract';
import { testContext } from '@guildhall/kernel-contract/testing';
import { InMemoryAddressProvider, InMemoryAddresses, addressProviderKit, addressesKit, villageGround } from './index';

testConformance(addressProviderKit, { describe, it }, {
  abilities: [...new InMemoryAddressProvider().abilities, 'far-end', 'both-languages'],
  open: async () => {
    const provider = new InMemoryAddressProvider();
    return { provider, ground: villageGround, breakFarEnd: () => { provider.isDown = true; } };
  },
});
testConformance(addressesKit, { describe, it }, { abilities: ['both-languages', 'zones'], open: async () => ({ addresses: new InMemoryAddresses(), ground: villageGround, ctx: testContext() }) });
