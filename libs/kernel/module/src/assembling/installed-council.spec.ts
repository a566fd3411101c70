import type { Env } from '@guildhall/kernel-contract';
import { testCouncilDefinition } from '../testing';
import { installCouncils } from './installed-council';

const three = [testCouncilDefinition('riverbourne', 1, []), testCouncilDefinition('glan-afon', 2, []), testCouncilDefinition('bareham', 3, [])];
const production = { port: 4000, isDevelopment: false };

describe('the settings of a council', () => {
  const wants = { ...testCouncilDefinition('care', 5, []), configure: ({ env }: { readonly env: Env }): never => { throw new Error(`The address "${env.secret('CARE_DATABASE').reveal()}" is none.`); } };
  it('are named where one is missing, though what is made of them fails first', () => {
    expect(() => installCouncils([wants], {}, { port: 4000, isDevelopment: true })).toThrow('CARE_DATABASE is missing');
    expect(() => installCouncils([wants], { CARE_DATABASE: 'x' }, { port: 4000, isDevelopment: true })).toThrow('The address "x" is none.');
  });
});

describe('several councils in one process', () => {
  it('are refused when two have one address, for one of them could not be reached', () => {
    const together = { PUBLIC_ORIGIN: 'https://apps.example', BAREHAM_PUBLIC_ORIGIN: 'https://bareham.example' };
    expect(() => installCouncils(three, together, production)).toThrow('riverbourne and glan-afon have the same host name apps.example, and one of them could not be reached. Give each an address of its own: RIVERBOURNE_PUBLIC_ORIGIN and GLAN_AFON_PUBLIC_ORIGIN, and no name of the other\'s in alsoAt.');
    expect(() => installCouncils(three, together, { ...production, isDevelopment: true })).toThrow('riverbourne and glan-afon');
    const apart = installCouncils(three, { ...together, GLAN_AFON_PUBLIC_ORIGIN: 'https://glanafon.example' }, production);
    expect([apart.ofHost('apps.example:443')?.slug, apart.ofHost('glanafon.example')?.slug, apart.ofHost('Bareham.example')?.slug, apart.ofHost('localhost')]).toEqual(['riverbourne', 'glan-afon', 'bareham', undefined]);
  });

  it('are refused when one is at another name of the other, and not when one names itself twice', () => {
    const settings = { RIVERBOURNE_PUBLIC_ORIGIN: 'https://riverbourne.example', OTHER_PUBLIC_ORIGIN: 'https://other.example' };
    const other = (alsoAt: readonly string[]) => testCouncilDefinition('other', 4, [], { council: { alsoAt } });
    expect(() => installCouncils([testCouncilDefinition('riverbourne', 1, []), other(['Riverbourne.example'])], settings, production)).toThrow('the same host name riverbourne.example');
    expect(() => installCouncils([testCouncilDefinition('riverbourne', 1, []), other(['other.example'])], settings, production)).not.toThrow();
  });

  it('have names of their own while developing', () => {
    const councils = installCouncils(three, {}, { port: 4000, isDevelopment: true });
    expect(['localhost', '127.0.0.1', 'riverbourne.localhost', 'glan-afon.localhost', 'bareham.localhost'].map((host) => councils.ofHost(host)?.slug)).toEqual(['riverbourne', 'riverbourne', 'riverbourne', 'glan-afon', 'bareham']);
  });
});
