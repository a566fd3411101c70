import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { declarations } from '../reports/api.mjs';
import { standardIndex, standardPage } from './standard-page.mjs';
import { wordsOf } from './standard-words.mjs';

const DECLARED = `
export interface Contract<Api> { readonly id: string; readonly __api?: Api }
/** What others ask of ponds. */
export interface PondsApi {
  /**
   * Digs one.
   * @throws NotAllowed
   */
  dig(depth: number): Promise<'deep' | 'dry'>;
  readonly depth: number;
}
/** Inject {@link PONDS}. */
export declare const PONDS: Contract<PondsApi>;
/** Why not. */
export type DigRefusal =
  /** There is rock. */
  'rock' | 'listed';
`;

const standard = {
  file: 'ponds.md', name: 'ponds-contract', capability: 'ponds', packageName: '@guildhall/ponds-contract', version: '0.2.0', description: 'The standard of ponds', maturity: 'beta', licence: 'MIT', provides: { ponds: '0.2.0' }, implementedBy: ['@guildhall/ponds'],
  events: [{ type: 'ponds.dug', version: 1, isOutward: false, describes: 'There is a pond.', fields: [] }], permissions: [{ id: 'ponds.dig', title: 'Dig', roles: [] }],
  endpoints: [{ method: 'POST', path: '/api/ponds/v1/ponds', summary: 'Digs <one> | or two', needs: 'ponds.dig', document: 'ponds.json' }],
  kits: [{ id: 'ponds', exported: 'pondsKit', cases: [{ id: 'PON-001', title: 'the same key never digs twice', needs: 'spades' }], reports: [{ implementation: '@guildhall/ponds', passed: 0, notApplicable: ['PON-001'], failed: [] }] }],
};

describe('the page of a standard', () => {
  let folder: string;
  let words: ReturnType<typeof wordsOf>;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'guildhall-standards-'));
    writeFileSync(path.join(folder, 'index.d.ts'), DECLARED);
    words = wordsOf(declarations([path.join(folder, 'index.d.ts')]), path.join(folder, 'index.d.ts'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('has the interface behind a token with what each method does and throws', () => {
    expect(words.contracts).toEqual([{
      name: 'PONDS', doc: 'Inject PONDS.', type: 'PondsApi', typeDoc: 'What others ask of ponds.',
      members: [{ name: 'dig', text: "dig(depth: number): Promise<'deep' | 'dry'>", doc: 'Digs one. Throws NotAllowed.' }, { name: 'depth', text: 'readonly depth: number', doc: '' }],
    }]);
  });
  it('has each reason for which something is refused, in the words of its comment', () => {
    expect(words.refusals).toEqual([{ name: 'DigRefusal', reasons: [{ reason: 'rock', doc: 'There is rock.' }, { reason: 'listed', doc: '' }] }]);
  });
  it('shows every rule by its number, who passes it and what does not apply, endpoints with their permission, events and permissions', () => {
    const page = standardPage({ ...standard, words });
    for (const line of [
      '| **PON-001** | the same key never digs twice | `spades` |', '| `@guildhall/ponds` | 0 | PON-001 | – |', '| `POST /api/ponds/v1/ponds` | Digs &lt;one> \\| or two | `ponds.dig` |',
      '| `ponds.dug` | 1 | There is a pond. | stays inside |', '| `ponds.dig` | Dig | none |', '| `DigRefusal` | `rock` | There is rock. |', '### Contract `PONDS`',
    ]) expect(page.split('\n')).toContain(line);
  });
  it('is listed with how many rules and endpoints it has', () => {
    expect(standardIndex([{ ...standard, words }])).toContain('| [ponds](ponds.md) | 0.2.0 | The standard of ponds. | 1 | 1 |');
  });
});
