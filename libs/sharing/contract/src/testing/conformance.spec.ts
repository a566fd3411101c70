import { testConformance } from '@guildhall/kernel-contract';
import { RecordedLog } from '@guildhall/kernel-contract/testing';
import { HALF_KNOWN, InMemoryEvidenceSource, KNOWN_ATTRIBUTES, MANY, NAMESAKES, WELL_KNOWN, evidenceSourceKit } from './index';

testConformance(evidenceSourceKit, { describe, it }, { abilities: ['far-end', 'find'], open: async () => {
  const source = new InMemoryEvidenceSource(KNOWN_ATTRIBUTES, [WELL_KNOWN, HALF_KNOWN, ...NAMESAKES, ...MANY]);
  return { source, log: new RecordedLog(), breakFarEnd: () => { source.isDown = true; }, mendFarEnd: () => { source.isDown = false; } };
} });
