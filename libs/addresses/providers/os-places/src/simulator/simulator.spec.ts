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
  it.each(['postcode', 'postcode?postcode=Z', 'find?query=', 'uprn?uprn=abc', 'uprn?uprn=1234567890123', 'nearest?point=here', 'nearest?point=1,2&radius=1001', 'radius?point=999999999,2', 'find?query=a&maxresults=101', 'find?query=a&offset=-1', 'find?query=a&dataset=XYZ', 'find?query=a&lr=FR', 'find?query=a&output_srs=EPSG:1', 'find?query=a&fq=NAME:x', 'find?query=a&minmatch=2', 'find?query=a&format=XML'])('answers 400 in its own form to %s', async (question) => {
    const response = await ask(question);
    expect([response.status, response.json()]).toEqual([400, { error: { statuscode: 400, message: expect.any(String) as string } }]);
  });
  it('wants the key, as a header or in the query, and another path is not there', async () => {
    const bare = (question: string) => plainOutbound.fetch(`${far.origin}/search/places/v1/${question}`);
    expect((await bare('find?query=high')).json()).toMatchObject({ fault: { detail: { errorcode: 'steps.oauth.v2.FailedToResolveAPIKey' } } });
    expect([(await bare(`find?query=high&key=${far.key}`)).status, (await ask('find?query=high', 'wrong')).status, (await ask('nothing')).status]).toEqual([200, 401, 404]);
    expect(JSON.stringify(far.seen)).not.toContain(far.key);
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
