import { plainOutbound } from '@guildhall/kernel-contract/testing';
import { startRestRegister, type RestRegisterSimulator } from './index';

let far: RestRegisterSimulator;
beforeEach(async () => { far = await startRestRegister(); });
afterEach(() => far.stop());

const ask = (path: string, headers: Readonly<Record<string, string>> = { 'x-api-key': far.key }) => plainOutbound.fetch(`${far.origin}${path}`, { headers });
const drive = (path: string, form: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = { 'simulator-control': 'yes' }) => plainOutbound.fetch(`${far.origin}/simulator/${path}`, { method: 'POST', headers, body: new URLSearchParams(form) });

describe('the simulated back office', () => {
  it('tells of one, of those with a date of birth, and of nobody else', async () => {
    expect((await ask('/api/people/test-1')).json()).toMatchObject({ person: { id: 'TEST-1' } });
    expect((await ask('/api/people?born=1951-02-28')).json()).toMatchObject({ people: [{ id: 'TEST-1' }], total: 1 });
    expect(await Promise.all(['/api/people/TEST-9', '/api/people/%', '/api/people', '/api/people/TEST-1/more', '/api'].map(async (path) => (await ask(path)).status))).toEqual([404, 404, 404, 404, 404]);
    expect((await plainOutbound.fetch(`${far.origin}/api/people/TEST-1`, { method: 'DELETE', headers: { 'x-api-key': far.key } })).status).toBe(405);
  });
  it('lets in whoever has the key, in either header', async () => {
    const statuses = [{ authorization: `Bearer ${far.key}` }, { 'x-api-key': far.key }, { authorization: far.key }, {}].map(async (headers) => (await ask('/api/people/TEST-1', headers as Readonly<Record<string, string>>)).status);
    expect(await Promise.all(statuses)).toEqual([200, 200, 401, 401]);
  });
  it('fails as it is told on its page, and no other site can tell it', async () => {
    expect((await drive('faults', { fault: 'unavailable', times: '2' })).status).toBe(303);
    expect((await ask('/', {})).text()).toContain('Planned: unavailable, 2 more.');
    expect((await ask('/api/people/TEST-1')).status).toBe(503);
    expect((await drive('clear', {}, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await ask('/api/people/TEST-1')).status).toBe(503);
    expect((await ask('/api/people/TEST-1')).status).toBe(200);
    await drive('faults', { fault: 'forbidden', times: '9' });
    await drive('clear', {}, { origin: far.origin });
    expect((await ask('/api/people/TEST-1')).status).toBe(200);
  });
  it('refuses a fault that there is not, and keeps what is planned', async () => {
    for (const [fault, times] of [['fire', '1'], ['unavailable', '0'], ['unavailable', 'many']] as const) expect((await drive('faults', { fault, times })).status).toBe(400);
    expect((await drive('other', {})).status).toBe(404);
    expect((await ask('/', {})).text()).toContain('Nothing is planned.');
  });
  it('shows whom it has without running what they are called', async () => {
    await far.stop();
    far = await startRestRegister({ people: [{ id: '<script>alert("1")</script>' }] });
    const page = await ask('/', {});
    expect(page.text()).toContain('<li><code>&#60;script&#62;alert(&#34;1&#34;)&#60;/script&#62;</code></li>');
    expect(page.headers['content-security-policy']).toBe("default-src 'none'; style-src 'unsafe-inline'; form-action 'self'");
  });
});
