import type { CouncilReport } from '@guildhall/catalogue-contract';

/** What an invented council's doctor writes: it runs something that was withdrawn, and has no payments. */
export function report(): CouncilReport {
  return {
    format: 1, at: '2026-11-20T09:00:00Z', council: { slug: 'aldermoor', languages: ['en'], nation: 'england' }, node: '20.20.2', contracts: { cases: '0.1.0', addresses: '0.1.0' }, copies: [], findings: [],
    packages: [{ name: '@skelder/bin-day', version: '3.0.0', kind: 'module', id: 'bin-day' }, { name: '@guildhall/cases', version: '0.1.0', kind: 'module', id: 'cases' }],
  };
}
