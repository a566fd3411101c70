import { Terminal } from '../../../test/typed';
import { runKits } from './running-kits';

let terminal: Terminal;
beforeEach(async () => { terminal = await Terminal.open(); });
afterEach(() => terminal.close());

const CONTRACT = `const kit = { id: 'lamps.lamp', contract: 'lamps', version: '0.1.0', cases: [
  { id: 'LMP-001', title: 'it is green', run: async ({ colour }) => { if (colour !== 'green') throw new Error('It is ' + colour + '.'); } },
  { id: 'LMP-002', title: 'it can be dimmed', needs: 'dimming', run: async () => { throw new Error('It was not asked for.'); } },
] };
exports.lampKit = kit;
`;
async function lamp(harness: string, provides: object = { 'lamps.lamp': '0.1.0' }): Promise<ReturnType<typeof runKits>> {
  await terminal.write({
    'package.json': { name: '@westmarch/green-lamp', version: '1.0.0', dependencies: { '@westmarch/lamps-contract': '^0.1.0', 'not-a-contract': '1.0.0' }, guildhall: { kind: 'provider', provides, harness: './dist/harness.js' } },
    'dist/harness.js': harness,
    'node_modules/@westmarch/lamps-contract/package.json': { name: '@westmarch/lamps-contract', version: '0.1.0', exports: { './testing': './testing.js', './package.json': './package.json' }, guildhall: { kind: 'contract' } },
    'node_modules/@westmarch/lamps-contract/testing.js': CONTRACT,
    'node_modules/not-a-contract/package.json': { name: 'not-a-contract', version: '1.0.0' },
  });
  return runKits(terminal.folder);
}
const opens = (colour: string): string => `exports.harnesses = [{ kit: 'lamps.lamp', source: { open: async () => ({ colour: '${colour}' }) } }];`;

describe('guildhall conform', () => {
  it('runs the kit of the contract that is installed, and reports each case', async () => {
    expect(await lamp(opens('green'))).toEqual({ problems: [], ran: [{ file: 'conformance.json', report: {
      kit: 'lamps.lamp', contract: 'lamps', version: '0.1.0', implementation: '@westmarch/green-lamp',
      results: [{ id: 'LMP-001', title: 'it is green', result: 'passed' }, { id: 'LMP-002', title: 'it can be dimmed', result: 'not-applicable' }],
    } }] });
  });
  it('says what is not passed', async () => { expect((await lamp(opens('red'))).ran[0]?.report.results[0]).toEqual({ id: 'LMP-001', title: 'it is green', result: 'failed', detail: 'It is red.' }); });
  it('puts away at the end what all cases shared', async () => {
    const shared = `let opened = 0; exports.harnesses = [{ kit: 'lamps.lamp', end: async () => { globalThis.lampsPutAway = opened; }, source: { open: async () => { opened += 1; return { colour: 'green' }; } } }];`;
    await lamp(shared);
    expect((globalThis as { lampsPutAway?: number }).lampsPutAway).toBe(1);
  });
  it('takes no kit that the package brings itself', async () => {
    const own = `exports.kit = { id: 'easy.kit', contract: 'lamps', cases: [] }; exports.harnesses = [{ kit: 'easy.kit', source: { open: async () => ({}) } }];`;
    expect(await lamp(own)).toEqual({ ran: [], problems: ['Its harness is for the kit easy.kit, which no contract has that it depends on.', 'It provides lamps.lamp, and its harness has nothing for that kit.'] });
  });
  it('misses what is provided and not tried', async () => { expect((await lamp(opens('green'), { 'lamps.lamp': '0.1.0', 'lamps.switch': '0.1.0' })).problems).toEqual(['It provides lamps.switch, and its harness has nothing for that kit.']); });
});
