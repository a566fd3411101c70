import { open311ErrorFormat } from './error-format';

describe('errors of Open311', () => {
  const write = (problem: { status: number; detail?: string; fields?: readonly { field: string; message: string }[] }, url = '/open311/v2/requests.xml') => open311ErrorFormat.write({ code: 'x', fields: [], ...problem }, url);

  it('are one for each mistake', () => {
    expect(write({ status: 400, fields: [{ field: 'lat', message: 'is missing' }, { field: 'email', message: 'is not an email address' }] }).body).toContain('<errors><error><code>400</code><description>lat is missing</description></error><error><code>400</code><description>email is not an email address</description></error></errors>');
  });
  it('say 403 where nobody is known: the standard has no 401', () => {
    expect(write({ status: 401 })).toMatchObject({ status: 403, contentType: 'text/xml; charset=utf-8' });
  });
  it('are JSON where JSON was asked for', () => {
    expect(JSON.parse(write({ status: 429 }, '/open311/v2/services.json?page=1').body)).toEqual([{ code: 429, description: 'Too many requests: wait a minute.' }]);
  });
  it('say nothing of the inside of a fault', () => {
    expect(write({ status: 500, detail: 'relation open311.request does not exist' }).body).not.toContain('relation');
  });
  it('have a sentence for what no rule of ours refused', () => {
    for (const status of [404, 413, 415, 429, 503, 418]) expect(write({ status }).body).toMatch(/<description>[A-Z].+<\/description>/);
  });
});
