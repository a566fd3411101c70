import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import { declaredBy, problemsOf } from './manifests.mjs';

const validate = new Ajv({ allErrors: true }).compile(JSON.parse(readFileSync(path.join(__dirname, '../../libs/kernel/contract/manifest.schema.json'), 'utf8')) as object);
const known = declaredBy([{
  PAYMENTS: { id: 'payments', version: '0.2.0', token: Symbol('payments'), dispatch: () => undefined },
  PAYMENT_PROVIDER: { id: 'payments.payment-provider', version: '0.1.0' },
  PaymentSucceeded: { type: 'payments.payment-succeeded', version: 1 },
  VIEW: { id: 'payments.view', title: 'See payments', roles: ['adviser'] },
  TAKE_JOB: { id: 'payments.take' }, assertNever: () => undefined,
}]);
const right = { kind: 'provider', id: 'payments.sandbox', owner: 'Guildhall maintainers', maturity: 'beta', provides: { 'payments.payment-provider': '0.1.0' }, personalData: [], languages: ['en', 'cy'], descriptions: { cy: 'Tudalen dalu i ymarfer â hi.' } };

function problems(guildhall: object | undefined, description = 'A payment page to practise with.'): string[] {
  return problemsOf({ folder: 'libs/payments/providers/sandbox', name: 'x', manifest: { description, nx: { tags: ['layer:provider'] }, guildhall } }, validate, known);
}

describe('a manifest', () => {
  it('is accepted when it says what is so', () => {
    expect(problems(right)).toEqual([]);
  });
  it('is asked for where there is none, with where to read how', () => {
    expect(problems(undefined)).toEqual([expect.stringMatching(/has no manifest.*manifest\.schema\.json/)]);
  });
  it('is refused by the schema: a missing owner, an unknown field, an unknown maturity', () => {
    const { owner: _owner, ...rest } = right;
    expect(problems({ ...rest, maturity: 'fine', colour: 'red' })).toEqual(expect.arrayContaining([expect.stringMatching(/'owner'/), expect.stringMatching(/colour/), expect.stringMatching(/maturity/)]));
  });
  it('is refused when a provider says not what it provides, or nothing of personal data', () => {
    expect(problems({ kind: 'provider', id: 'payments.sandbox', owner: 'Us all', maturity: 'beta', descriptions: right.descriptions })).toEqual(expect.arrayContaining([expect.stringMatching(/'provides'/), expect.stringMatching(/'personalData'/)]));
  });
  it('is refused when it names what no contract declares, or in another version', () => {
    expect(problems({ ...right, provides: { 'payments.page': '0.1.0' } })).toEqual(['provides payments.page, which no contract declares.']);
    expect(problems({ ...right, provides: { 'payments.payment-provider': '0.9.0' } })).toEqual(['provides payments.payment-provider 0.9.0, but that is at 0.1.0.']);
    expect(problems({ ...right, requires: { payments: '^0.1.0', 'payments.take': '^0.1.0' } })).toEqual(['requires payments ^0.1.0, but that is at 0.2.0.', 'requires payments.take, which no contract declares.']);
    expect(problems({ ...right, events: ['payments.payment-lost'] })).toEqual(['names the event payments.payment-lost, which no contract declares.']);
  });
  it('is refused when a permission is not in words, or in others than the code has', () => {
    const saying = (permissions: readonly string[], permissionTitles?: object): readonly string[] => problems({ ...right, permissions, ...(permissionTitles && { permissionTitles }) });
    expect(saying(['payments.view'], { 'payments.view': { en: 'See payments', cy: 'Gweld taliadau' } })).toEqual([]);
    expect(saying(['payments.view'])).toEqual(['does not say in words what payments.view lets an officer do.']);
    expect(saying([], { 'payments.view': { en: 'See payments', cy: 'Gweld taliadau' } })).toEqual(['says in words what payments.view lets an officer do, and does not name it under "permissions".']);
    expect(saying(['payments.view'], { 'payments.view': { en: 'See money', cy: 'Gweld arian' } })).toEqual(['says that payments.view is “See money”, and the code says “See payments”.']);
    expect(saying(['payments.view'], { 'payments.view': { en: 'See payments' } })).toContainEqual(expect.stringContaining("must have required property 'cy'"));
  });
  it('is refused when it is described in one language', () => {
    const { descriptions: _descriptions, ...inEnglish } = right;
    expect(problems(inEnglish)).toEqual([expect.stringMatching(/^has no description in Welsh/)]);
  });
  it('is refused when its kind is not that of its layer, or the package has no description', () => {
    expect(problems({ ...right, kind: 'theme' }, '')).toEqual(['has no description: a catalogue would show nothing.', 'says it is a theme, but its layer makes it a provider.']);
  });
});
