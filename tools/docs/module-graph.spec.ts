import { readFileSync } from 'node:fs';
import { between, document, drawn, moduleGraph, packageTable } from './module-graph.mjs';

const pack = (name: string, layer: string, capability: string | undefined, dependencies: readonly string[] = [], requires: Readonly<Record<string, string>> = {}) =>
  ({ name, folder: name, manifest: { nx: { tags: [`layer:${layer}`, ...(capability ? [`capability:${capability}`] : [])] }, dependencies: Object.fromEntries(dependencies.map((each) => [`@guildhall/${each}`, '^0.1.0'])), guildhall: { requires } } });
const all = [
  pack('payments-contract', 'contract', 'payments', ['kernel-contract']), pack('portal-contract', 'contract', 'portal'), pack('kernel-contract', 'contract', 'kernel'), pack('cases-contract', 'contract', 'cases'),
  pack('payments', 'module', 'payments', ['payments-contract', 'kernel-contract', 'cases-contract', 'portal-contract'], { cases: '^0.1.0' }), pack('cases', 'module', 'cases', ['cases-contract']),
  pack('payments-provider-govuk-pay', 'provider', 'payments', ['payments-contract']), pack('garden-waste', 'service-pack', undefined, ['cases-contract']),
];

describe('the graph of modules', () => {
  it('has an arrow for what a module requires, a dotted one for what it can use, and none for itself or the kernel', () => {
    expect(moduleGraph(all)).toBe(['```mermaid', 'flowchart LR', '  payments["payments"]', '  cases["cases"]', '  payments --> cases', '  payments -.-> portal', '```'].join('\n'));
  });
  it('lists who implements, provides for and builds on each contract', () => {
    expect(packageTable(all).split('\n')).toEqual(expect.arrayContaining([
      '| payments | `payments-contract` | `payments` | `payments-provider-govuk-pay` | – |', '| cases | `cases-contract` | `cases` | – | `garden-waste` |',
    ]));
  });
  it('replaces what stands between its markers, and nothing else', () => {
    const text = 'a\n<!-- x: written by tools/docs/module-graph.mjs -->\nold\n<!-- /x -->\nb';
    expect(between(text, 'x', 'new')).toBe(text.replace('old', 'new'));
  });
  it('says what to do when the document has no place for it', () => {
    expect(() => between('nothing', 'x', 'new')).toThrow('has no place for the x');
  });
  it('in docs/architecture.md is that of the packages as they are: node tools/docs/module-graph.mjs writes it', () => {
    const text = readFileSync(document, 'utf8');
    expect(text).toBe(drawn(text));
  });
});
