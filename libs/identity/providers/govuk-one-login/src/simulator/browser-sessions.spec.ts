import { createPrivateKey, createPublicKey } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt, SignJWT } from 'jose';
import { newKey } from '../testing/signed-up';
import { startOneLoginSimulator } from './index';
import type { OneLoginSimulator, SimulatedClient } from './index';

const key = createPrivateKey(newKey());
const CLAIMS = JSON.stringify({ userinfo: { 'https://vocab.account.gov.uk/v1/coreIdentityJWT': null } });
let simulator: OneLoginSimulator;
let now: Date;
const client = (clientId: string, changes: Partial<SimulatedClient> = {}): SimulatedClient => ({
  clientId, publicKeys: { keys: [{ ...createPublicKey(key).export({ format: 'jwk' }), kid: 'k1' }] }, redirectUris: [`https://${clientId}.example/back`], postLogoutRedirectUris: [`https://${clientId}.example/out`], levels: ['P0', 'P2'], ...changes,
});
beforeEach(async () => {
  now = new Date('2026-11-23T09:00:00Z');
  simulator = await startOneLoginSimulator({ clients: [client('testham'), client('elsewhere')], now: () => now });
});
afterEach(() => simulator.stop());
const later = (seconds: number): void => { now = new Date(now.getTime() + seconds * 1000); };
const seconds = (): number => Math.floor(now.getTime() / 1000);

type Asked = Readonly<Record<string, string>>;
/** Where an answer leads: its page, or the address that it sends the browser back to. */
interface Led { readonly page?: string; readonly back?: URLSearchParams; readonly from: string }

/** One browser, with its cookie. */
class Browser {
  #cookie = '';

  async ask(changes: Asked = {}, clientId = 'testham'): Promise<Led> {
    return this.#open(`/authorize?${new URLSearchParams({ response_type: 'code', client_id: clientId, redirect_uri: `https://${clientId}.example/back`, scope: 'openid email', state: 's', nonce: 'n', vtr: '["Cl.Cm"]', ...changes })}`);
  }
  /** A signed request (RFC 9101). */
  async askSigned(more: Asked, clientId = 'testham'): Promise<Led> {
    const outside = { response_type: 'code', client_id: clientId, scope: 'openid email' };
    const request = await new SignJWT({ ...outside, iss: clientId, aud: `${simulator.origin}/authorize`, redirect_uri: `https://${clientId}.example/back`, state: 's', nonce: 'n', vtr: ['Cl.Cm'], ...more }).setProtectedHeader({ alg: 'RS256', kid: 'k1' }).sign(key);
    return this.#open(`/authorize?${new URLSearchParams({ ...outside, request })}`);
  }
  async choose({ page }: Led, person: string, more: Asked = {}): Promise<Led> {
    return this.#open('/authorize', new URLSearchParams({ request: /name="request" value="([^"]+)"/.exec(page ?? '')?.[1] ?? '', person, ...more }));
  }
  async signIn(person: string, changes: Asked = {}, clientId = 'testham'): Promise<Led> { return this.choose(await this.ask(changes, clientId), person); }
  logOut(query: Asked): Promise<Led> { return this.#open(`/logout?${new URLSearchParams(query)}`); }

  async #open(path: string, form?: URLSearchParams): Promise<Led> {
    const response = await fetch(`${simulator.origin}${path}`, { redirect: 'manual', headers: { cookie: this.#cookie }, ...(form ? { method: 'POST', body: form } : {}) });
    this.#cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? this.#cookie;
    const location = response.headers.get('location');
    return location ? { back: new URL(location).searchParams, from: new URL(location).host } : { page: await response.text(), from: '' };
  }
}

/** What a service learns from the code that came back. */
async function tokens({ back }: Led, clientId = 'testham'): Promise<{ readonly sub?: string; readonly auth_time?: unknown; readonly idToken: string; readonly userInfo: Readonly<Record<string, unknown>> }> {
  const assertion = await new SignJWT({ iss: clientId, sub: clientId, aud: `${simulator.origin}/token`, exp: seconds() + 60, jti: crypto.randomUUID() }).setProtectedHeader({ alg: 'RS256', kid: 'k1' }).sign(key);
  const form = new URLSearchParams({ grant_type: 'authorization_code', code: back?.get('code') ?? '', redirect_uri: `https://${clientId}.example/back`, client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', client_assertion: assertion });
  const { id_token: idToken, access_token: accessToken } = await (await fetch(`${simulator.origin}/token`, { method: 'POST', body: form, headers: { 'user-agent': 'spec' } })).json() as { id_token: string; access_token: string };
  const userInfo = await (await fetch(`${simulator.origin}/userinfo`, { headers: { 'user-agent': 'spec', authorization: `Bearer ${accessToken}` } })).json() as Record<string, unknown>;
  const { sub, auth_time } = decodeJwt(idToken);
  return { sub, auth_time, idToken, userInfo };
}

describe('somebody who is signed in at One Login', () => {
  it('is signed in silently by the same browser, at other services too, each with a code and a subject of its own and the time of the sign-in', async () => {
    const browser = new Browser();
    const first = await tokens(await browser.signIn('jonah'));
    later(600);
    const again = await tokens(await browser.ask());
    expect([again.sub, again.auth_time]).toEqual([first.sub, first.auth_time]);
    const elsewhere = await tokens(await browser.ask({}, 'elsewhere'), 'elsewhere');
    expect(elsewhere.userInfo.email).toBe('jonah.okafor@post.example');
    expect(elsewhere.sub).not.toBe(first.sub);
    expect((await new Browser().ask()).page).toContain('Who are you?');
  });
  it('is no more an hour after they were last seen', async () => {
    const browser = new Browser();
    await browser.signIn('jonah');
    later(3_599);
    expect((await browser.ask()).back?.has('code')).toBe(true);
    later(3_599);
    expect((await browser.ask()).back?.has('code')).toBe(true);
    later(3_600);
    expect((await browser.ask()).page).toContain('Who are you?');
  });
  it('is who answers prompt=none: a code with a session, login_required without', async () => {
    const browser = new Browser();
    expect((await browser.ask({ prompt: 'none' })).back?.get('error')).toBe('login_required');
    await browser.signIn('jonah');
    expect((await browser.ask({ prompt: 'none' })).back?.has('code')).toBe(true);
    expect((await browser.ask({ prompt: 'none', vtr: '["Cl.Cm.P2"]' })).back?.get('error')).toBe('login_required');
  });
  it('proves who they are as the same person, once; from then on silently', async () => {
    const browser = new Browser();
    const { auth_time: signedInAt } = await tokens(await browser.signIn('nerys'));
    later(60);
    const asked = { vtr: '["Cl.Cm.P2"]', claims: CLAIMS };
    const page = await browser.ask(asked);
    expect([page.page?.includes('Nerys'), page.page?.includes('Jonah')]).toEqual([true, false]);
    const proved = await tokens(await browser.choose(page, 'nerys'));
    expect([proved.auth_time, proved.userInfo['https://vocab.account.gov.uk/v1/coreIdentityJWT']]).toEqual([signedInAt, expect.any(String)]);
    expect((await tokens(await browser.ask(asked))).userInfo['https://vocab.account.gov.uk/v1/coreIdentityJWT']).toEqual(expect.any(String));
  });
  it('is nobody else because a form says so', async () => {
    const browser = new Browser();
    await browser.signIn('nerys');
    expect((await browser.choose(await browser.ask({ vtr: '["Cl.Cm.P2"]' }), 'jonah')).page).toContain('This page is too old');
  });
  it('shows a second factor when they signed in with one only', async () => {
    const browser = new Browser();
    await browser.signIn('jonah', { vtr: '["Cl"]' });
    expect((await browser.ask({ vtr: '["Cl"]' })).back?.has('code')).toBe(true);
    const page = await browser.ask();
    expect([page.page?.includes('Jonah'), page.page?.includes('Nerys')]).toEqual([true, false]);
    await browser.choose(page, 'jonah');
    expect((await browser.ask()).back?.has('code')).toBe(true);
  });
  it('signs in again when that is longer ago than max_age, for a service that may ask so, and for no other', async () => {
    const browser = new Browser();
    await browser.signIn('jonah');
    later(61);
    expect((await browser.ask({ max_age: '60' })).back?.has('code')).toBe(true);
    simulator.register(client('testham', { allowsMaxAge: true }));
    expect((await browser.ask({ max_age: '61' })).back?.has('code')).toBe(true);
    expect((await browser.ask({ max_age: '60', prompt: 'none' })).back?.get('error')).toBe('login_required');
    const again = await tokens(await browser.signIn('jonah', { max_age: '60' }));
    expect(again.auth_time).toBe(seconds());
    for (const age of ['-1', 'soon', '1.5']) expect((await browser.ask({ max_age: age })).back?.get('error')).toBe('invalid_request');
  });
  it('proves again that they are who they were by prompt=login with an ID token in a signed request; in any other request it changes nothing', async () => {
    const browser = new Browser();
    const { idToken } = await tokens(await browser.signIn('jonah'));
    later(600);
    expect((await browser.ask({ prompt: 'login', id_token_hint: idToken })).back?.has('code')).toBe(true);
    expect((await browser.askSigned({ prompt: 'login' })).back?.has('code')).toBe(true);
    const page = await browser.askSigned({ prompt: 'login', id_token_hint: idToken });
    expect([page.page?.includes('Jonah'), page.page?.includes('Nerys')]).toEqual([true, false]);
    expect((await tokens(await browser.choose(page, 'jonah'))).auth_time).toBe(seconds());
    expect((await browser.choose(await browser.askSigned({ prompt: 'login', id_token_hint: idToken }), 'jonah', { error: 'login_required' })).back?.get('error')).toBe('login_required');
    expect((await browser.askSigned({ prompt: 'login', id_token_hint: idToken }, 'elsewhere')).back?.get('error')).toBe('invalid_request');
    expect((await browser.askSigned({ prompt: 'login', id_token_hint: `${idToken.slice(0, -8)}AAAAAAAA` })).back?.get('error')).toBe('invalid_request');
  });
});

describe('signing out of One Login', () => {
  it('ends the session in every browser, and tells the other services, whether by an ID token or by the browser alone', async () => {
    const told: string[] = [];
    const service = createServer((request, response) => {
      request.resume().on('end', () => { told.push(request.url ?? ''); response.end(); });
    });
    await new Promise<void>((resolve) => { service.listen(0, 'localhost', resolve); });
    const address = `http://localhost:${(service.address() as AddressInfo).port}`;
    try {
      for (const id of ['testham', 'elsewhere']) simulator.register(client(id, { backChannelLogoutUri: `${address}/${id}` }));
      const [browser, other] = [new Browser(), new Browser()];
      const { idToken } = await tokens(await browser.signIn('jonah'));
      await browser.ask({}, 'elsewhere');
      await other.signIn('jonah', {}, 'elsewhere');
      expect((await browser.logOut({ id_token_hint: idToken, post_logout_redirect_uri: 'https://testham.example/out' })).from).toBe('testham.example');
      expect(told).toEqual(['/elsewhere']);
      for (const each of [browser, other]) expect((await each.ask()).page).toContain('Who are you?');
      await browser.signIn('jonah');
      await browser.ask({}, 'elsewhere');
      expect((await browser.logOut({})).from).toBe('www.gov.uk');
      expect(told.slice(1).sort()).toEqual(['/elsewhere', '/testham']);
      expect((await browser.ask()).page).toContain('Who are you?');
    } finally {
      service.closeAllConnections();
      await new Promise((resolve) => { service.close(resolve); });
    }
  });
  it('from the simulator\'s page ends it as well', async () => {
    const browser = new Browser();
    await browser.signIn('jonah');
    simulator.register(client('testham', { backChannelLogoutUri: 'http://localhost:9/nobody-listens' }));
    await fetch(`${simulator.origin}/control`, { method: 'POST', body: new URLSearchParams({ do: 'log-out', session: `testham ${simulator.subjectOf('testham', 'jonah')}` }) });
    expect((await browser.ask()).page).toContain('Who are you?');
  });
});
