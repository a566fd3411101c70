import { generateKeyPairSync } from 'node:crypto';
import { Secret } from '@guildhall/kernel-contract';
import type { Outcome, Refusal } from '@guildhall/kernel-contract';
import { plainOutbound } from '@guildhall/kernel-contract/testing';
import { certificateOf } from '../test/certificate';
import { STREETS, newKey, signedUp, testham } from './testing/signed-up';
import type { Changes, SignedUp } from './testing/signed-up';
import { entraId, keycloak, officerSingleSignOn } from './index';
import { entraParts } from './officers.provider';
import { SIMULATED_STAFF } from './simulator/index';
import type { Shape } from './simulator/index';

const reasonOf = (outcome: Outcome<unknown, Refusal<string>>): string => (outcome.ok ? 'accepted' : outcome.refusal.reason);
const PROOF = { clientId: 'desk', clientSecret: new Secret('of-the-desk') };
let up: SignedUp;
afterEach(() => up.simulator.stop());
const at = async (shape: Shape) => { up = await signedUp(shape); };

describe.each(['entra', 'keycloak', 'officers'] as const)('officers at a far end of the kind "%s"', (shape) => {
  beforeEach(async () => { up = await signedUp(shape, { people: SIMULATED_STAFF }); });

  it('have the roles and teams that their groups are mapped to, and a work address', async () => {
    expect(await up.signIn('gethin')).toMatchObject({ ok: true, value: { name: 'Gethin Invented', verifiedEmail: 'gethin.invented@testham.example', staff: { roles: ['case-officer'], teams: ['streets'] }, confidence: 'none' } });
    expect(await up.signIn('marta')).toMatchObject({ ok: true, value: { staff: { roles: ['case-officer', 'team-manager'], teams: ['streets', 'waste'] } } });
  });

  it('do not get in with a password alone, and do with the second factor', async () => {
    expect(reasonOf(await up.signIn('sunil'))).toBe('no-second-factor');
    expect(reasonOf(await up.signIn('gethin', { factor: 'one' }))).toBe('no-second-factor');
    expect(reasonOf(await up.signIn('sunil', { factor: 'two' }))).toBe('accepted');
  });

  it('who have no group that is mapped have no role, and no team either', async () => {
    up.simulator.change('noor', { groups: [STREETS, '/guildhall/streets'], roles: [] });
    expect(await up.signIn('noor')).toMatchObject({ ok: true, value: { staff: { roles: [], teams: [] } } });
  });

  it('who lose a role have lost it when they are looked at again', async () => {
    const asking = up.made(testham, shape === 'officers' ? { scopes: ['profile', 'email', 'offline_access'] } : {});
    const first = await up.signIn('marta', { at: asking });
    up.simulator.change('marta', { roles: ['Desk.CaseOfficer'] });
    expect(await asking.recheck?.(first.ok ? first.value.recheck ?? '' : '')).toMatchObject({ ok: true, value: { staff: { roles: ['case-officer'] } } });
  });

  it('are named in no line of the log', async () => {
    await up.signIn('sunil');
    expect(up.log.lines.map(({ event }) => event)).toEqual(['identity.oidc.refused']);
    expect(JSON.stringify(up.log.lines)).not.toMatch(/sunil|passwordonly/i);
  });
});

describe('officers at Entra ID', () => {
  beforeEach(() => at('entra'));

  it('are asked for the authentication context that demands the second factor', async () => {
    const { searchParams } = new URL((await up.provider.begin({ redirectUri: up.redirectUri, language: 'en' })).url);
    expect(JSON.parse(searchParams.get('claims') ?? '')).toEqual({ id_token: { acrs: { essential: true, value: 'c1' } } });
    expect(searchParams.get('scope')).toBe('openid profile email offline_access');
  });

  it('of another directory are refused, though everything else is right', async () => {
    up.simulator.fail('id-token-other-tenant');
    expect(reasonOf(await up.signIn('gethin'))).toBe('not-valid');
    up.simulator.fail('id-token-template-issuer');
    expect(reasonOf(await up.signIn('gethin'))).toBe('not-valid');
  });

  it('are known by what the directory calls them (oid): their sub is another one for each application', async () => {
    const outcome = await up.signIn('gethin');
    expect(outcome).toMatchObject({ ok: true, value: { subject: expect.stringMatching(/^0a1b2c3d-0000-4000-8000-/) } });
    expect(outcome).not.toMatchObject({ value: { subject: up.simulator.subjectOf('gethin') } });
    up.simulator.fail('id-token-without-oid');
    expect(reasonOf(await up.signIn('gethin'))).toBe('not-valid');
  });

  it('in more groups than a token lists are refused, since their roles are not known (overage)', async () => {
    expect(await up.signIn('bram')).toMatchObject({ ok: false, refusal: { reason: 'too-many-groups', message: expect.stringContaining('Give app roles') } });
    // A council that goes by app roles alone does not look at groups.
    expect(reasonOf(await up.signIn('bram', { at: up.made(testham, { rolesIn: ['roles'] }) }))).toBe('accepted');
  });

  it('who were invited from another directory have no role', async () => {
    expect(await up.signIn('ines')).toMatchObject({ ok: true, value: { staff: { roles: [], teams: [] } } });
  });

  it('have no work address outside the council’s own domains: Entra ID vouches for none', async () => {
    const outcome = await up.signIn('rhodri');
    expect(outcome).toMatchObject({ ok: true });
    expect(outcome).not.toHaveProperty('value.verifiedEmail');
  });

  it('without a mailbox have the name that they sign in by for a work address, where it is of the council’s domains', async () => {
    up.simulator.change('gethin', { hasMailbox: false });
    expect(await up.signIn('gethin')).toMatchObject({ ok: true, value: { verifiedEmail: 'gethin.invented@testham.example' } });
  });

  it('come without an answer that names the issuer, which Entra ID does not send', async () => {
    const begun = await up.provider.begin({ redirectUri: up.redirectUri, language: 'en' });
    const answer = await up.choose(begun.url, { person: 'gethin' });
    expect(answer).not.toHaveProperty('iss');
    expect(reasonOf(await up.provider.complete({ ...answer, iss: 'https://somebody-else.example/' }, begun.keep))).toBe('not-valid');
  });

  it.each(['common', 'organizations', 'consumers', 'testham.onmicrosoft.example', '', '{tenantid}'])('cannot be let in from the directory "%s"', (tenant) => {
    expect(() => entraId({ ...PROOF, tenant, emailDomains: ['testham.example'], roles: { adviser: ['x'] } })).toThrow('a GUID');
  });

  it('need domains of work addresses and a mapped role in the configuration', () => {
    const tenant = '0a1b2c3d-0000-4000-8000-00000000c0de';
    expect(() => entraId({ ...PROOF, tenant, emailDomains: [], roles: { adviser: ['x'] } })).toThrow('list the domains');
    expect(() => entraId({ ...PROOF, tenant, emailDomains: ['a.example'], roles: {} })).toThrow('No group gives any role');
    expect(() => entraId({ ...PROOF, tenant, emailDomains: ['a.example'], roles: { adviser: ['x'] }, secondFactor: {} })).toThrow('lists nothing');
    expect(entraId({ ...PROOF, tenant, emailDomains: ['a.example'], roles: { adviser: ['x'] } })).toMatchObject({ id: 'identity.officer-sso', isSandbox: false });
    expect(entraParts({ ...PROOF, tenant: tenant.toUpperCase(), emailDomains: ['a.example'], roles: { adviser: ['x'] } }).pinned.issuer).toBe(`https://login.microsoftonline.com/${tenant}/v2.0`);
  });

  it('are spoken for by a key with a certificate, whose thumbprint stands in what it signs', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = `${privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()}${certificateOf(publicKey, privateKey)}`;
    let sent = '';
    const outbound: typeof plainOutbound = { fetch: (url, request) => { if (request?.body instanceof URLSearchParams) sent = request.body.get('client_assertion') ?? ''; return plainOutbound.fetch(url, request); } };
    const provider = up.made(testham, { privateKey: new Secret(pem) }, { outbound });
    up.simulator.register({ ...up.registrationOf(testham), clientSecret: undefined, publicKeys: { keys: (await provider.publicKeys?.())?.keys ?? [] } });
    expect(reasonOf(await up.signIn('gethin', { at: provider }))).toBe('accepted');
    expect(() => up.made(testham, { privateKey: new Secret(`${newKey()}${certificateOf(publicKey, privateKey)}`) })).toThrow('is of another key');
    const { decodeJwt, decodeProtectedHeader } = await import('jose');
    expect(decodeProtectedHeader(sent)).toMatchObject({ alg: 'PS256', 'x5t#S256': expect.stringMatching(/^[\w-]{43}$/) });
    expect(decodeJwt(sent).aud).toBe(`${up.simulator.issuer.replace('/v2.0', '')}/oauth2/v2.0/token`);
  });
});

describe('officers at Keycloak', () => {
  beforeEach(() => at('keycloak'));

  it('are found by the paths of their groups, where the council maps those', async () => {
    const byGroup: Changes = { roles: { 'case-officer': ['/guildhall/streets'] } };
    expect(await up.signIn('gethin', { at: up.made(testham, byGroup) })).toMatchObject({ ok: true, value: { staff: { roles: ['case-officer'], teams: ['streets'] } } });
    expect(await up.signIn('noor', { at: up.made(testham, byGroup) })).toMatchObject({ ok: true, value: { staff: { roles: [] } } });
  });

  it('are asked for the class of authentication that demands the second factor, where the council goes by that', async () => {
    const byClass = up.made(testham, { secondFactor: { acr: ['2'] } });
    expect(new URL((await byClass.begin({ redirectUri: up.redirectUri, language: 'en' })).url).searchParams.get('acr_values')).toBe('2');
    expect(reasonOf(await up.signIn('gethin', { at: byClass }))).toBe('accepted');
    expect(reasonOf(await up.signIn('gethin', { at: byClass, factor: 'one' }))).toBe('no-second-factor');
  });

  it('have no work address that nobody verified', async () => {
    up.simulator.change('gethin', { isEmailVerified: false });
    expect(await up.signIn('gethin')).not.toHaveProperty('value.verifiedEmail');
    expect(await up.signIn('gethin', { at: up.made(testham, { emailDomains: ['testham.example'] }) })).not.toHaveProperty('value.verifiedEmail');
  });

  it('are no longer vouched for when they signed out there, or when the key that a refresh is signed by is nobody’s', async () => {
    const first = await up.signIn('gethin');
    const kept = first.ok ? first.value.recheck ?? '' : '';
    up.simulator.fail('id-token-forged');
    expect(await up.provider.recheck?.(kept)).toMatchObject({ ok: false, refusal: { reason: 'no-longer-vouched' } });
  });

  it('are not sent away because the council’s secret has lapsed: that is the council’s trouble', async () => {
    const first = await up.signIn('gethin');
    const later = up.made(testham, { clientSecret: new Secret('another') });
    await expect(later.recheck?.(first.ok ? first.value.recheck ?? '' : '')).rejects.toMatchObject({ code: 'unavailable' });
  });

  it.each([429, 503])('are looked at again after %i', async (status) => {
    const first = await up.signIn('gethin');
    up.simulator.answer('token', { status, times: 2 });
    expect(await up.provider.recheck?.(first.ok ? first.value.recheck ?? '' : '')).toMatchObject({ ok: true });
  });
});

describe('officers elsewhere', () => {
  beforeEach(async () => { up = await signedUp('officers', { people: SIMULATED_STAFF }); });

  it('are looked at again where the council asks for a refresh token, and it is on the record where there is none', async () => {
    expect(await up.signIn('gethin')).not.toHaveProperty('value.recheck');
    expect(up.log.lines).toEqual([{ level: 'warn', event: 'identity.oidc.no-refresh-token', ids: { provider: 'identity.officer-sso' } }]);
    const asking = up.made(testham, { scopes: ['profile', 'email', 'offline_access'] });
    const first = await up.signIn('gethin', { at: asking });
    expect(await asking.recheck?.(first.ok ? first.value.recheck ?? '' : '')).toMatchObject({ ok: true, value: { staff: { roles: ['case-officer'] } } });
  });

  it('may say by a refresh who they are in the user information alone (OpenID Connect Core 12.2)', async () => {
    const asking = up.made(testham, { scopes: ['profile', 'email', 'offline_access'] });
    const first = await up.signIn('gethin', { at: asking });
    up.simulator.answer('token', { body: JSON.stringify({ access_token: 'of-nobody', token_type: 'Bearer' }) });
    await expect(asking.recheck?.(first.ok ? first.value.recheck ?? '' : '')).rejects.toMatchObject({ code: 'unavailable' });
    up.simulator.answer('userinfo', { body: JSON.stringify({ sub: up.simulator.subjectOf('gethin'), roles: ['Desk.Adviser'] }) });
    expect(await asking.recheck?.(first.ok ? first.value.recheck ?? '' : '')).toMatchObject({ ok: true, value: { staff: { roles: ['adviser'] } } });
    up.simulator.answer('userinfo', { body: JSON.stringify({ sub: up.simulator.subjectOf('marta'), roles: ['Desk.Manager'] }) });
    await expect(asking.recheck?.(first.ok ? first.value.recheck ?? '' : '')).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('the configuration of officers’ sign-in', () => {
  beforeEach(() => at('keycloak'));

  it('names the issuer of a realm, and is a sandbox only where the far end is on this machine', () => {
    const roles = { adviser: ['/advisers'] };
    expect(keycloak({ ...PROOF, url: 'https://sso.testham.example/', realm: 'staff', roles })).toMatchObject({ isSandbox: false, port: { id: 'identity.officer-sign-in' } });
    expect(keycloak({ ...PROOF, url: up.simulator.origin, realm: 'staff', roles })).toMatchObject({ isSandbox: true });
    expect(() => officerSingleSignOn({ ...PROOF, issuer: 'http://sso.testham.example', roles })).toThrow('must begin with https');
    expect(() => officerSingleSignOn({ ...PROOF, issuer: 'https://sso.testham.example', roles: { mayor: ['x'] } as never })).toThrow('and no others');
    expect(() => officerSingleSignOn({ ...PROOF, issuer: 'https://sso.testham.example', roles, teams: [{ teamId: 'Not A Slug', title: { en: 'x', cy: 'x' }, from: [] }] })).toThrow('slug');
  });

  it('hands on the teams with their titles, for the desk to know', () => {
    expect(up.provider.teams?.map(({ teamId }) => teamId)).toEqual(['streets', 'waste']);
  });
});
