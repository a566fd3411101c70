import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { SERVICE, feeOf, installService, progressOf, submissionOf, type ServiceRegistration } from '@guildhall/services-contract';
import { allotmentPlots } from './allotment-plots';

const TODAY = '2026-11-23';
const service = (settings?: Parameters<typeof allotmentPlots>[0]) => installService(allotmentPlots(settings).registers.find(({ point }) => point.id === SERVICE.id)?.extension as ServiceRegistration);

describe('allotment-plots', () => {
  it('opens a case whose summary says how large a plot is wanted, and nothing that was written', () => {
    const installed = service();
    const { caseType, summary } = submissionOf(installed, progressOf(installed, { size: 'half', site: 'by Wren Holloway’s' }, TODAY));
    assert.deepEqual({ caseType, summary }, { caseType: 'allotment-plots.wanted', summary: { en: 'Allotment: half plot', cy: 'Rhandir: hanner llain' } });
  });
  it('costs what the council has set for a plot of that size, without VAT', () => {
    const costs = (size: string, settings?: Parameters<typeof service>[0]): readonly unknown[] => { const installed = service(settings); return feeOf(installed, progressOf(installed, { size, site: null }, TODAY)).map(({ amountInPence, vatRate }) => [amountInPence, vatRate]); };
    assert.deepEqual([costs('half'), costs('whole'), costs('half', { halfPlot: 2850 })], [[[3200, 'exempt']], [[5400, 'exempt']], [[2850, 'exempt']]]);
  });
});
