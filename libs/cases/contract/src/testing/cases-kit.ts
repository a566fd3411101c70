import { defineKit } from '@guildhall/kernel-contract';
import { changingCases } from './changing-cases';
import { findingCases } from './finding-cases';
import type { CasesHarness } from './harness';
import { openingCases } from './opening-cases';

/** The rules that every case management keeps: the module, its HTTP client, and the fake. @public */
export const casesKit = defineKit<CasesHarness>({ id: 'cases', contract: 'cases', version: '0.1.0', cases: [...openingCases, ...changingCases, ...findingCases] });
