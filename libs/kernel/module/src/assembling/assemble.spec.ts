import { defineContract, defineExtensionPoint, defineServicePack, register, type Installation } from '@guildhall/kernel-contract';
import { assemble, WrongAssembly } from './assemble';
import { defineModule, implement, needs } from './define-module';

const contractOf = (id: string, version = '1.0.0') => defineContract<object>({ id, version, dispatch: (pick) => pick as unknown as object });
const CASES = contractOf('cases');
const PAYMENTS = contractOf('payments');
class Nothing {}

function moduleOf(id: string, parts: { provides?: ReturnType<typeof contractOf>[]; requires?: [ReturnType<typeof contractOf>, string][]; registers?: Installation['registers'] } = {}): Installation {
  return defineModule({
    id, version: '0.1.0', packageFolder: __dirname, nest: Nothing, provides: (parts.provides ?? []).map((contract) => implement(contract, Nothing)),
    requires: (parts.requires ?? []).map(([contract, range]) => needs(contract, range)), registers: parts.registers,
  })();
}
const problemsOf = (installations: Installation[]): readonly string[] => {
  try {
    assemble('testham', installations);
    return [];
  } catch (error) {
    if (error instanceof WrongAssembly) return error.problems;
    throw error;
  }
};

describe('assembling a council from modules', () => {
  it('puts what provides a contract before what requires it, whatever the order of the list', () => {
    const cases = moduleOf('cases', { provides: [CASES], requires: [[PAYMENTS, '^1.0.0']] });
    const payments = moduleOf('payments', { provides: [PAYMENTS] });
    expect(assemble('testham', [cases, payments]).map(({ id }) => id)).toEqual(['payments', 'cases']);
    expect(assemble('testham', [payments, cases]).map(({ id }) => id)).toEqual(['payments', 'cases']);
  });

  it('refuses a missing contract, naming who needs it and what to add', () => {
    expect(problemsOf([moduleOf('cases', { requires: [[PAYMENTS, '^1.0.0']] })])).toEqual(['"cases" requires payments ^1.0.0, and no module here provides it. Add payments() to modules, or remove cases.']);
  });

  it('refuses a contract of another version, naming both sides', () => {
    expect(problemsOf([moduleOf('cases', { requires: [[PAYMENTS, '^2.0.0']] }), moduleOf('payments', { provides: [PAYMENTS] })])[0]).toContain('"cases" requires payments ^2.0.0, but "payments" provides 1.0.0');
  });

  it('refuses a module that another copy of the kernel made, and says how it is installed', () => {
    let another: typeof defineModule | undefined;
    jest.isolateModules(() => { another = jest.requireActual<{ defineModule: typeof defineModule }>('./define-module').defineModule; });
    const linked = another?.({ id: 'lost-property', version: '0.1.0', packageFolder: '/somewhere/lost-property', nest: Nothing })();
    expect(problemsOf([linked as Installation])).toEqual([expect.stringMatching(/^"lost-property" \(\/somewhere\/lost-property\) was made by another copy of @guildhall\/kernel .* npm install --install-links\.$/)]);
  });

  it('refuses two modules in one slot', () => {
    expect(problemsOf([moduleOf('payments', { provides: [PAYMENTS] }), moduleOf('other-payments', { provides: [PAYMENTS] })])[0]).toContain('"payments" and "other-payments" both provide payments');
  });

  it('refuses the same module twice', () => {
    expect(problemsOf([moduleOf('payments'), moduleOf('payments')])).toContain('"payments" is in the list of modules twice. Keep one of them.');
  });

  it('refuses a circle, and draws it', () => {
    const problems = problemsOf([moduleOf('cases', { provides: [CASES], requires: [[PAYMENTS, '^1.0.0']] }), moduleOf('payments', { provides: [PAYMENTS], requires: [[CASES, '^1.0.0']] })]);
    expect(problems[0]).toContain('cases → payments → cases');
  });

  it('refuses two registrations with one id at one extension point', () => {
    const POINT = defineExtensionPoint<{ id: string }>('services.service');
    const pack = (id: string): Installation => defineServicePack({ id, version: '0.1.0', options: {}, requires: [], registers: [register(POINT, { id: 'garden-waste' })] });
    expect(problemsOf([pack('ours'), pack('theirs')])).toEqual(['"ours" and "theirs" both register "garden-waste" at services.service. One must have another id, or be removed.']);
  });

  it('reports every problem at once', () => {
    expect(problemsOf([moduleOf('cases', { requires: [[PAYMENTS, '^1.0.0'], [CASES, '^1.0.0']] })])).toHaveLength(2);
  });
});
