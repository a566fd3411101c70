import { testConformance } from '@guildhall/kernel-contract';
import { RecordedLog } from '@guildhall/kernel-contract/testing';
import { HALF_KNOWN, InMemoryEvidenceSource, KNOWN_ATTRIBUTES, MANY, WELL_KNOWN, evidenceSourceKit } from './index';

testConformance(evidenceSourceKit, { describe, it }, { abilities: ['far-end'], open: async () => {
  const source = new InMemoryEvidenceSource(KNOWN_ATTRIBUTES, [WELL_KNOWN, HALF_KNOWN, ...MANY]);
  return { source, log: new RecordedLog(), breakFarEnd: () => { source.isDown = true; }, mendFarEnd: () => { source.isDown = false; } };
} });
