import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GuildhallModule } from '@guildhall/kernel';
import { STARTER_ATTRIBUTES, STARTER_PURPOSES } from '@guildhall/sharing-contract';
import { exchangeNode } from './node-config';

const example = JSON.parse(readFileSync(join(__dirname, '../node.example.json'), 'utf8')) as object;
const folder = mkdtempSync(join(process.env['GUILDHALL_TEST_RUN'] ?? tmpdir(), 'node-config-'));
const fileWith = (content: string): string => {
  const file = join(folder, 'node.json');
  writeFileSync(file, content);
  return file;
};
const nodeWith = (changes: object) => exchangeNode(fileWith(JSON.stringify({ ...example, ...changes })));
const production = (officers: object): unknown => GuildhallModule.forRoot(nodeWith({ origin: 'https://share.care.example', officers }), { databaseUrl: 'postgres://nobody@localhost/none', isDevelopment: false, settings: { PUBLIC_ORIGIN: 'https://share.care.example', SSO_SECRET: 'hunter2' } });
const oidc = { kind: 'oidc', issuer: 'https://sso.care.example', clientId: 'share', clientSecret: 'SSO_SECRET', roles: { 'team-manager': ['information-governance'] } };
const mapping = { source: 'care-register', localId: 'id', attributes: { 'care.receives': { column: 'care' } } };

const assessor = { id: 'assess-it', name: { en: 'Assess It', cy: 'Asesu' }, keys: [{ keyid: 'assess-it#1', x: 'A'.repeat(43), from: '2026-01-01T00:00:00Z' }], accreditations: ['CHECK'], linkedTo: ['host-it'] };
const vocabulary = { attributes: STARTER_ATTRIBUTES, purposes: STARTER_PURPOSES };

describe('the one file of a node', () => {
  it('may name assessors, and words of its own', () => { expect(nodeWith({ assessors: [assessor], vocabulary }).slug).toBe('aldermoor-care-trust'); });
  it('makes a body of it', () => { expect(exchangeNode(join(__dirname, '../node.example.json')).slug).toBe('aldermoor-care-trust'); });
  it('may say where it knows people from', () => {
    expect(nodeWith({ sources: [{ kind: 'sql', connection: 'BACK_OFFICE', tables: [{ ...mapping, table: 'care.person' }] }, { kind: 'csv', folder: '/srv/drop', file: 'care-*.csv', columns: mapping }] }).slug).toBe('aldermoor-care-trust');
    const rest = { kind: 'rest', address: 'https://care.aldermoor.example/api/people/{id}', credential: 'CARE_KEY', mapping: { ...mapping, localId: '/id', attributes: { 'care.receives': { column: '/care' } } } };
    expect(nodeWith({ sources: [rest, { ...rest, credentialHeader: 'X-API-Key', person: '/data', find: { address: 'https://care.aldermoor.example/api/people?born={dateOfBirth}', people: '/data', total: '/total' }, isInOwnNetwork: true, testPerson: 'TEST-1', name: 'care' }] }).slug).toBe('aldermoor-care-trust');
  });
  it('may follow a region’s list, and say what must have been found of it', () => {
    const by = { id: 'north-region', name: { en: 'North Region', cy: 'Rhanbarth y Gogledd' }, keys: [{ keyid: 'north-region#2026-1', x: 'A'.repeat(43), from: '2026-04-01T00:00:00Z' }] };
    const policy = { hosting: { by: 'third-party', principles: ['1', '10'], within: 'P400D' }, modules: { kit: 'passed', reviewedBy: 'peer' }, whenMissing: 'refuse' };
    expect(nodeWith({ lists: [{ id: 'north', by, url: 'https://north.example/trust-list.json', publications: 'https://north.example/publications.json', graceInDays: 0 }], deployment: { assessments: '/srv/assessments', suppliers: ['host-it'], policy } }).slug).toBe('aldermoor-care-trust');
    expect(() => nodeWith({ lists: [{ id: 'north', by: { ...by, keys: [] }, url: 'north' }] })).toThrow(/lists\.0\.url.*lists\.0\.by\.keys/);
    expect(() => nodeWith({ deployment: { policy: { ...policy, whenMissing: 'ignore' } } })).toThrow(/deployment\.policy\.whenMissing is none of refuse, warn/);
  });
  it('may say how its own officers sign in, and starts with that in production', () => {
    expect(() => production(oidc)).not.toThrow();
    expect(() => production({ kind: 'entra', tenant: '0a1b2c3d-0000-4000-8000-00000000c0de', clientId: 'share', clientSecret: 'SSO_SECRET', emailDomains: ['care.example'], roles: { 'case-officer': ['Share.Reads'], 'team-manager': ['Share.Manages'] } })).not.toThrow();
  });
  it('lets invented officers in for practice, and not in production', () => {
    expect(nodeWith({ officers: { kind: 'practice' } }).slug).toBe('aldermoor-care-trust');
    expect(() => production({ kind: 'practice' })).toThrow('identity.demo-officers is a sandbox');
  });
  it('has no desk, and nobody who signs in, unless told', () => {
    const modules = (changes: object): readonly string[] => nodeWith(changes).configure({ env: { origin: () => 'https://share.care.example' } as never }).modules.map(({ id }) => id);
    expect(modules({})).toEqual(['sharing', 'node-people']);
    expect(modules({ officers: { kind: 'practice' } })).toEqual(['sharing', 'node-people', 'identity', 'portal', 'node-desk']);
  });
  it.each<readonly [string, object, RegExp]>([
    ['takes no secret of the single sign-on, only the name of its setting', { officers: { ...oidc, clientSecret: 'hunter2' } }, /officers\.clientSecret must match pattern/],
    ['wants a group that gives a role', { officers: { ...oidc, roles: {} } }, /officers\.roles must NOT have fewer/],
    ['knows three ways for officers', { officers: { kind: 'password' } }, /officers/],
    ['names every place that is wrong', { id: '1', keys: [], nhsNumber: 'x' }, /id must match pattern.*keys must NOT have fewer.*|nhsNumber is not known here/],
    ['takes no address of a database, only the name of its setting', { sources: [{ kind: 'sql', connection: 'postgres://reads:secret@db.example/x', tables: [{ ...mapping, table: 'a' }] }] }, /sources\.0\.connection must match pattern/],
    ['knows three kinds of source', { sources: [{ kind: 'ftp' }] }, /sources\.0/],
    ['takes no credential, only the name of its setting, and no address that is none', { sources: [{ kind: 'rest', address: 'care/{id}', credential: 'hunter2', person: 'data', mapping }] }, /sources\.0\.address must match pattern.*sources\.0\.credential must match pattern.*sources\.0\.person must match pattern/],
    ['wants a mapping', { sources: [{ kind: 'csv', folder: '/srv/drop', file: 'a.csv', columns: { source: 'a' } }] }, /sources\.0\.columns\.localId is missing/],
    ['wants assessors with their keys, and with whom each belongs', { assessors: [{ id: 'x' }] }, /assessors\.0\.name is missing.*assessors\.0\.keys is missing.*assessors\.0\.linkedTo is missing/],
    ['wants a key that is one', { assessors: [{ ...assessor, keys: [{ keyid: 'assess-it#1', x: 'short', from: '2026-01-01T00:00:00Z' }] }] }, /assessors\.0\.keys\.0\.x must match pattern/],
    ['wants to know of an item what it is, in both languages, and how much harm it could do', { vocabulary: { ...vocabulary, attributes: [{ id: 'care.receives', title: { en: 'Gets care' }, form: 'yes' }] } }, /vocabulary\.attributes\.0\.yours is missing.*vocabulary\.attributes\.0\.sensitivity is missing.*vocabulary\.attributes\.0\.title\.cy is missing.*vocabulary\.attributes\.0\.form is none of/],
    ['wants to know what each purpose is', { vocabulary: { ...vocabulary, purposes: [{ id: 'care-assessment' }] } }, /vocabulary\.purposes\.0\.to is missing/],
    ['wants a guideline that is one', { guideline: { id: 'x' } }, /guideline\.rules is missing/],
  ])('%s', (_what, changes, message) => { expect(() => nodeWith(changes)).toThrow(message); });
  it('does not repeat what it refuses', () => { expect(() => nodeWith({ sources: [{ kind: 'sql', connection: 'postgres://reads:hunter2@db.example/x', tables: [{ ...mapping, table: 'a' }] }] })).toThrow(expect.objectContaining({ message: expect.not.stringContaining('hunter2') })); });
  it('says so when it is not there, or no JSON', () => {
    expect(() => exchangeNode(join(folder, 'none.json'))).toThrow(/none\.json cannot be read as JSON/);
    expect(() => exchangeNode(fileWith('{'))).toThrow(/node\.json cannot be read as JSON/);
  });
});
