import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Companion } from '@guildhall/kernel-contract';
import { pagesThatAnswer } from './companions';

describe('the pages of far ends that are announced', () => {
  let server: Server;
  let origin: string;
  beforeAll(async () => {
    server = createServer(({ url }, response) => response.writeHead(url === '/simulator' ? 200 : url === '/moved' ? 302 : 404, url === '/moved' ? { location: '/simulator' } : {}).end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => { server.close(); });

  it('are those that answer, and none that is not found or does not answer', async () => {
    const running = ['/simulator', '/moved', '/'].map((path) => ({ companion: { title: path } as Companion, page: `${origin}${path}` }));
    const gone = { companion: { title: 'gone' } as Companion, page: 'http://127.0.0.1:1/' };
    expect(await pagesThatAnswer({ running: [...running, gone] })).toEqual([{ title: '/simulator', page: `${origin}/simulator` }, { title: '/moved', page: `${origin}/moved` }]);
  });
});
