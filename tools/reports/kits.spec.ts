import { kitDemands } from '@guildhall/assurance-contract';
import { demandsOf, grownWithoutVersion, kitFaults } from './kits.mjs';

const kit = { id: 'lamps.lamp', cases: [{ id: 'LMP-002' }, { id: 'LMP-001' }, { id: 'LMP-003', needs: 'colours' }, { id: 'LMP-004', since: '0.10.0' }, { id: 'LMP-005', since: '0.9.0' }, { id: 'LMP-006', since: '0.9.0', needs: 'colours' }] };

it('keeps what came later under the version with which it came, which a reader of the version before takes for another kit', () => {
  const written = Object.fromEntries(demandsOf(kit));
  expect(Object.entries(written)).toEqual([['lamps.lamp', ['LMP-001', 'LMP-002']], ['lamps.lamp@0.9.0', ['LMP-005']], ['lamps.lamp@0.10.0', ['LMP-004']]]);
  expect(kitDemands([{ contract: 'lamps', kits: written }])).toEqual({ 'lamps.lamp': [{ id: 'LMP-001' }, { id: 'LMP-002' }, { id: 'LMP-004', since: '0.10.0' }, { id: 'LMP-005', since: '0.9.0' }] });
});
it('lets no list that stands gain a case', () => {
  const before = { 'lamps.lamp': ['LMP-001'], 'lamps.lamp@0.9.0': ['LMP-002'] };
  expect(grownWithoutVersion('libs/lamps', before, { ...before, 'lamps.lamp@0.10.0': ['LMP-003'], 'lamps.shade': ['SHD-001'] })).toEqual([]);
  expect(grownWithoutVersion('libs/lamps', before, { 'lamps.lamp': ['LMP-001', 'LMP-002'] })).toEqual(['libs/lamps: LMP-002 of lamps.lamp would be demanded of reports that were made before. Raise the kit\'s "version", and say it as the case\'s "since".']);
  expect(grownWithoutVersion('libs/lamps', before, { ...before, 'lamps.lamp@0.9.0': ['LMP-002', 'LMP-003'] })).toHaveLength(1);
});
it('lets a kit bear no other contract’s id, nor be older than what it is for', () => {
  const manifest = { id: 'lamps', provides: { 'lamps.lamp': '0.2.0' } };
  expect(kitFaults('libs/lamps', manifest, { id: 'lamps.lamp', contract: 'lamps', version: '0.2.1' })).toEqual([]);
  expect(kitFaults('libs/lamps', manifest, { id: 'lamps.lamp', contract: 'lamps', version: '0.1.9' })).toEqual(['libs/lamps: the kit lamps.lamp is at 0.1.9, and lamps.lamp at 0.2.0. Raise the kit\'s version to that.']);
  expect(kitFaults('libs/lamps', manifest, { id: 'torches.torch', contract: 'torches', version: '0.2.0' })).toEqual(['libs/lamps: the kit torches.torch bears another contract\'s id. Begin it with lamps.']);
});
