import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HttpOutbound } from './outbound';
import { isPublicAddress, publicLookup, publicTarget } from './public-internet';

/** Spellings of places behind the door: this machine, the network around it, a cloud's own host. */
const SPELLINGS = [
  'https://127.0.0.1/', 'https://127.1/', 'https://127.0.1/', 'https://2130706433/', 'https://0x7f000001/', 'https://0x7f.0.0.1/', 'https://0x7f.1/', 'https://017700000001/', 'https://0177.0.0.1/', 'https://0177.1/',
  'https://127.255.255.254/', 'https://0/', 'https://0.0.0.0/', 'https://00000000/', 'https://0x0/', 'https://127.0.0.1./', 'https://127.0.0.1:8443/', 'https://%31%32%37.0.0.1/', 'https://１２７.０.０.１/', 'https://127。0。0。1/',
  'https://①②⑦.⓪.⓪.①/', 'https://127．0．0．1/', 'https:127.0.0.1', 'https:/127.0.0.1/', 'https:\\\\127.0.0.1\\', 'https:///127.0.0.1/', ' https://127.0.0.1/ ', 'ht\ntps://127.0.0.1/', 'https://127.0.0\t.1/', 'https://127.0.0.1#@hooks.riverbourne.example/',
  'https://127.0.0.1?@hooks.riverbourne.example/', 'https://[::1]/', 'https://[::]/', 'https://[0:0:0:0:0:0:0:1]/', 'https://[0000:0000:0000:0000:0000:0000:0000:0001]/', 'https://[::ffff:127.0.0.1]/', 'https://[::ffff:7f00:1]/', 'https://[0:0:0:0:0:ffff:7f00:1]/', 'https://[::127.0.0.1]/', 'https://[64:ff9b::7f00:1]/',
  'https://[64:ff9b::169.254.169.254]/', 'https://[2002:7f00:1::]/', 'https://[2002:c0a8:101::1]/', 'https://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/', 'https://[fe80::1]/', 'https://[fe80::1%25eth0]/', 'https://[fc00::1]/', 'https://[fd00:ec2::254]/', 'https://[ff02::1]/', 'https://[2001:db8::1]/',
  'https://10.0.0.1/', 'https://10.255.255.255/', 'https://0x0a.1/', 'https://167772161/', 'https://172.16.0.1/', 'https://172.31.255.254/', 'https://192.168.0.1/', 'https://192.168.1/', 'https://3232235777/', 'https://0300.0250.1.1/',
  'https://169.254.169.254/latest/meta-data/', 'https://2852039166/', 'https://0xa9fea9fe/', 'https://0251.0376.0251.0376/', 'https://168.63.129.16/', 'https://100.64.0.1/', 'https://100.100.100.200/', 'https://192.0.0.170/', 'https://198.18.0.1/', 'https://224.0.0.1/',
  'https://255.255.255.255/', 'https://240.0.0.1/', 'https://192.0.2.1/', 'https://203.0.113.9/', 'https://localhost/', 'https://LOCALHOST/', 'https://localhost./', 'https://ｌｏｃａｌｈｏｓｔ/', 'https://loc%61lhost/', 'https://hooks.localhost/',
  'https://intranet/', 'https://printer.local/', 'https://metadata.google.internal/', 'https://hub.riverbourne.internal/', 'https://router.home.arpa/', 'https://ip6-localhost/', 'http://hooks.riverbourne.example/', 'HTTP://hooks.riverbourne.example/', 'ftp://hooks.riverbourne.example/', 'file:///etc/passwd',
  'gopher://127.0.0.1:11211/', 'javascript:alert(1)', 'data:text/plain,x', 'blob:https://hooks.riverbourne.example/1', 'https://officer:secret@hooks.riverbourne.example/', 'https://hooks.riverbourne.example@127.0.0.1/', 'https://@127.0.0.1/', '//hooks.riverbourne.example/', 'hooks.riverbourne.example', '',
  'https://', 'https://256.256.256.256/', 'https://127.0.0.1.1.1/', 'https://exa mple.example/', 'https://[::1', 'https://hooks.riverbourne.example:99999/',
] as const;

describe('an address that somebody typed', () => {
  it.each(SPELLINGS.map((spelling) => [spelling]))('is not called: %j', (spelling) => {
    expect(() => publicTarget(spelling)).toThrow(expect.objectContaining({ code: 'not-allowed' }));
  });

  it.each(['https://hooks.riverbourne.example/events?from=guildhall', 'https://hooks.riverbourne.example:8443/', 'https://8.8.8.8/', 'https://[2606:4700::1111]/', 'https://tŷ.riverbourne.example/', 'HTTPS://Hooks.Riverbourne.Example'])('may be called: %s', (spelling) => {
    expect(publicTarget(spelling).protocol).toBe('https:');
  });

  it('may be called over HTTP only where that is allowed, and then within as little', () => {
    expect(publicTarget('http://photos.riverbourne.example/1.jpg', { allowsHttp: true }).protocol).toBe('http:');
    for (const other of ['http://photos.riverbourne.example/1.jpg', 'http://10.1.2.3/', 'http://localhost/', 'ftp://photos.riverbourne.example/']) expect(() => publicTarget(other, { allowsHttp: other.startsWith('ftp') || !other.includes('photos') })).toThrow();
  });

  it('may be within where whoever runs the server has named its origin, and nothing beside it', () => {
    const except = ['http://10.1.2.3:8080', 'http://localhost:4990'];
    expect(publicTarget('http://10.1.2.3:8080/hooks', { except }).host).toBe('10.1.2.3:8080');
    for (const other of ['http://10.1.2.3/hooks', 'https://10.1.2.3:8080/', 'http://10.1.2.3:8081/', 'http://10.1.2.3:8080@127.0.0.1/', 'http://name:word@10.1.2.3:8080/']) expect(() => publicTarget(other, { except })).toThrow();
  });
});

describe('whether an address is on the public internet', () => {
  it.each(['1.1.1.1', '8.8.8.8', '100.63.255.255', '100.128.0.0', '172.15.0.1', '172.32.0.1', '192.167.1.1', '198.17.0.1', '198.20.0.1', '223.255.255.255', '2606:4700::1111', '2a00:1450::1', '2001:200::1'])('%s is', (address) => expect(isPublicAddress(address)).toBe(true));
  it.each(['', 'example', '::ffff:8.8.8.8', '::8.8.8.8', '4000::1', '1fff::1', '2001:db8:1::', '2001:1::1', '3fff::1', 'fe80::1%eth0', '2606:4700::1111%1'])('%s is not', (address) => expect(isPublicAddress(address)).toBe(false));
});

describe('where a name leads', () => {
  type Found = readonly { readonly address: string; readonly family: number }[];
  const resolver = (answers: readonly Found[]): never => {
    let asked = 0;
    return ((_name: string, _options: object, callback: (error: null, found: Found) => void) => callback(null, answers[asked++] ?? [])) as never;
  };
  const asking = (answers: readonly Found[], all: boolean) => new Promise((resolve) => publicLookup(resolver(answers))('hooks.riverbourne.example', { all }, (error, found, family) => resolve(error ? (error as { code?: string }).code : all ? found : [found, family])));
  const outside = { address: '1.1.1.1', family: 4 };
  const inside = { address: '10.0.0.7', family: 4 };

  it('is called exactly there: what was looked at, and no second answer', async () => {
    expect(await asking([[outside], [inside]], true)).toEqual([outside]);
    expect(await asking([[outside], [inside]], false)).toEqual(['1.1.1.1', 4]);
  });
  it.each([['within', [inside]], ['to both', [outside, inside]], ['nowhere', []], ['to this machine over IPv6', [{ address: '::1', family: 6 }]], ['to this machine as IPv4 in IPv6', [{ address: '::ffff:127.0.0.1', family: 6 }]]])('is refused when it is %s', async (_where, found) => {
    expect(await asking([found], true)).toBe('not-allowed');
  });

  describe('for a server of ours behind such a name', () => {
    let server: Server;
    let port: number;
    const reached: (string | undefined)[] = [];
    const outbound = new HttpOutbound(publicLookup(resolver(Array<Found>(20).fill([{ address: '127.0.0.1', family: 4 }]))));
    beforeAll(async () => {
      server = createServer((request, response) => { reached.push(request.url); response.writeHead(request.url === '/moved' ? 302 : 204, { location: '/elsewhere' }).end(); });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      port = (server.address() as AddressInfo).port;
    });
    afterAll(async () => {
      outbound.close();
      await new Promise((resolve) => server.close(resolve));
    });

    it('nothing is reached', async () => {
      await expect(outbound.fetch(`https://hooks.riverbourne.example:${port}/`, { method: 'POST', body: '{}', onlyPublic: { except: [] } })).rejects.toMatchObject({ code: 'not-allowed' });
      await expect(outbound.fetch(`http://hooks.riverbourne.example:${port}/`, { onlyPublic: { allowsHttp: true } })).rejects.toMatchObject({ code: 'not-allowed' });
      await expect(outbound.fetch(`http://localhost:${port}/`, { method: 'POST', body: '{}', onlyPublic: { except: [] } })).rejects.toMatchObject({ code: 'not-allowed' });
      expect(reached).toEqual([]);
    });
    it('an origin that was named is, and where it would lead on to is not followed', async () => {
      const onlyPublic = { except: [`http://localhost:${port}`] };
      expect((await outbound.fetch(`http://localhost:${port}/moved`, { method: 'POST', body: '{}', onlyPublic, ignoresBody: true })).status).toBe(302);
      expect(reached).toEqual(['/moved']);
    });
  });
});
