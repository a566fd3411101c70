import { createHash, createPrivateKey, createPublicKey } from 'node:crypto';
import { createLocalJWKSet, jwtVerify, SignJWT } from 'jose';
import type { JSONWebKeySet } from 'jose';
import { newKey } from '../testing/signed-up';
import { FAULTS, startOneLoginSimulator } from './index';
import type { OneLoginSimulator, SimulatedClient } from './index';

const BACK = 'https://testham.example/back';
const AGENT = { 'user-agent': 'spec' };
const key = createPrivateKey(newKey());
const stranger = createPrivateKey(newKey());
let simulator: OneLoginSimulator;
let now = new Date('2026-11-23T09:00:00Z');
const client = (changes: Partial<SimulatedClient> = {}): SimulatedClient => ({
  clientId: 'testham', publicKeys: { keys: [{ ...createPublicKey(key).export({ format: 'jwk' }), kid: 'k1' }] }, redirectUris: [BACK], postLogoutRedirectUris: ['https://testham.example/out'], levels: ['P0', 'P2'], ...changes,
});
beforeEach(async () => { now = new Date('2026-11-23T09:00:00Z'); simulator = await startOneLoginSimulator({ clients: [client()], now: () => now }); });
afterEach(() => simulator.stop());

const seconds = () => Math.floor(now.getTime() / 1000);
let count = 0;
async function assertion(changes: Readonly<Record<string, unknown>> = {}, { alg = 'RS256', by = key } = {}): Promise<string> {
  return new SignJWT({ iss: 'testham', sub: 'testham', aud: `${simulator.origin}/token`, iat: seconds(), exp: seconds() + 60, jti: `id-${count++}`, ...changes }).setProtectedHeader({ alg, kid: 'k1' }).sign(by);
}
async function authorize(changes: Readonly<Record<string, string | undefined>> = {}): Promise<Response> {
  const query = new URLSearchParams(Object.entries({ response_type: 'code', client_id: 'testham', redirect_uri: BACK, scope: 'openid email', state: 'a-state', nonce: 'a-nonce', vtr: '["Cl.Cm"]', ...changes }).filter((entry): entry is [string, string] => entry[1] !== undefined));
  return fetch(`${simulator.origin}/authorize?${query}`, { redirect: 'manual' });
}
async function codeFor(changes: Readonly<Record<string, string | undefined>> = {}, person = 'nerys'): Promise<string> {
  const request = /name="request" value="([^"]+)"/.exec(await (await authorize(changes)).text())?.[1] ?? '';
  const response = await fetch(`${simulator.origin}/authorize`, { method: 'POST', body: new URLSearchParams({ request, person }), redirect: 'manual' });
  return new URL(response.headers.get('location') ?? '').searchParams.get('code') ?? '';
}
async function token(changes: Readonly<Record<string, string>> = {}): Promise<{ status: number; body: Record<string, unknown> }> {
  const form = new URLSearchParams({ grant_type: 'authorization_code', redirect_uri: BACK, code: 'made-up', client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', ...changes });
  if (!form.has('client_assertion')) form.set('client_assertion', await assertion());
  const response = await fetch(`${simulator.origin}/token`, { method: 'POST', body: form, headers: AGENT });
  return { status: response.status, body: await response.json() as Record<string, unknown> };
}

describe('the token endpoint takes an assertion (RFC 7523 3)', () => {
  it.each(['/token', '/'])('for the audience %s, and looks at the code next', async (path) => {
    expect(await token({ client_assertion: await assertion({ aud: `${simulator.origin}${path}` }) })).toMatchObject({ status: 400, body: { error: 'invalid_grant', error_description: 'Invalid grant' } });
  });

  it.each<[string, Readonly<Record<string, unknown>>, number, string]>([
    ['for somebody else', { aud: 'https://somebody-else.example/' }, 400, 'invalid_client'], ['for us and somebody else', { aud: ['https://somebody-else.example/'] }, 400, 'invalid_client'],
    ['whose iss is not its sub', { iss: 'another' }, 400, 'invalid_client'], ['of a client that nobody knows', { iss: 'another', sub: 'another' }, 401, 'invalid_client'],
    ['that has expired', { exp: 1 }, 400, 'invalid_grant'], ['that lives for ten minutes', { exp: 1795424400 + 600 }, 400, 'invalid_client'], ['from tomorrow', { iat: 1795424400 + 86_400 }, 400, 'invalid_client'],
    ['without an id', { jti: undefined }, 400, 'invalid_client'], ['without an expiry', { exp: undefined }, 400, 'invalid_request'], ['without an audience', { aud: undefined }, 400, 'invalid_request'],
  ])('but none %s', async (_what, changes, status, error) => {
    expect(await token({ client_assertion: await assertion(changes) })).toMatchObject({ status, body: { error } });
  });

  it('but none by another key, by another algorithm, or twice', async () => {
    expect((await token({ client_assertion: await assertion({}, { by: stranger }) })).body.error).toBe('invalid_client');
    expect((await token({ client_assertion: `${Buffer.from('{"alg":"none"}').toString('base64url')}.${(await assertion()).split('.')[1]}.` })).body.error).toBe('invalid_request');
    const once = await assertion();
    expect((await token({ client_assertion: once })).body.error).toBe('invalid_grant');
    expect((await token({ client_assertion: once })).body).toEqual({ error: 'invalid_client', error_description: 'private_key_jwt was used before' });
  });

  it('but not from somebody who does not say who they are: 403 without a User-Agent', async () => {
    const { status } = await new Promise<{ status: number | undefined }>((resolve, reject) => {
      void import('node:http').then(({ request }) => request(`${simulator.origin}/token`, { method: 'POST', agent: false }, (response) => { response.resume(); resolve({ status: response.statusCode }); }).on('error', reject).end());
    });
    expect(status).toBe(403);
  });
});

describe('the token endpoint takes a secret (client_secret_post)', () => {
  const withSecret = async (changes: Readonly<Record<string, string | undefined>> = {}): Promise<{ status: number; body: Record<string, unknown> }> => {
    const form = new URLSearchParams(Object.entries({ grant_type: 'authorization_code', redirect_uri: BACK, code: await codeFor(), client_id: 'testham', client_secret: 'an-invented-secret', ...changes }).filter((entry): entry is [string, string] => entry[1] !== undefined));
    const response = await fetch(`${simulator.origin}/token`, { method: 'POST', body: form, headers: AGENT });
    return { status: response.status, body: await response.json() as Record<string, unknown> };
  };

  it('of a client that is registered so, which then signs nothing', async () => {
    simulator.register(client({ clientSecret: 'an-invented-secret', publicKeys: undefined }));
    expect(await withSecret()).toMatchObject({ status: 200, body: { token_type: 'Bearer' } });
    expect((await token()).body).toEqual({ error: 'invalid_client', error_description: 'Client is not registered to use private_key_jwt' });
  });

  it.each<[string, Readonly<Record<string, string | undefined>>, string, string]>([
    ['without the client', { client_id: undefined }, 'invalid_request', 'Invalid client secret'], ['that is empty', { client_secret: '' }, 'invalid_request', 'Invalid client secret'],
    ['that is another', { client_secret: 'another' }, 'invalid_client', 'Invalid client secret'], ['of a client that nobody knows', { client_id: 'another' }, 'invalid_client', 'Client authentication failed'],
  ])('but none %s', async (_what, changes, error, description) => {
    simulator.register(client({ clientSecret: 'an-invented-secret' }));
    expect(await withSecret(changes)).toEqual({ status: 400, body: { error, error_description: description } });
  });

  it('but not of a client that signs, and lets nobody ask for an identity by it', async () => {
    expect((await withSecret()).body).toEqual({ error: 'invalid_client', error_description: 'Client is not registered to use client_secret_post' });
    simulator.register(client({ clientSecret: 'an-invented-secret' }));
    expect((await authorize({ vtr: '["Cl.Cm.P2"]' })).headers.get('location')).toContain('error=invalid_request');
  });
});

it('signs ID tokens with RS256 for a client that is registered so, with a key that is published beside the other', async () => {
  simulator.register(client({ idTokenAlgorithm: 'RS256' }));
  const { body } = await token({ code: await codeFor() });
  const keys = await (await fetch(`${simulator.origin}/.well-known/jwks.json`, { headers: AGENT })).json() as JSONWebKeySet;
  const { payload, protectedHeader } = await jwtVerify(String(body.id_token), createLocalJWKSet(keys), { algorithms: ['RS256'], currentDate: now, audience: 'testham' });
  expect([keys.keys.map(({ alg }) => alg), protectedHeader.alg]).toEqual([['ES256', 'RS256'], 'RS256']);
  expect(payload.at_hash).toBe(createHash('sha256').update(String(body.access_token)).digest().subarray(0, 16).toString('base64url'));
  const out = await fetch(`${simulator.origin}/logout?${new URLSearchParams({ id_token_hint: String(body.id_token), post_logout_redirect_uri: 'https://testham.example/out' })}`, { redirect: 'manual' });
  expect(out.headers.get('location')).toBe('https://testham.example/out');
});

describe('the claims passport and drivingPermit', () => {
  const DOCUMENTS = ['passport', 'drivingPermit'].map((name) => `https://vocab.account.gov.uk/v1/${name}`);
  const userInfo = async (person: string, vtr: string, claims: readonly string[] = DOCUMENTS): Promise<Record<string, unknown>> => {
    simulator.register(client({ levels: ['P0', 'P1', 'P2'] }));
    const { body } = await token({ code: await codeFor({ vtr, claims: JSON.stringify({ userinfo: Object.fromEntries(claims.map((claim) => [claim, null])) }) }, person) });
    return (await fetch(`${simulator.origin}/userinfo`, { headers: { ...AGENT, authorization: `Bearer ${String(body.access_token)}` } })).json() as Promise<Record<string, unknown>>;
  };

  it('say which documents proved who somebody is, where they have them and were asked for', async () => {
    const [passport, permit] = DOCUMENTS;
    const nerys = await userInfo('nerys', '["Cl.Cm.P2"]');
    expect(nerys[passport ?? '']).toEqual([{ documentNumber: '999000417', icaoIssuerCode: 'GBR', expiryDate: '2034-03-13' }]);
    expect(nerys[permit ?? '']).toEqual([expect.objectContaining({ issuedBy: 'DVLA', personalNumber: 'INVEN553148N99ZZ', issueNumber: 'ZZ', issueDate: '2024-05-01', expiryDate: '2034-04-30', fullAddress: expect.stringContaining('ZZ99 7AB') as string })]);
    expect(Object.keys(await userInfo('nerys', '["Cl.Cm.P2"]', DOCUMENTS.slice(0, 1)))).not.toContain(permit);
    expect(Object.keys(await userInfo('tadeo', '["Cl.Cm.P1"]')).filter((name) => DOCUMENTS.includes(name))).toEqual([permit]);
  });

  it('say nothing of somebody whose identity was not proved', async () => {
    for (const [person, vtr] of [['nerys', '["Cl.Cm"]'], ['wren', '["Cl.Cm.P2"]'], ['jonah', '["Cl.Cm.P2"]']] as const) expect(Object.keys(await userInfo(person, vtr)).filter((name) => DOCUMENTS.includes(name))).toEqual([]);
  });
});

describe('a code', () => {
  it('gives tokens once; a second time ends those that it gave (RFC 9700 2.1.1)', async () => {
    const code = await codeFor();
    const first = await token({ code });
    expect(first).toMatchObject({ status: 200, body: { token_type: 'Bearer', expires_in: 180 } });
    const bearer = { ...AGENT, authorization: `Bearer ${String(first.body.access_token)}` };
    expect((await fetch(`${simulator.origin}/userinfo`, { headers: bearer })).status).toBe(200);
    expect((await token({ code })).body.error).toBe('invalid_grant');
    const after = await fetch(`${simulator.origin}/userinfo`, { headers: bearer });
    expect([after.status, after.headers.get('www-authenticate')]).toEqual([401, expect.stringContaining('invalid_token')]);
  });

  it('is good for its own redirect address, verifier and time only', async () => {
    const verifier = 'v'.repeat(43);
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const asked = { code_challenge: challenge, code_challenge_method: 'S256' };
    expect((await token({ code: await codeFor(asked) })).body.error).toBe('invalid_grant');
    expect((await token({ code: await codeFor(asked), code_verifier: 'w'.repeat(43) })).body.error).toBe('invalid_grant');
    expect((await token({ code: await codeFor(asked), code_verifier: verifier })).status).toBe(200);
    expect((await token({ code: await codeFor(), redirect_uri: 'https://somebody-else.example/' })).body.error).toBe('invalid_grant');
    const late = await codeFor();
    now = new Date(now.getTime() + 301_000);
    expect((await token({ code: late })).body.error).toBe('invalid_grant');
  });

  it('gives an access token that ends after three minutes', async () => {
    const { body } = await token({ code: await codeFor() });
    now = new Date(now.getTime() + 181_000);
    expect((await fetch(`${simulator.origin}/userinfo`, { headers: { ...AGENT, authorization: `Bearer ${String(body.access_token)}` } })).status).toBe(401);
  });
});

describe('the authorize page', () => {
  it.each([['client_id', 'another'], ['redirect_uri', 'https://somebody-else.example/'], ['redirect_uri', `${BACK}/`], ['client_id', undefined]])('sends nobody anywhere when %s is %j', async (name, value) => {
    const response = await authorize({ [name]: value });
    expect([response.status, response.headers.get('location')]).toEqual([400, null]);
  });

  it.each([
    [{ scope: 'email' }, 'invalid_scope'], [{ scope: 'openid everything' }, 'invalid_scope'], [{ nonce: undefined }, 'invalid_request'], [{ vtr: 'Cl' }, 'invalid_request'], [{ vtr: '["P9"]' }, 'invalid_request'], [{ vtr: '["Cl.P2"]' }, 'invalid_request'],
    [{ vtr: '["Cl.Cm.P1"]' }, 'invalid_request'], [{ claims: '{' }, 'invalid_request'], [{ claims: '{"userinfo":{"https://somebody-else.example/claim":null}}' }, 'invalid_request'], [{ response_type: 'token' }, 'unsupported_response_type'],
    [{ prompt: 'none' }, 'login_required'], [{ code_challenge: 'x', code_challenge_method: 'plain' }, 'invalid_request'],
  ])('comes back with an error and the state: %j', async (changes, error) => {
    const back = new URL((await authorize(changes)).headers.get('location') ?? '');
    expect([back.origin, back.searchParams.get('error'), back.searchParams.get('state')]).toEqual(['https://testham.example', error, 'a-state']);
  });

  it('comes back with unauthorized_client when One Login has switched the client off, and wants PKCE from whom it was told to', async () => {
    simulator.register(client({ isDeactivated: true }));
    expect((await authorize()).headers.get('location')).toContain('error=unauthorized_client&error_description=client+deactivated');
    simulator.register(client({ demandsPkce: true }));
    expect((await authorize()).headers.get('location')).toContain('error=invalid_request');
  });
});

describe('a signed request (RFC 9101)', () => {
  const asked = { response_type: 'code', client_id: 'testham', scope: 'openid email' };
  const signed = (changes: Readonly<Record<string, unknown>> = {}, by = key) => new SignJWT({ ...asked, iss: 'testham', aud: `${simulator.origin}/authorize`, redirect_uri: BACK, state: 'a-state', nonce: 'a-nonce', vtr: '["Cl.Cm"]', ...changes }).setProtectedHeader({ alg: 'RS256', kid: 'k1' }).sign(by);
  const send = async (outside: Readonly<Record<string, string>>) => (await fetch(`${simulator.origin}/authorize?${new URLSearchParams(outside)}`, { redirect: 'manual' })).status;

  it('is taken as if it stood in the address', async () => {
    expect(await send({ ...asked, request: await signed() })).toBe(200);
  });

  it.each([['for another server', { aud: 'https://somebody-else.example/authorize' }], ['of another client', { iss: 'another' }], ['with a subject (10.8)', { sub: 'testham' }], ['that asks for something else inside', { scope: 'openid' }]])('is refused %s', async (_what, changes) => {
    expect(await send({ ...asked, request: await signed(changes) })).toBe(400);
  });

  it('is refused by another key, and with anything else outside it', async () => {
    expect(await send({ ...asked, request: await signed({}, stranger) })).toBe(400);
    expect(await send({ ...asked, request: await signed(), redirect_uri: BACK })).toBe(400);
  });
});

it('signing out comes back only to an address that is registered', async () => {
  const { body } = await token({ code: await codeFor() });
  const out = async (query: Readonly<Record<string, string>>) => (await fetch(`${simulator.origin}/logout?${new URLSearchParams(query)}`, { redirect: 'manual' })).headers.get('location');
  const hint = String(body.id_token);
  expect(await out({ id_token_hint: hint, post_logout_redirect_uri: 'https://testham.example/out', state: 's' })).toBe('https://testham.example/out?state=s');
  expect(await out({ id_token_hint: hint, post_logout_redirect_uri: 'https://somebody-else.example/' })).toContain('https://www.gov.uk/?error_code=invalid_request');
  expect(await out({ id_token_hint: `${hint.slice(0, -8)}AAAAAAAA`, post_logout_redirect_uri: 'https://testham.example/out' })).toContain('unable+to+validate+id_token_hint');
  expect(await out({})).toBe('https://www.gov.uk/');
});

it('refuses a body that is too large', async () => {
  expect((await token({ code: 'x'.repeat(200_000) })).status).toBe(413);
});

it('has a page on which everything can be made to go wrong, keys are changed, and people are signed out', async () => {
  const page = await (await fetch(simulator.origin)).text();
  for (const { says } of Object.values(FAULTS)) expect(page).toContain(says);
  const press = (form: Readonly<Record<string, string>>) => fetch(`${simulator.origin}/control`, { method: 'POST', body: new URLSearchParams(form) });
  const before = await (await fetch(`${simulator.origin}/.well-known/jwks.json`, { headers: AGENT })).json() as { keys: unknown[] };
  await press({ do: 'rotate', keys: 'sign-in' });
  const after = await (await fetch(`${simulator.origin}/.well-known/jwks.json`, { headers: AGENT })).json() as { keys: unknown[] };
  expect([before.keys.length, after.keys.length]).toEqual([1, 2]);
  await press({ do: 'answer', path: '/.well-known/jwks.json', status: '429', times: '1' });
  const limited = await fetch(`${simulator.origin}/.well-known/jwks.json`, { headers: AGENT });
  expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '1']);
  expect((await fetch(`${simulator.origin}/.well-known/jwks.json`, { headers: AGENT })).status).toBe(200);
  await press({ do: 'faults', fault: 'userinfo-of-somebody-else' });
  expect(await (await fetch(simulator.origin)).text()).toContain('value="userinfo-of-somebody-else" checked');
});
