import { plainOutbound } from '@guildhall/kernel-contract/testing';
import { startOsPlaces } from './index';
import type { OsPlacesSimulator } from './index';

let far: OsPlacesSimulator;
let now: Date;
beforeEach(async () => {
  now = new Date('2026-11-23T09:00:00Z');
  far = await startOsPlaces({ requestsPerMinute: 50, now: () => now });
});
afterEach(() => far.stop());

interface Answer { readonly header: Readonly<Record<string, unknown>>; readonly results?: readonly Readonly<Record<string, Readonly<Record<string, unknown>>>>[] }
const ask = async (question: string, key = far.key) => plainOutbound.fetch(`${far.origin}/search/places/v1/${question}`, { headers: { key } });
const answered = async (question: string): Promise<Answer> => (await ask(question)).json() as Answer;

describe('the simulated OS Places API', () => {
  it('writes the header of the specification, and leaves results out where there are none', async () => {
    expect(await answered('postcode?postcode=ZZ99%207ZZ')).toEqual({ header: {
      uri: `${far.origin}/search/places/v1/postcode`, query: 'postcode=ZZ99 7ZZ', offset: 0, totalresults: 0, format: 'JSON', dataset: 'DPA', lr: 'EN,CY', maxresults: 100, epoch: '124', lastupdate: '2026-11-23', output_srs: 'EPSG:27700',
    } });
  });
  it('gives metres of the grid unless degrees are asked for, and UPRNs as text', async () => {
    const usual = (await answered('uprn?uprn=990007001004&lr=EN')).results?.[0]?.['DPA'];
    expect([usual?.['UPRN'], typeof usual?.['X_COORDINATE'], usual?.['LNG'], usual?.['ADDRESS']]).toEqual(['990007001004', 'number', undefined, '5 HIGH STREET, SEAMARK, ZZ99 7AA']);
    expect((await answered('uprn?uprn=990007001004&lr=EN&output_srs=EPSG:4326')).results?.[0]?.['DPA']).toMatchObject({ LAT: 53.29988, LNG: 2.105 });
  });
  it('gives metres of the web\'s maps for EPSG:3857, and takes points and polygons in them', async () => {
    const { X_COORDINATE: x, Y_COORDINATE: y, LNG: longitude } = (await answered('uprn?uprn=990007001004&lr=EN&output_srs=EPSG:3857')).results?.[0]?.['DPA'] ?? {};
    // A sphere of 6,378,137 m (EPSG:3857): x = R·λ, y = R·ln tan(π/4 + φ/2).
    const [east, north] = [6_378_137 * (2.105 * Math.PI / 180), 6_378_137 * Math.log(Math.tan(Math.PI / 4 + (53.29988 * Math.PI / 180) / 2))];
    expect([Number(x), Number(y), longitude]).toEqual([expect.closeTo(east, 1), expect.closeTo(north, 1), undefined]);
    expect((await answered(`nearest?srs=EPSG:3857&point=${String(x)},${String(y)}&radius=1&lr=EN`)).results?.[0]?.['DPA']?.['UPRN']).toBe('990007001004');
    const square = [[-2, -2], [2, -2], [2, 2], [-2, 2], [-2, -2]].map(([right = 0, up = 0]) => [Number(x) + right, Number(y) + up]);
    const inside = await plainOutbound.fetch(`${far.origin}/search/places/v1/polygon?lr=EN&srs=EPSG:3857`, { method: 'POST', headers: { key: far.key, 'content-type': 'application/json' }, body: JSON.stringify({ type: 'Polygon', coordinates: [square] }) });
    expect(inside.json()).toMatchObject({ header: { totalresults: 1 }, results: [{ DPA: { UPRN: '990007001004' } }] });
  });
  it('pages by maxresults and offset, and finds the beginnings of postcodes', async () => {
    const page = await answered('postcode?postcode=zz997&lr=EN&maxresults=2&offset=3&dataset=LPI');
    expect([page.results?.length, page.header['offset'], Number(page.header['totalresults']) > 200]).toEqual([2, 3, true]);
  });
  it('searches in either language, by points of either reference system, and in a box', async () => {
    expect((await answered('find?query=stryd%20fawr%205&lr=CY')).results?.[0]?.['DPA']?.['ADDRESS']).toBe('5 STRYD FAWR, NOD-Y-MÔR, ZZ99 7AA');
    const { X_COORDINATE: x, Y_COORDINATE: y } = (await answered('nearest?srs=WGS84&point=53.29988,2.105&lr=EN')).results?.[0]?.['DPA'] ?? {};
    expect((await answered(`radius?point=${String(x)},${String(y)}&radius=1&lr=EN`)).results?.[0]?.['DPA']?.['UPRN']).toBe('990007001004');
    expect((await answered(`bbox?bbox=${Number(x) - 1},${Number(y) - 1},${Number(x) + 1},${Number(y) + 1}&lr=EN`)).header['totalresults']).toBe(1);
  });
  it('searches in a polygon that is posted as GeoJSON, in either reference system, with its holes', async () => {
    const inside = (body: object | string, query = '') => plainOutbound.fetch(`${far.origin}/search/places/v1/polygon?lr=EN${query}`, { method: 'POST', headers: { key: far.key, 'content-type': 'application/json' }, body: typeof body === 'string' ? body : JSON.stringify(body) });
    const { X_COORDINATE: x, Y_COORDINATE: y } = (await answered('uprn?uprn=990007001004&lr=EN')).results?.[0]?.['DPA'] ?? {};
    const square = (by: number) => [[-by, -by], [by, -by], [by, by], [-by, by], [-by, -by]].map(([east = 0, north = 0]) => [Number(x) + east, Number(y) + north]);
    expect((await inside({ type: 'Polygon', coordinates: [square(1)] })).json()).toMatchObject({ header: { totalresults: 1 }, results: [{ DPA: { UPRN: '990007001004' } }] });
    expect((await inside({ type: 'Polygon', coordinates: [square(5), square(1)] })).json()).toMatchObject({ header: { totalresults: 0 } });
    expect((await inside({ type: 'Feature', properties: {}, geometry: { type: 'MultiPolygon', coordinates: [[[[2.1049, 53.2998], [2.1051, 53.2998], [2.1051, 53.29995], [2.1049, 53.29995], [2.1049, 53.2998]]]] } }, '&srs=WGS84')).json()).toMatchObject({ results: [{ DPA: { UPRN: '990007001004' } }] });
    for (const wrong of ['{', '[]', { type: 'Point', coordinates: [1, 2] }, { type: 'Polygon', coordinates: [] }, { type: 'Polygon', coordinates: [square(1).slice(0, 4)] }, { type: 'Polygon', coordinates: [[[1], [2], [3], [1]]] }]) expect((await inside(wrong)).status).toBe(400);
    expect([(await ask('polygon')).status, (await plainOutbound.fetch(`${far.origin}/search/places/v1/find?query=high`, { method: 'POST', headers: { key: far.key } })).status]).toEqual([405, 405]);
  });
  it.each(['postcode', 'postcode?postcode=Z', 'find?query=', 'uprn?uprn=abc', 'uprn?uprn=1234567890123', 'nearest?point=here', 'nearest?point=1,2&radius=1001', 'radius?point=999999999,2', 'find?query=a&maxresults=101', 'find?query=a&offset=-1', 'find?query=a&dataset=XYZ', 'find?query=a&lr=FR', 'find?query=a&output_srs=EPSG:1', 'nearest?point=1,2&srs=EPSG:1', 'nearest?point=here,there&srs=EPSG:3857', 'find?query=a&fq=NAME:x', 'find?query=a&minmatch=2', 'find?query=a&format=XML'])('answers 400 in its own form to %s', async (question) => {
    const response = await ask(question);
    expect([response.status, response.json()]).toEqual([400, { error: { statuscode: 400, message: expect.any(String) as string } }]);
  });
  it('wants the key, as a header or in the query, and another path is not there', async () => {
    const bare = (question: string) => plainOutbound.fetch(`${far.origin}/search/places/v1/${question}`);
    expect((await bare('find?query=high')).json()).toMatchObject({ fault: { detail: { errorcode: 'steps.oauth.v2.FailedToResolveAPIKey' } } });
    expect([(await bare(`find?query=high&key=${far.key}`)).status, (await ask('find?query=high', 'wrong')).status, (await ask('nothing')).status]).toEqual([200, 401, 404]);
    expect(JSON.stringify(far.seen)).not.toContain(far.key);
  });
  it('takes an access token, got with the key and its secret, for not quite five minutes instead of the key', async () => {
    const got = (form: Readonly<Record<string, string>>, credentials = `${far.key}:${far.secret}`) => plainOutbound.fetch(`${far.origin}/oauth2/token/v1`, { method: 'POST', headers: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` }, body: new URLSearchParams(form) });
    const client = { grant_type: 'client_credentials' };
    const response = await got(client);
    expect([response.status, response.json()]).toEqual([200, { access_token: expect.stringMatching(/^[\w-]{28}$/) as string, expires_in: '299', issued_at: String(now.getTime()), token_type: 'Bearer' }]);
    const { access_token: token } = response.json() as { access_token: string };
    const asked = (authorization: string) => plainOutbound.fetch(`${far.origin}/search/places/v1/find?query=high`, { headers: { authorization } });
    expect((await asked(`Bearer ${token}`)).status).toBe(200);
    expect((await asked('Bearer another')).json()).toMatchObject({ fault: { detail: { errorcode: 'keymanagement.service.invalid_access_token' } } });
    now = new Date(now.getTime() + 299_000);
    const late = await asked(`Bearer ${token}`);
    expect([late.status, late.json()]).toMatchObject([401, { fault: { detail: { errorcode: 'keymanagement.service.access_token_expired' } } }]);
    expect([(await got({})).status, (await got({ grant_type: 'password' })).status, (await got(client, `${far.key}:wrong`)).status, (await got(client, `wrong:${far.secret}`)).status, (await plainOutbound.fetch(`${far.origin}/oauth2/token/v1`)).status]).toEqual([400, 400, 401, 401, 405]);
    expect(JSON.stringify(far.seen)).not.toContain(token);
  });
  it('answers 429 without Retry-After to more questions than the plan has, until the minute is over', async () => {
    for (let asked = 0; asked < 50; asked++) expect((await ask('uprn?uprn=1')).status).toBe(200);
    const refused = await ask('uprn?uprn=1');
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, undefined]);
    now = new Date(now.getTime() + 60_001);
    expect((await ask('uprn?uprn=1')).status).toBe(200);
  });
});

describe('its page', () => {
  it('shows what was asked, written so that it cannot run', async () => {
    await ask(`find?query=${encodeURIComponent('<script>alert(1)</script> high')}`);
    const page = await plainOutbound.fetch(`${far.origin}/`);
    expect(page.text()).toContain('&#60;script&#62;');
    expect(page.text()).not.toContain('<script');
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
  });
  it('plans a fault from its own form and refuses a form of another site', async () => {
    const plan = (headers: Record<string, string>, fault = 'unavailable') => plainOutbound.fetch(`${far.origin}/simulator/faults`, { method: 'POST', headers, body: new URLSearchParams({ fault, times: '1' }) });
    expect((await plan({ origin: 'https://elsewhere.example' })).status).toBe(403);
    expect((await plan({ origin: far.origin }, 'nonsense')).status).toBe(400);
    expect((await plan({ origin: far.origin })).status).toBe(303);
    expect([(await ask('uprn?uprn=1')).status, (await ask('uprn?uprn=1')).status]).toEqual([503, 200]);
    expect((await plan({ 'simulator-control': 'yes' })).status).toBe(303);
    expect((await plainOutbound.fetch(`${far.origin}/simulator/clear`, { method: 'POST', headers: { 'simulator-control': 'yes' } })).status).toBe(303);
    expect((await ask('uprn?uprn=1')).status).toBe(200);
  });
});
