import type { CatalogueApi } from '@guildhall/catalogue-contract';
import { exampleFiles, examplePublisher, exampleRelease } from '@guildhall/catalogue-contract/testing';
import type { Database } from '@guildhall/kernel';
import type { Log, RequestContext } from '@guildhall/kernel-contract';
import { FixedClock } from '@guildhall/kernel-contract/testing';
import { FetchesBills } from './fetches-bills';

describe('bills of materials that a feed does not carry', () => {
  const by = examplePublisher('westmarch');
  const releases = Array.from({ length: 50 }, (_one, at) => ({ version: `1.${at}.0`, ...exampleRelease(by, exampleFiles('@westmarch/parking', `1.${at}.0`), 'a'.repeat(128), { at: new Date('2026-11-01T09:00:00Z') }) }));
  /** How it goes with so many that are to be had there. */
  const fetched = async (lacking: typeof releases, isThere: (version: string) => boolean): Promise<{ readonly goesOn: boolean; readonly kept: number }> => {
    let kept = 0;
    const query = (_ctx: unknown, text: string, values: readonly unknown[]): Promise<readonly unknown[]> => {
      if (text.startsWith('select')) return Promise.resolve(lacking.map(({ version, release }) => ({ name: '@westmarch/parking', version, digest: version, envelope: release })));
      if (values[2] !== null) kept++;
      return Promise.resolve([]);
    };
    const there = { components: (_ctx: unknown, _name: string, version: string) => Promise.resolve(`${lacking.find((one) => one.version === version)?.components ?? ''}${isThere(version) ? '' : ' '}`) } as unknown as CatalogueApi;
    const fetches = new FetchesBills({ query } as unknown as Database, new FixedClock(), { warn: () => undefined } as unknown as Log);
    return { goesOn: await fetches.fetch({ council: { id: 'any' } } as RequestContext, there, 'north.example/feed'), kept };
  };

  it.each([
    ['all of fifty are to be had, and there may be more', releases, () => true, { goesOn: true, kept: 50 }],
    ['one of fifty is not what was signed: others do not wait for it', releases, (version: string) => version !== '1.0.0', { goesOn: true, kept: 49 }],
    ['none is to be had', releases, () => false, { goesOn: false, kept: 0 }],
    ['there are no more', releases.slice(0, 3), () => true, { goesOn: false, kept: 3 }],
  ] as const)('%s', async (_how, lacking, isThere, expected) => {
    expect(await fetched([...lacking], isThere)).toEqual(expected);
  });
});
