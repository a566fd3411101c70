import { startTestApp, testCouncilDefinition, type TestApp } from '../testing';

describe('the figures about the process', () => {
  let running: TestApp;
  let open: TestApp;
  beforeAll(async () => {
    running = await startTestApp({ councils: [testCouncilDefinition('riverbourne', 1, [])], settings: { METRICS_TOKEN: 'a-token-for-prometheus' } });
    open = await startTestApp({ councils: [testCouncilDefinition('riverbourne', 1, [])] });
  });
  afterAll(async () => {
    await running.close();
    await open.close();
  });
  const statusOf = async (app: TestApp, remoteAddress: string, headers: Readonly<Record<string, string>> = {}): Promise<number> => (await app.app.inject({ url: '/metrics', remoteAddress, headers: { host: 'localhost', accept: 'application/json', ...headers } })).statusCode;

  it.each(['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1'])('are read on the machine itself, as %s', async (address) => {
    expect([await statusOf(running, address), await statusOf(open, address)]).toEqual([200, 200]);
  });
  it.each(['203.0.113.9', '10.0.0.5', '::ffff:10.0.0.5', '2001:db8::1'])('are nowhere for %s without the token', async (address) => {
    expect([await statusOf(running, address), await statusOf(running, address, { authorization: 'Bearer a-token-for-prometheuz' }), await statusOf(running, address, { authorization: 'Bearer ' })]).toEqual([404, 404, 404]);
    expect(await statusOf(running, address, { authorization: 'Bearer a-token-for-prometheus' })).toBe(200);
  });
  it.each(['Bearer undefined', 'Bearer ', 'Bearer'])('are nowhere for "%s" where there is no token', async (authorization) => {
    expect(await statusOf(open, '203.0.113.9', { authorization })).toBe(404);
  });
  it.each(['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'])('are nowhere for whom a proxy on the same machine passes on (%s)', async (header) => {
    expect(await statusOf(running, '127.0.0.1', { [header]: '127.0.0.1' })).toBe(404);
  });
  it('leave health to be asked from anywhere', async () => {
    expect((await running.app.inject({ url: '/health/live', remoteAddress: '203.0.113.9', headers: { host: '10.0.0.1' } })).statusCode).toBe(200);
  });
});
