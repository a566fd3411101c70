import { factsOf } from '@guildhall/catalogue-contract';
import { exampleFiles } from '@guildhall/catalogue-contract/testing';
import { kitsPassed } from './kits-passed';

const facts = (results: readonly string[]): ReturnType<typeof factsOf> => factsOf(new Map(Object.entries(exampleFiles('@westmarch/parking', '1.0.0', { guildhall: { kind: 'module', id: 'parking', owner: 'Westmarch Digital', languages: ['en', 'cy'], conformance: ['conformance.json'] } }, { 'conformance.json': JSON.stringify({ kit: 'parking', contract: 'parking', version: '0.1.0', implementation: '@westmarch/parking', results: results.map((result, at) => ({ id: `PAR-00${at}`, title: 'parks', result })) }) })).map(([path, text]) => [path, Buffer.from(text)])));

it.each<readonly [readonly string[], string]>([
  [['passed', 'not-applicable'], 'passed'], [['passed', 'failed'], 'failed'], [['not-applicable'], 'not-applicable'],
])('a report of %j is, as a whole, %s', (results, whole) => {
  const read = facts(results);
  expect(read.ok && kitsPassed(read.value).map(({ result }) => result)).toEqual([whole]);
});
it('a report of no test is no report', () => { expect(facts([])).toMatchObject({ ok: false, refusal: { message: expect.stringContaining('report of a kit') as string } }); });
